"""What one request sees of two rounds beside each other: the page, its files and the API alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from assessment.models import Round, User
from questionnaires.texts import localized
from reports.dashboards.model import Dashboard, Table
from reports.dashboards.query import Option
from reports.estimates import words
from reports.estimates.opening import Opened, open_region
from reports.panels import tables
from scoring.dashboard import RoundView, overview
from scoring.models import PanelRegion
from scoring.panels.comparable import Comparable, compare
from scoring.panels.store import panel_of
from scoring.shape import definition_of, levels_of


@dataclass(frozen=True)
class Seen:
    """``state``: ready, no_earlier, not_comparable, computing, nobody."""

    opened: Opened
    earlier: Round | None
    choices: list[Option]
    state: str
    reason: str  # why all or some is not comparable
    dashboard: Dashboard


def look(user: User, number: int, code: str, chosen: str) -> Seen:
    """A round beside the earlier one named ``chosen`` (the nearest when empty)."""
    opened = open_region(user, number, code)
    candidates = earlier_rounds(user, opened)
    earlier = _choose(candidates, opened.round, chosen)
    options = [
        Option(str(one.pk), f"{one.year} · {one.title}", one == earlier) for one in candidates
    ]
    if earlier is None:
        return Seen(opened, None, options, "no_earlier", "", _dashboard(opened, None, [], None))
    verdict = compare(earlier, opened.round)
    if verdict.nothing:
        empty = _dashboard(opened, earlier, [], None)
        return Seen(opened, earlier, options, "not_comparable", verdict.reason, empty)
    found = panel_of(earlier, opened.round, opened.region.code)
    state = "ready" if found and found.data["matched"] else "nobody" if found else "computing"
    made = _tables(opened, found, verdict) if found else []
    return Seen(
        opened, earlier, options, state, verdict.reason, _dashboard(opened, earlier, made, found)
    )


def earlier_rounds(user: User, opened: Opened) -> list[Round]:
    """Rounds of before that cover the region shown, the nearest first."""
    rows = Round.objects.visible_to(user).select_related("region", "instrument_version")
    rows = rows.covering(opened.region).filter(year__lte=opened.round.year)
    own = (opened.round.year, opened.round.opens_on, opened.round.pk)
    before = [one for one in rows if (one.year, one.opens_on, one.pk) < own]
    return sorted(before, key=lambda one: (one.year, one.opens_on, one.pk), reverse=True)


def _choose(candidates: list[Round], later: Round, chosen: str) -> Round | None:
    """The round asked for; without one the nearest of the same questionnaire, or the nearest."""
    if chosen:
        found = next((one for one in candidates if str(one.pk) == chosen), None)
        if found is None:
            raise Http404
        return found
    own = later.instrument_version.instrument_id
    same = [one for one in candidates if one.instrument_version.instrument_id == own]
    return next(iter(same or candidates), None)


def _tables(opened: Opened, found: PanelRegion, verdict: Comparable) -> list[Table]:
    from reports.views.dashboards import measured

    view = measured(opened.round, overview(opened.round, opened.region))
    measures = _measures(view, verdict)
    entries = found.data["measures"]
    made = [
        tables.who(found.data),
        tables.change(measures, entries),
        tables.composition(measures, entries),
    ]
    ranks = levels_of(definition_of(opened.round.instrument_version))
    if verdict.scores and ranks:
        made[2:2] = tables.moves(found.data, ranks)
    return made


def _measures(view: RoundView, verdict: Comparable) -> list:  # type: ignore[type-arg]
    scores = [view.total, *view.nodes] if verdict.scores else []
    return [*scores, *view.indicators]


def _dashboard(
    opened: Opened, earlier: Round | None, made: list[Table], found: PanelRegion | None
) -> Dashboard:
    region = localized(opened.region.name)
    named = {"region": region, "round": opened.round.title}
    return Dashboard(
        title=_("%(region)s: %(round)s beside an earlier round") % named,
        round_title=opened.round.title,
        year=opened.round.year,
        region_name=region,
        filters=[
            (_("Region"), region),
            (_("Earlier round"), earlier.title if earlier else "–"),
        ],
        tables=made,
        symbols=words.legend(_minimum()),
        definitions=definitions(),
        sources=[],
        synthetic=opened.round.synthetic or bool(found and found.data.get("synthetic")),
        computed_at=found.computed_at if found else None,
    )


def _minimum() -> int:
    from django.conf import settings

    return settings.MINIMUM_CELL


def definitions() -> list[tuple[str, str]]:
    return [
        (
            _("In both rounds"),
            _("enterprises in the region with a result in each of the two rounds"),
        ),
        (
            _("Interval (95 %)"),
            _("of the mean change, by Student's t on the differences; it says nothing of others"),
        ),
        (
            _("Through those who came"),
            _("share of those new, times how far their mean lies above that of the others"),
        ),
        (
            _("Through those who left"),
            _("share of those who left, times how far their mean lay below that of the others"),
        ),
    ]
