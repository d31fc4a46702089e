"""Public pages of published figures: the list with its filters, and one number with its proof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questionnaires.areas import with_area_names
from questionnaires.figure_filters import FigureFilter
from questionnaires.models import Figure
from questionnaires.numbers import value_of
from questionnaires.usage import asking_for, rules_reading
from questionnaires.views.listing import CatalogueList


class FigureList(CatalogueList):
    model = Figure
    kind = "figures"
    filterset_class = FigureFilter
    template_name = "questionnaires/figure_list.html"
    queryset = Figure.objects.select_related("indicator", "source")
    ordering = ["source__code", "indicator__position", "indicator__code", "area", "year", "code"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["figures"] = shown_figures(context["page_obj"].object_list)
        return context


def figure_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One published number with everything needed to check it, and everything that uses it."""
    figure = get_object_or_404(Figure.objects.select_related("indicator", "source"), code=code)
    same = figure.indicator.figures.exclude(pk=figure.pk)
    context = {
        "part": "figures",
        "figure": shown_figures([figure])[0],
        "others": figure_rows(same.filter(area=figure.area)),
        "elsewhere": same.exclude(area=figure.area).count(),
        "instruments": asking_for(figure.indicator.code),
        "policies": rules_reading(figure.indicator.code),
        "advice": figure.indicator.advice.select_related("source"),
    }
    return render(request, "questionnaires/figure_detail.html", context)


def figure_rows(figures: QuerySet[Figure]) -> list[Figure]:
    """Figures in reading order, ready to be shown."""
    ordered = figures.select_related("indicator", "source").order_by(
        "indicator__position", "indicator__code", "area", "year", "code"
    )
    return shown_figures(ordered)


def shown_figures(figures: Iterable[Figure]) -> list[Figure]:
    """Each with the names of its area and sector and its value as people read it."""
    listed = with_area_names(figures)
    for figure in listed:
        figure.shown = value_of(figure)  # type: ignore[attr-defined]
    return listed
