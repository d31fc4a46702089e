"""Facts about an enterprise for the matching of support rules."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.base import RefusingMixin
from assessment.facts.fields import FactField, fact_fields
from assessment.facts.known import known_answers, latest_submission
from assessment.facts.saving import FactSaid, save_facts
from assessment.models import Fact, Organisation
from assessment.requests import person_of

ORGANISATION = OpenApiParameter("organisation", OpenApiTypes.INT, OpenApiParameter.PATH)
INDICATOR = OpenApiParameter("indicator", OpenApiTypes.STR, OpenApiParameter.PATH)


class FactInSerializer(serializers.Serializer):
    """``value``: true or false, a number in the unit, a list of numbers, ``{"unknown": true}`` or
    null; ``version`` is the one last read: 0 for a fact never given."""

    value = serializers.JSONField(allow_null=True)
    year = serializers.IntegerField(allow_null=True, default=None)
    version = serializers.IntegerField(min_value=0, default=0)


class FactOutSerializer(serializers.Serializer):
    """``value`` null is unknown, never 0. ``answered``: what a questionnaire said instead."""

    indicator = serializers.CharField()
    name = serializers.JSONField()
    unit = serializers.JSONField(allow_null=True)
    value = serializers.JSONField(allow_null=True)
    typed = serializers.JSONField(allow_null=True)
    year = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()
    answered = serializers.JSONField(allow_null=True)
    rules = serializers.ListField(child=serializers.CharField())
    error = serializers.CharField(allow_blank=True)
    conflict = serializers.BooleanField()


class FactViewSet(RefusingMixin, viewsets.ViewSet):
    """Facts of one enterprise: members, its consultants and operators read, editors write."""

    lookup_field = "organisation"
    lookup_value_regex = r"\d+"
    serializer_class = FactOutSerializer

    def _organisation(self, request: Request, pk: str) -> Organisation:
        return get_object_or_404(Organisation.objects.opened_to(person_of(request)), pk=pk)

    @extend_schema(parameters=[ORGANISATION], responses=FactOutSerializer(many=True))
    def retrieve(self, request: Request, organisation: str) -> Response:
        """Every fact that support rules ask about, given or not."""
        found, fields = self._organisation(request, organisation), fact_fields()
        facts = {row.indicator: row for row in Fact.objects.filter(organisation=found)}
        submission = latest_submission(found)
        answered = known_answers(fields, submission) if submission else {}
        rows = [
            _out(field, facts.get(code)) | {"answered": _answered(answered.get(code))}
            for code, field in fields.items()
        ]
        return Response(rows)

    @extend_schema(
        parameters=[ORGANISATION, INDICATOR],
        request=FactInSerializer,
        responses={200: FactOutSerializer, 409: FactOutSerializer, 422: FactOutSerializer},
    )
    @action(detail=True, methods=["put"], url_path=r"(?P<indicator>[a-z0-9-]+)")
    def one(self, request: Request, organisation: str, indicator: str) -> Response:
        """Save one fact: 409 when a newer version exists, 422 when it cannot be read."""
        asked = FactInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        said = FactSaid(indicator, data["value"], data["year"], data["version"])
        found = self._organisation(request, organisation)
        outcome = save_facts(person_of(request), found, [said])[0]
        body = _out(outcome.field, outcome.fact)
        body |= {"error": outcome.read.error, "conflict": outcome.conflict}
        return Response(body, status=409 if outcome.conflict else 200 if outcome.read.ok else 422)


def _out(field: FactField, fact: Fact | None) -> dict[str, Any]:
    return {
        "indicator": field.code,
        "name": field.question.text,
        "unit": field.unit,
        "value": fact.value if fact else None,
        "typed": fact.typed if fact else None,
        "year": fact.year if fact else None,
        "version": fact.version if fact else 0,
        "answered": None,
        "rules": [rule.code for rule in field.rules],
        "error": "",
        "conflict": False,
    }


def _answered(known: Any) -> dict[str, Any] | None:
    return known and {"value": known.value, "year": known.year, "round": known.answered_in}
