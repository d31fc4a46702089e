"""Puts a dashboard together from a round's view."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessment.models import Round
from questionnaires.texts import localized
from reports.dashboards import figures, symbols, tables
from reports.dashboards.model import Dashboard, Table
from scoring.dashboard import RoundView


def build(round: Round, view: RoundView, filters: list[tuple[str, str]]) -> Dashboard:
    """``filters`` are (name, value) pairs in words, as the reader chose them."""
    made = list(_tables(view))
    counted = localized(view.counted) if view.counted else ""
    return Dashboard(
        title=_("Dashboard of %(round)s") % {"round": round.title},
        round_title=round.title,
        year=round.year,
        region_name=localized(view.region_name),
        filters=[*filters, (_("Counted"), counted)] if counted else filters,
        tables=made,
        symbols=symbols.legend(view.minimum),
        definitions=definitions(),
        sources=_sources(made),
        synthetic=view.synthetic,
        computed_at=view.computed_at,
        counted=counted,
    )


def _tables(view: RoundView) -> Iterable[Table]:
    yield tables.participation(view)
    yield tables.levels(view)
    yield tables.dimensions(view)
    yield tables.groups("by_region", _("By region"), _("Region"), view, view.by_region)
    yield tables.groups("by_industry", _("By industry"), _("Industry"), view, view.by_industry)
    yield tables.groups("by_size", _("By size"), _("Size class"), view, view.by_size)
    yield tables.indicators(view)
    yield figures.targets(view)
    if view.profile is not None:
        yield figures.profile(view.profile)


def definitions() -> list[tuple[str, str]]:
    """What the statistics mean, for the page's foot and the first sheet of a workbook."""
    return [
        (_("Invited"), _("enterprises asked to take part")),
        (_("Started"), _("enterprises with at least a draft")),
        (_("Submitted"), _("enterprises whose answers are locked")),
        (_("Scored"), _("submissions with a result")),
        (_("Number (n)"), _("enterprises that gave a value; the mean and quartiles are of these")),
        (
            _("Quartiles"),
            _("a quarter, half and three quarters of the values lie at or below them"),
        ),
        (_("Gap"), _("own value minus published value, in the unit; percent in percentage points")),
        (_("Observed"), _("a measured value, shown for reference and never as a target")),
        (_("Basis"), _("self-assessments, not a sample survey; no inference beyond them is made")),
    ]


def _sources(made: list[Table]) -> list[str]:
    """Every source the tables name, once, in order."""
    found: dict[str, None] = {}
    for table in made:
        keys = [column.key for column in table.columns]
        if "source" in keys:
            at = keys.index("source")
            found.update(dict.fromkeys(row.cells[at].text for row in table.rows))
    return [source for source in found if source]
