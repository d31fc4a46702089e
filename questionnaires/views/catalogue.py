"""Public pages of the catalogue as a whole and of its sources."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questionnaires.filters import SourceFilter
from questionnaires.models import Figure, Indicator, Industry, Region, Source
from questionnaires.usage import current_versions
from questionnaires.views.figures import figure_rows
from questionnaires.views.listing import CatalogueList

LEADING_SOURCES = 8  # on the overview; the rest are a click away


def overview(request: HttpRequest) -> HttpResponse:
    """What the catalogue holds, and where to begin."""
    sources = Source.objects.annotate(
        figure_count=Count("figures", distinct=True),
        indicator_count=Count("indicator", distinct=True),
    ).filter(figure_count__gt=0)
    context = {
        "part": "overview",
        "instruments": current_versions(),
        "sources": sources.order_by("-figure_count")[:LEADING_SOURCES],
        "counts": {
            "sources": Source.objects.count(),
            "indicators": Indicator.objects.count(),
            "figures": Figure.objects.count(),
            "targets": Figure.objects.targets().count(),
            "regions": Region.objects.count(),
            "industries": Industry.objects.count(),
        },
    }
    return render(request, "questionnaires/overview.html", context)


class SourceList(CatalogueList):
    model = Source
    kind = "sources"
    filterset_class = SourceFilter
    template_name = "questionnaires/source_list.html"
    ordering = ["code"]
    queryset = Source.objects.annotate(
        figure_count=Count("figures", distinct=True),
        indicator_count=Count("indicator", distinct=True),
    )


def source_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One document with every figure and indicator taken from it."""
    source = get_object_or_404(Source, code=code)
    indicators = source.indicator_set.order_by("position", "code")
    context = {
        "part": "sources",
        "source": source,
        "figures": figure_rows(source.figures.all()),
        "groups": _grouped(list(indicators)),
        "instruments": source.instrumentversion_set.select_related("instrument"),
        "policies": source.policies.all(),
        "advice_count": source.advice.count(),
    }
    return render(request, "questionnaires/source_detail.html", context)


def _grouped(indicators: list[Indicator]) -> list[dict[str, Any]]:
    """Indicators under the groups their system puts them in."""
    return [
        {"names": list(rows[0].groups), "indicators": rows}
        for rows in (list(group) for _key, group in groupby(indicators, key=lambda i: i.groups))
    ]
