"""A round's dashboard for the officers of its region: page, CSV and workbook at one address."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assessment.models import Round, User
from questionnaires.models import Region
from questionnaires.texts import localized
from reports.building.measured import in_words_only
from reports.dashboards import build as building
from reports.dashboards.access import Reach, require
from reports.dashboards.model import Dashboard
from reports.dashboards.query import Choices, Query, choices, in_words
from reports.exports import csv, names, xlsx
from scoring.dashboard import RoundView, overview
from scoring.shape import definition_of

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Seen:
    """What one request may see of a round, and how it asked for it."""

    round: Round
    region: Region
    reach: Reach
    query: Query
    view: RoundView
    options: Choices
    dashboard: Dashboard


def look(user: User, number: int, query: Query) -> Seen:
    """Open a dashboard: 404 for a round that is not visible, refusal outside the jurisdiction."""
    rows = Round.objects.visible_to(user).select_related("region", "instrument_version")
    round = get_object_or_404(rows, pk=number)
    found, region = require(user, round, query.region)
    view = measured(round, overview(round, region, query.industry, query.size, query.indicator))
    query = replace(query, region=region.code, indicator=view.measure.code)
    options = choices(query, found, view)
    made = building.build(round, view, in_words(options))
    return Seen(round, region, found, query, view, options, made)


def measured(round: Round, view: RoundView) -> RoundView:
    """The view without indicators that are answered in words: a region has no value of them."""
    silent = in_words_only(definition_of(round.instrument_version))
    return replace(
        view,
        indicators=[each for each in view.indicators if each.code not in silent],
        figures=[each for each in view.figures if each.indicator not in silent],
    )


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def dashboard(request: HttpRequest, round: int) -> HttpResponse:
    seen = look(request.user, round, Query.read(request.GET))  # type: ignore[arg-type]
    wanted = request.GET.get("format", "")
    if wanted == "csv":
        return csv_response(seen, request.GET.get("table", ""))
    if wanted == "xlsx":
        return attachment(xlsx.workbook(seen.dashboard), XLSX_TYPE, file_name(seen, "", "xlsx"))
    return render(request, "reports/dashboard.html", page_context(seen))


def csv_response(seen: Seen, key: str) -> HttpResponse:
    """One table, or all of them in long form."""
    table = seen.dashboard.table(key)
    if key and table is None:
        raise Http404
    text = csv.one_table(table) if table else csv.all_tables(seen.dashboard)
    name = file_name(seen, table.title if table else "", "csv")
    return attachment(text.encode("utf-8"), "text/csv; charset=utf-8", name)


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def file_name(seen: Seen, table: str, suffix: str) -> str:
    """``数衡_浙江省_<round>_2026_20261120.xlsx``."""
    brand = "Shuheng" if (get_language() or "").startswith("en") else "数衡"
    parts = [brand, localized(seen.region.name), seen.round.title, table, str(seen.round.year)]
    return names.file_name(*parts, names.day(), suffix=suffix)


def page_context(seen: Seen) -> dict[str, object]:
    shown = {table.key: table for table in seen.dashboard.tables}
    return {
        "seen": seen,
        "round": seen.round,
        "dashboard": seen.dashboard,
        "tables": shown,
        "options": seen.options,
        "query": seen.query.address(),
        "trail": trail(seen),
        "below": below(seen),
        "synthetic_words": xlsx.synthetic_words(),
    }


def trail(seen: Seen) -> list[tuple[str, str]]:
    """From the highest region this person may see down to the one shown: (name, address)."""
    above = [each for each in seen.reach.regions if each.covers(seen.region)]
    return [(localized(each.name), "?" + seen.query.address(region=each.code)) for each in above]


def below(seen: Seen) -> dict[str, str]:
    """Addresses of the regions and industries one level down, by code."""
    codes = {each.code for each in seen.reach.regions}
    links = {
        cell.code: "?" + seen.query.address(region=cell.code)
        for cell in seen.view.by_region
        if cell.code in codes and cell.code != seen.region.code
    }
    known = {cell.code for cell in seen.view.by_industry} - {"", seen.view.industry}
    return links | {code: "?" + seen.query.address(industry=code) for code in known}
