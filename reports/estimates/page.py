"""What one request sees of a region's estimates: the page, its files and the API alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessment.models import Organisation, User
from questionnaires.models import Industry
from questionnaires.texts import localized
from reports.dashboards.model import Dashboard, Table
from reports.estimates import tables, words
from reports.estimates.opening import Opened, open_region
from scoring.dashboard import RoundView, overview
from scoring.estimates.store import estimates_of, is_behind
from scoring.models import Population, RegionEstimate


@dataclass(frozen=True)
class Seen:
    """``state``: ready, no_population, computing, nobody."""

    opened: Opened
    dashboard: Dashboard
    state: str
    data: dict[str, Any] = field(default_factory=dict)
    with_population: int = 0  # regions below that have one


def look(user: User, number: int, code: str) -> Seen:
    """The estimates of a region in tables. Refuses as the dashboard does."""
    from reports.views.dashboards import measured

    opened = open_region(user, number, code)
    view = measured(opened.round, overview(opened.round, opened.region))
    population = list(
        Population.objects.filter(round=opened.round, region=opened.region.code).order_by("pk")
    )
    stored = estimates_of(opened.round) if population else {}
    found = stored.get(opened.region.code)
    state = _state(opened, view, population, found, stored)
    data = found.data if found else {}
    others = Population.objects.filter(round=opened.round).values("region").distinct().count()
    return Seen(opened, _dashboard(opened, view, population, found), state, data, others)


def _state(
    opened: Opened,
    view: RoundView,
    population: list[Population],
    found: RegionEstimate | None,
    stored: dict[str, RegionEstimate],
) -> str:
    if not view.counts.scored:
        return "nobody"
    if not population:
        return "no_population"
    return "ready" if found and not is_behind(opened.round, stored) else "computing"


def _dashboard(
    opened: Opened, view: RoundView, population: list[Population], found: RegionEstimate | None
) -> Dashboard:
    data = found.data if found else {}
    region = localized(opened.region.name)
    return Dashboard(
        title=_("Estimates for %(region)s: %(round)s")
        % {"region": region, "round": opened.round.title},
        round_title=opened.round.title,
        year=opened.round.year,
        region_name=region,
        filters=[(_("Region"), region)],
        tables=_tables(view, population, data),
        symbols=words.legend(view.minimum),
        definitions=words.definitions(),
        sources=[f"{row[0]} ({row[1]})" for row in data.get("sources", [])],
        synthetic=view.synthetic or bool(data.get("synthetic")),
        computed_at=found.computed_at if found else view.computed_at,
    )


def _tables(view: RoundView, population: list[Population], data: dict[str, Any]) -> list[Table]:
    entries = data.get("measures")
    made = [
        tables.response(view, population),
        tables.estimates("scores", _("Total and dimensions"), [view.total, *view.nodes], entries),
        tables.levels(view, entries),
        tables.estimates("indicators", _("Indicators"), view.indicators, entries),
    ]
    if data.get("strata"):
        made.append(tables.strata(data["strata"], _names(data["strata"])))
    return made


def _names(strata: list[dict[str, Any]]) -> dict[str, str]:
    """Names of the industries and size classes of the strata."""
    codes = {industry for one in strata for industry, _size in one["cells"]}
    named = {row.code: localized(row.name) for row in Industry.objects.filter(code__in=codes)}
    return named | {str(value): str(label) for value, label in Organisation.Size.choices}
