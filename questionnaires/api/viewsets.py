"""Read-only API v1 of the catalogue, open to everybody like its pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from questionnaires import figure_filters, filters, rule_filters
from questionnaires.api import serializers
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
from questionnaires.regional.asked import read
from questionnaires.regional.files import as_data
from questionnaires.regional.reading import stored_table


class Public(viewsets.ReadOnlyModelViewSet):
    """Entries by code; lists take the filters of the page and are cut into pages."""

    permission_classes = [AllowAny]
    lookup_field = "code"
    lookup_value_regex = r"[A-Za-z0-9-]+"


class SourceViewSet(Public):
    """Documents that indicators and figures are taken from."""

    queryset = Source.objects.all()
    serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilter


class IndicatorViewSet(Public):
    """Definitions of what is measured."""

    queryset = Indicator.objects.select_related("source")
    serializer_class = serializers.IndicatorSerializer
    filterset_class = filters.IndicatorFilter


class FigureViewSet(Public):
    """Published numbers: targets, observed values, forecasts and policy parameters."""

    queryset = Figure.objects.select_related("indicator", "source")
    serializer_class = serializers.FigureSerializer
    filterset_class = figure_filters.FigureFilter


class PolicyViewSet(Public):
    """Support rules: conditions, benefit, caps, payer, and the clause each stands in."""

    queryset = Policy.objects.select_related("source")
    serializer_class = serializers.PolicySerializer
    filterset_class = rule_filters.PolicyFilter


class AdviceViewSet(Public):
    """Recommended actions, each with its nature, audience and the indicator it is meant for."""

    queryset = Advice.objects.select_related("indicator", "source")
    serializer_class = serializers.AdviceSerializer
    filterset_class = rule_filters.AdviceFilter


class RegionViewSet(Public):
    """Administrative divisions by GB/T 2260."""

    queryset = Region.objects.all()
    serializer_class = serializers.RegionSerializer
    filterset_class = filters.RegionFilter


class RegionalTableViewSet(viewsets.ViewSet):
    """Provinces beside each other by the observed figures of one year; gaps are gaps."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[
            OpenApiParameter("year", int, description="2018 when left out."),
            OpenApiParameter(
                "indicator",
                str,
                many=True,
                description="Codes; when left out, those with values of five provinces or more.",
            ),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def list(self, request: Request) -> Response:
        """Columns, one for each definition, and a row for each of the 31 provinces."""
        asked = read(request.query_params)
        return Response(as_data(stored_table(asked.year, asked.indicators)))


class IndustryViewSet(Public):
    """Sections and divisions of GB/T 4754-2017."""

    queryset = Industry.objects.all()
    serializer_class = serializers.IndustrySerializer
    filterset_class = filters.IndustryFilter


class InstrumentViewSet(Public):
    """Published versions of questionnaires; one by code is the current version."""

    queryset = InstrumentVersion.objects.filter(published=True)
    serializer_class = serializers.InstrumentSerializer
    filterset_class = filters.InstrumentFilter

    def get_queryset(self) -> QuerySet[InstrumentVersion]:
        versions = super().get_queryset().select_related("instrument", "source")
        versions = versions.order_by("instrument__code", "-loaded_at", "-pk")
        return versions.defer("definition") if self.action == "list" else versions

    @extend_schema(
        parameters=[
            OpenApiParameter("version", str, description="A version other than the current one.")
        ],
        responses=serializers.InstrumentDetailSerializer,
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The whole instrument in its canonical form."""
        versions = self.get_queryset().filter(instrument__code=kwargs["code"])
        if wanted := request.query_params.get("version"):
            versions = versions.filter(version=wanted)
        version = versions.first() or get_object_or_404(versions.none())
        return Response(serializers.InstrumentDetailSerializer(version).data)
