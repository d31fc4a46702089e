"""Public pages of indicators: the list, and one definition with its figures and its users."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questionnaires.definitions import kept_apart
from questionnaires.filters import IndicatorFilter
from questionnaires.models import Figure, Indicator
from questionnaires.series import DRAWN_FORMS, DRAWN_KINDS, MOST_SERIES, as_data, charts, sentence
from questionnaires.usage import asking_for, rules_reading
from questionnaires.views.figures import figure_rows
from questionnaires.views.listing import CatalogueList


class IndicatorList(CatalogueList):
    model = Indicator
    kind = "indicators"
    filterset_class = IndicatorFilter
    template_name = "questionnaires/indicator_list.html"
    queryset = Indicator.objects.select_related("source").annotate(
        figure_count=Count("figures", distinct=True)
    )
    ordering = ["source__code", "position", "code"]


def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One definition, its figures over time and as a table, and everything that uses it."""
    indicator = get_object_or_404(Indicator.objects.select_related("source"), code=code)
    figures = figure_rows(indicator.figures.all())
    context = {
        "part": "indicators",
        "indicator": indicator,
        "figures": figures,
        "charts": _told(figures, request.GET.getlist("series")),
        "most_series": MOST_SERIES,
        "relatives": _relatives(indicator),
        "instruments": asking_for(indicator.code),
        "policies": rules_reading(indicator.code),
        "advice": indicator.advice.select_related("source"),
    }
    return render(request, "questionnaires/indicator_detail.html", context)


def _told(figures: list[Figure], wanted: list[str]) -> list[dict[str, Any]]:
    """Charts with their data, their sentence and what is left to the table."""
    found = charts(figures, wanted)
    return [
        {
            "id": f"chart-{place}",
            "data_id": f"chart-{place}-data",
            "chart": chart,
            "data": as_data(chart),
            "sentence": sentence(chart),
            "kinds": [kind for kind in DRAWN_KINDS if any(one.of(kind) for one in chart.drawn)],
            "drawn": [one.key for one in chart.drawn],
            "undrawn": _undrawn(figures),
        }
        for place, chart in enumerate(found, start=1)
    ]


def _undrawn(figures: list[Figure]) -> bool:
    """Whether there are figures no axis of levels can take."""
    return any(f.form not in DRAWN_FORMS or f.kind not in DRAWN_KINDS for f in figures)


def _relatives(indicator: Indicator) -> list[dict[str, Any]]:
    """Other definitions of the idea, each with the words why it is kept apart."""
    others = Indicator.objects.filter(concept=indicator.concept).exclude(pk=indicator.pk)
    others = others.select_related("source").annotate(figure_count=Count("figures"))
    return [
        {"indicator": other, "reasons": kept_apart(indicator, other)}
        for other in others.order_by("source__code", "position", "code")
    ]
