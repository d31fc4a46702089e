"""What a support rule and a piece of advice may say; docs/policy-format.md is this in prose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from questionnaires.catalogue.rule_names import RULE_SCOPE, read_condition
from questionnaires.catalogue.schema import Amount, Locator, Slug, Strict, Text, Words

_PLACE = _("CN or a six-digit GB/T 2260 code")
_WHEN = _("a year, or year-month, or year-month-day: 2015, 2015-05, 2015-05-08")
_NAME = _("profile.revenue, another number of the profile, or the code of an indicator")


def _sound(text: str) -> str:
    """The condition, unless it cannot be evaluated."""
    for fault in read_condition(text).faults[:1]:
        said = f"{fault.expected} ({fault.fix})".replace("{", "(").replace("}", ")")
        raise PydanticCustomError("expression", said)
    return text


def _number_name(name: str) -> str:
    if name not in RULE_SCOPE or RULE_SCOPE[name].coding != "number":
        raise PydanticCustomError("expression", _NAME)
    return name


Code = Annotated[Slug, Field(max_length=120)]
Area = Annotated[Words, Field(pattern=r"^(CN|\d{6})$", description=_PLACE)]
Day = Annotated[Words, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description=_WHEN)]
Condition = Annotated[Words, AfterValidator(_sound)]
Name = Annotated[Words, Field(pattern=r"^(profile\.)?[a-z][a-z0-9-]*$", description=_NAME)]
NumberName = Annotated[Name, AfterValidator(_number_name)]
Position = Annotated[int, Field(ge=0, le=9999, strict=True)]


class ConditionPart(Strict):
    """A condition in words; without ``when`` only a person can say whether it holds."""

    text: Text
    when: Condition | None = None


class TierPart(Strict):
    """From ``start`` of the base on, the amount is ``value``."""

    start: Amount
    value: Amount


class BeyondPart(Strict):
    """Only what the base has beyond ``percent`` of ``of`` counts."""

    percent: Amount
    of: NumberName


class AmountPart(Strict):
    """How much. Money in 万元 (CNY 10,000) unless ``unit`` is yuan."""

    kind: Literal["fixed", "range", "percent", "per_unit", "tiered"]
    value: Amount | None = None
    value_high: Amount | None = None
    up_to: bool = False
    of: NumberName | None = None
    beyond: BeyondPart | None = None
    each_from: Amount | None = None
    cap: Amount | None = None
    tiers: tuple[TierPart, ...] = ()
    unit: Literal["wan", "yuan"] = "wan"
    per: Literal["once", "year", "project", "month"] = "once"

    @model_validator(mode="after")
    def _is_whole(self) -> AmountPart:
        if (self.kind == "tiered") != bool(self.tiers):
            raise PydanticCustomError("amount", _("tiers where kind is tiered, and only there"))
        if (self.kind == "tiered") == (self.value is not None):
            raise PydanticCustomError("amount", _("a value, or tiers where kind is tiered"))
        if (self.kind == "range") != (self.value_high is not None):
            raise PydanticCustomError("amount", _("value_high where kind is range"))
        if (self.kind in ("fixed", "range")) != (self.of is None):
            raise PydanticCustomError("amount", _("of: what percent, per_unit or tiers are of"))
        return self


class BenefitPart(Strict):
    kind: Literal[
        "grant", "award", "tax", "interest", "finance", "premises", "land", "market", "service",
        "honour", "fund",
    ]  # fmt: skip
    text: Text
    amount: AmountPart | None = None
    cap_year: Amount | None = None
    cap_total: Amount | None = None


class MatchingPart(Strict):
    """What another government adds: ``percent`` of the amount, and how that is to be read."""

    by: Text
    percent: Amount
    text: Text


class PolicyEntry(Strict):
    code: Code
    title: Text
    source: Slug
    locator: Locator
    issuer: Text
    area: Area
    nature: Literal["support", "commitment", "principle"] = "support"
    audience: Literal["enterprise", "operator", "person", "finance", "public"]
    beneficiary: Text
    conditions: tuple[ConditionPart, ...] = ()
    benefit: BenefitPart
    payer: Text | None = None
    office: Text | None = None
    matching: MatchingPart | None = None
    needs_person: tuple[ConditionPart, ...] = ()
    valid_from: Day
    valid_to: Day | None = None
    group: Slug | None = None
    position: Position = 0

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> PolicyEntry:
        if self.valid_to and self.valid_to < self.valid_from:
            raise PydanticCustomError("valid_to", _("a valid_to that is not before valid_from"))
        return self

    def names(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Every name the rule reads, with its place in the entry."""
        for field in ("conditions", "needs_person"):
            for number, part in enumerate(getattr(self, field)):
                found = read_condition(part.when).names if part.when else ()
                yield from ((name, (field, number, "when")) for name in sorted(found))
        amount = self.benefit.amount
        if amount and amount.of:
            yield amount.of, ("benefit", "amount", "of")
        if amount and amount.beyond:
            yield amount.beyond.of, ("benefit", "amount", "beyond", "of")


class AdviceEntry(Strict):
    code: Code
    title: Text
    text: Text
    indicator: Slug | None = None
    below: Amount | None = None
    industry: Annotated[Words, Field(pattern=r"^([A-T](\d{2,4})?)?$")] = ""
    audience: Literal["enterprise", "sme", "leader", "provider", "park", "region"]
    nature: Literal["policy", "recommendation", "case", "method", "foreign", "effect"]
    source: Slug
    locator: Locator
    caveats: Text | None = None
    position: Position = 0

    @model_validator(mode="after")
    def _below_what(self) -> AdviceEntry:
        if self.below is not None and self.indicator is None:
            raise PydanticCustomError("amount", _("an indicator, since below is given"))
        return self


def stored(part: Any) -> Any:
    """A part as the database keeps it: texts as maps, exact numbers as text, nothing empty."""
    if isinstance(part, Strict):
        fields = {name: stored(getattr(part, name)) for name in type(part).model_fields}
        return {name: value for name, value in fields.items() if _said(value)}
    if isinstance(part, tuple):
        return [stored(one) for one in part]
    return part if isinstance(part, str | bool) or part is None else format(part, "f")


def _said(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], {})
