"""Item analysis of a round, for its officers: page and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assessment.models import Round
from assessment.views.rounds import run_round
from reports.building import items as building
from reports.dashboards.model import Column, Table
from reports.exports import csv, names
from reports.views.dashboards import attachment
from scoring.items.store import current
from scoring.models import RoundAnalysis


@dataclass(frozen=True)
class Head:
    """A column's head with the address that sorts by it."""

    column: Column
    address: str
    sorted: str  # "ascending", "descending" or ""


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def item_analysis(request: HttpRequest, round: int) -> HttpResponse:
    """``sort`` is a column's key with a minus for downwards, ``show=marked`` leaves out the rest,
    ``format=csv`` with ``table`` gives a file."""
    found = run_round(request, round)  # type: ignore[arg-type]
    analysis = current(found)
    if analysis is not None and request.GET.get("format") == "csv":
        return _file(found, analysis, request.GET.get("table", "items"))
    return render(request, "reports/items.html", _context(request, found, analysis))


def _file(round: Round, analysis: RoundAnalysis, key: str) -> HttpResponse:
    content = analysis.content
    tables = {
        "items": lambda: building.table(building.items(content)),
        "dimensions": lambda: building.dimensions(content),
        "options": lambda: building.options(content),
    }
    if key not in tables:
        raise Http404
    table: Table = tables[key]()
    name = names.file_name(table.title, round.title, str(round.year), names.day(), suffix="csv")
    return attachment(csv.one_table(table).encode(), "text/csv; charset=utf-8", name)


def _context(request: HttpRequest, round: Round, analysis: RoundAnalysis | None) -> dict[str, Any]:
    if analysis is None or analysis.content["withheld"]:
        return {"round": round, "analysis": analysis}
    asked = request.GET.get("sort", "")
    key, down = asked.removeprefix("-"), asked.startswith("-")
    rows = building.ordered(building.items(analysis.content), key, down)
    marked = [one for one in rows if one.marks]
    only = request.GET.get("show") == "marked"
    return {
        "round": round,
        "analysis": analysis,
        "heads": [_head(column, key, down, only) for column in building.columns()],
        "rows": marked if only else rows,
        "count": len(rows),
        "marked": len(marked),
        "only": only,
        "sort": asked,
        "dimensions": building.dimensions(analysis.content),
        "method": method(),
        "symbols": [
            ("c", _("too few answers: withheld to protect single enterprises")),
            ("z", _("earns no points, or nothing to compare with")),
        ],
    }


def _head(column: Column, key: str, down: bool, only: bool) -> Head:
    if column.key == "question":
        return Head(column, "", "")
    here = column.key == key
    direction = "-" if not here or not down else ""
    address = f"?sort={direction}{column.key}" + ("&show=marked" if only else "")
    return Head(column, address, ("descending" if down else "ascending") if here else "")


def method() -> list[tuple[str, str]]:
    """What each column says, in plain words."""
    return [
        (
            _("Points earned"),
            _("mean share of the points a question can earn; low means hard (its difficulty)"),
        ),
        (
            _("Fits the rest (r)"),
            _(
                "correlation between this question and the mean of all others: above 0.3 tells "
                "firms apart well, below 0.15 hardly; negative points to a wrong scale"
            ),
        ),
        (
            _("Upper less lower 27 %"),
            _("points earned by the best 27 % of enterprises less those of the weakest 27 %"),
        ),
        (
            _("All points, no points"),
            _("share of the answers at the top or the bottom of what can be earned"),
        ),
        (
            _("Cronbach's alpha"),
            _(
                "how well the questions of a dimension measure one thing: 0.7 is usual for "
                "groups, 0.9 for single enterprises; it grows with the number of questions"
            ),
        ),
        (
            _("Alpha without it"),
            _("alpha of the dimension if the question were dropped; higher means it disturbs"),
        ),
        (
            _("No longer tells firms apart"),
            _(
                "at least 30 answers, and more than 90 % with all points or none, or r below "
                "0.15; a hint for the next edition, no verdict on the question"
            ),
        ),
        (
            _("Small print"),
            _("with fewer than 200 answers the range a number may lie in (95 %) stands below it"),
        ),
    ]
