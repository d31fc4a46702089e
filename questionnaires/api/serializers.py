"""What API v1 says about the catalogue. Texts are ``{zh, en}`` maps; numbers are exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from questionnaires.catalogue.export import exact
from questionnaires.models import (
    Advice,
    Figure,
    Indicator,
    Industry,
    InstrumentVersion,
    Policy,
    Region,
    Source,
)

TEXT = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "description": "A text by language; zh is authoritative, en may be missing.",
}


@extend_schema_field(TEXT)
class TextMapField(serializers.ReadOnlyField):
    """A translations map."""


@extend_schema_field({"type": "array", "items": TEXT})
class TextMapListField(serializers.ReadOnlyField):
    """Several texts, outermost first."""


@extend_schema_field({"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "example": "0.95"})
class ExactDecimalField(serializers.ReadOnlyField):
    """A decimal as text, with its digits and no padding."""

    def to_representation(self, value: Decimal) -> str:
        return exact(value)


class CodeField(serializers.SlugRelatedField):
    """Another entry by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="code", read_only=True, **kwargs)


class SourceSerializer(serializers.ModelSerializer):
    title = TextMapField()
    publisher = TextMapField()
    note = TextMapField()

    class Meta:
        model = Source
        fields = ["code", "title", "publisher", "kind", "number", "published", "url", "note"]


class IndicatorSerializer(serializers.ModelSerializer):
    name = TextMapField()
    definition = TextMapField()
    formula = TextMapField()
    unit_name = TextMapField()
    groups = TextMapListField()
    source = CodeField()  # type: ignore[assignment]  # DRF names its own attribute so too
    locator_name = TextMapField()

    class Meta:
        model = Indicator
        fields = [
            "code", "concept", "name", "definition", "formula", "unit", "unit_name", "direction",
            "level", "nature", "roll_up", "source", "locator", "locator_name", "groups",
            "position",
        ]  # fmt: skip


class FigureSerializer(serializers.ModelSerializer):
    indicator = CodeField()
    concept = serializers.CharField(source="indicator.concept", read_only=True)
    value = ExactDecimalField()
    value_high = ExactDecimalField(allow_null=True)
    unit_name = TextMapField()
    source = CodeField()  # type: ignore[assignment]  # DRF names its own attribute so too
    case = TextMapField()
    locator_name = TextMapField()
    caveats = TextMapField()

    class Meta:
        model = Figure
        fields = [
            "code", "indicator", "concept", "area", "sector", "case", "stage", "period", "year",
            "value", "value_high", "operator", "unit", "unit_name", "kind", "form", "base_year",
            "source", "locator", "locator_name", "status", "caveats",
        ]  # fmt: skip


PART = {"type": "object", "description": "See docs/policy-format.md; numbers are exact text."}
CONDITIONS = {
    "type": "array",
    "items": {"type": "object", "properties": {"text": TEXT, "when": {"type": "string"}}},
}


@extend_schema_field(PART)
class PartField(serializers.ReadOnlyField):
    """A part of a support rule."""


@extend_schema_field(CONDITIONS)
class ConditionsField(serializers.ReadOnlyField):
    """Conditions in words; ``when`` is the expression, absent where a person must say."""


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class NamesField(serializers.ReadOnlyField):
    """Profile fields and indicator codes a rule reads."""


class PolicySerializer(serializers.ModelSerializer):
    title = TextMapField()
    source = CodeField()  # type: ignore[assignment]  # DRF names its own attribute so too
    issuer = TextMapField()
    beneficiary = TextMapField()
    conditions = ConditionsField()
    benefit = PartField()
    payer = TextMapField()
    office = TextMapField()
    matching = PartField()
    needs_person = ConditionsField()
    inputs = NamesField()
    locator_name = TextMapField()

    class Meta:
        model = Policy
        fields = [
            "code", "title", "source", "locator", "locator_name", "issuer", "area", "nature",
            "audience", "beneficiary", "conditions", "kind", "benefit", "payer", "office",
            "matching", "needs_person", "valid_from", "valid_to", "group", "inputs",
        ]  # fmt: skip


class AdviceSerializer(serializers.ModelSerializer):
    title = TextMapField()
    text = TextMapField()
    indicator = CodeField(allow_null=True)
    below = ExactDecimalField(allow_null=True)
    source = CodeField()  # type: ignore[assignment]  # DRF names its own attribute so too
    caveats = TextMapField()
    locator_name = TextMapField()

    class Meta:
        model = Advice
        fields = [
            "code", "title", "text", "indicator", "below", "industry", "audience", "nature",
            "source", "locator", "locator_name", "caveats",
        ]  # fmt: skip


class InstrumentSerializer(serializers.ModelSerializer):
    code = serializers.CharField(source="instrument.code", read_only=True)
    title = TextMapField()
    notice = TextMapField()
    source = CodeField()  # type: ignore[assignment]  # DRF names its own attribute so too

    class Meta:
        model = InstrumentVersion
        fields = ["code", "version", "status", "title", "notice", "source", "sha256", "loaded_at"]


class InstrumentDetailSerializer(InstrumentSerializer):
    definition = serializers.SerializerMethodField()

    class Meta(InstrumentSerializer.Meta):
        fields = [*InstrumentSerializer.Meta.fields, "definition"]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_definition(self, version: InstrumentVersion) -> dict[str, Any]:
        """The canonical form, which ``sha256`` is the hash of."""
        return version.definition


class RegionSerializer(serializers.ModelSerializer):
    name = TextMapField()

    class Meta:
        model = Region
        fields = ["code", "name", "level"]


class IndustrySerializer(serializers.ModelSerializer):
    name = TextMapField()

    class Meta:
        model = Industry
        fields = ["code", "name", "section", "level"]
