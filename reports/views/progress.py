"""Public pages of targets over time: the list with states, and one indicator in an area."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from questionnaires.models import Indicator, Region
from questionnaires.views.listing import BOM
from reports.exports import names
from reports.progress import chart, points, rounds
from reports.progress.asked import Asked, areas, chosen, concepts, language
from reports.progress.rows import Row, row, steps, unit_text
from reports.views.dashboards import attachment
from scoring.areas import chain
from scoring.progress import words
from scoring.progress.catalogue import Judged, Track, judge, tracks
from scoring.progress.standing import STATES
from scoring.progress.tables import as_csv

ON_A_PAGE = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every published target with its state; ``format=csv`` gives the rows as a file."""
    asked = Asked.read(request.GET)
    known = tracks(aimed_only=asked.aimed_only)
    judged = [one for track in known for one in judge(track, asked.kind)]
    found = chosen(judged, asked)
    if request.GET.get("format") == "csv":
        text = BOM + as_csv(found, language())
        name = names.file_name("targets", asked.area, asked.state, names.day(), suffix="csv")
        return attachment(text.encode("utf-8"), "text/csv; charset=utf-8", name)
    paginator = Paginator(found, ON_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "part": "targets",
        "asked": asked,
        "rows": [row(one) for one in page.object_list],
        "page_obj": page,
        "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "areas": areas(known),
        "concepts": concepts(known),
        "states": [(state, words.STATES[state]) for state in STATES],
        "counts": _counts(judged, asked),
    }
    return render(request, "reports/progress_overview.html", context)


def _counts(judged: list[Judged], asked: Asked) -> list[tuple[str, Any, int]]:
    """How many targets there are in each state, under the other filters."""
    others = Asked(asked.area, asked.words, asked.concept, "", asked.path)
    found = [one.standing.state for one in chosen(judged, others)]
    return [(state, words.STATES[state], found.count(state)) for state in STATES if state in found]


@require_safe
def detail(request: HttpRequest, indicator: str, area: str) -> HttpResponse:
    """One indicator in one area: chart, targets, points with their sources, projection."""
    one = get_object_or_404(Indicator.objects.select_related("source"), code=indicator)
    asked = Asked.read(request.GET)
    region = Region.objects.filter(code=area).first()
    upwards = [] if region is None else [each.code for each in chain(region)[1:]]
    known = tracks([area, *upwards], one, aimed_only=False)
    found = [track for track in known if track.area == area]
    if not found and region is None:
        raise Http404
    above = nearest_targets(known, [area, *upwards]) if region else []
    own = rounds.points_for(request.user, request.GET.get("region", area)[:12], one)
    context = {
        "part": "targets",
        "indicator": one,
        "area": area,
        "area_name": found[0].area_name if found else region and region.name,
        "asked": asked,
        "path_name": words.PATHS.get(asked.path or ""),
        "sections": [
            {**section(rounds.with_rounds(track, own), asked), "chart_id": f"progress-{place}"}
            for place, track in enumerate([*found, *above], start=1)
        ],
        "above": above[0].area_name if above else None,
        "elsewhere": [] if found or above else elsewhere(one),
    }
    return render(request, "reports/progress_detail.html", context)


def section(track: Track, asked: Asked) -> dict[str, Any]:
    """Everything the page shows of one series."""
    judged = judge(track, asked.kind)
    way = judged[-1].standing.path if asked.path and judged[-1].standing.aim else None
    return {
        "track": track,
        "unit": unit_text(track),
        "rows": [row(one, with_path=bool(asked.path)) for one in judged],
        "points": points.point_rows(track, way),
        "rounds": rounds.round_rows(track),
        "obstacles": [
            (track.figures[each.fact.code], words.obstacle(each, track.names))
            for each in track.series.obstacles
        ],
        "path": way,
        "straightened": way is not None and way.kind != way.asked_kind,
        "steps": steps(track),
        "chart": chart.chart_data(track, way),
        "sentence": chart.sentence(track, judged),
    }


def nearest_targets(known: list[Track], areas: list[str]) -> list[Track]:
    """What the nearest region above aims at, for a region without a target of its own.

    ``areas``: the region's own code, then those above it, nearest first.
    """
    aimed = [track for track in known if track.series.aims]
    nearest = next((code for code in areas if any(t.area == code for t in aimed)), areas[0])
    return [] if nearest == areas[0] else [track for track in aimed if track.area == nearest]


def elsewhere(indicator: Indicator) -> list[Row]:
    """The indicator's targets in other areas, for an area that has nothing."""
    return [row(one) for track in tracks(indicator=indicator) for one in judge(track)]
