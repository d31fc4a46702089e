"""The tables of a dashboard that count and distribute, from a round's view."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from questionnaires.texts import localized
from reports.charts.rows import Marks, group_marks
from reports.dashboards import cells, symbols
from reports.dashboards.model import WITHHELD, Cell, Column, Row, Table
from reports.dashboards.units import column_unit
from scoring.dashboard import Cell as ViewCell
from scoring.dashboard import Measure, RoundView
from scoring.words import sentence


def distribution_columns(unit: str = "") -> list[Column]:
    """``cells.statistics`` fills them."""
    return [
        Column("n", _("Number (n)")),
        Column("mean", _("Mean"), unit),
        Column("q1", _("First quartile"), unit),
        Column("median", _("Median"), unit),
        Column("q3", _("Third quartile"), unit),
    ]


def participation(view: RoundView) -> Table:
    counts = view.counts
    steps = [
        ("invited", _("Invited"), counts.invited),
        ("started", _("Started"), counts.started),
        ("submitted", _("Submitted"), counts.submitted),
        ("scored", _("Verified and scored") if view.counted else _("Scored"), counts.scored),
    ]
    rows = [
        Row(key, [cells.words(title), cells.count(n), cells.share(n, counts.invited)])
        for key, title, n in steps
    ]
    columns = [
        Column("step", _("Step"), is_number=False),
        Column("enterprises", _("Number of enterprises")),
        Column("rate", _("Share of the invited"), "%"),
    ]
    return Table("participation", _("Taking part"), columns, rows)


def levels(view: RoundView) -> Table:
    columns = [
        Column("level", _("Level"), is_number=False),
        Column("enterprises", _("Number of enterprises")),
        Column("share", _("Share of the scored"), "%"),
    ]
    return Table("levels", _("Levels reached"), columns, _level_rows(view), _level_reason(view))


def _level_rows(view: RoundView) -> list[Row]:
    if view.levels is None:
        withheld = view.withheld or view.levels_withheld
        gap = Cell(None, WITHHELD if withheld else "x")
        return [Row("all", [cells.words(_("All levels")), gap, gap], withheld=withheld)]
    return [
        Row(
            str(level.rank),
            [cells.words(localized(level.name)), cells.count(level.n), Cell(level.share, places=1)],
            bar=bar_width(level.share, Decimal(100)),
        )
        for level in view.levels
    ]


def _level_reason(view: RoundView) -> str:
    """Levels can be withheld where the rest is shown: nearly all reached the same."""
    return localized(sentence("cell_complementary")) if view.levels_withheld else _reason(view)


def _reason(view: RoundView) -> str:
    return localized(view.reason) if view.withheld else ""


def bar_width(value: Decimal | None, top: Decimal | None) -> str | None:
    if value is None or not top:
        return None
    return f"{min(max(value * 100 / top, Decimal(0)), Decimal(100)):.2f}%"


def measures(key: str, title: str, found: list[Measure], note: str = "") -> Table:
    """One row a measure; the unit stands in a column because it differs by row."""
    columns = [
        Column("measure", _("What is measured"), is_number=False),
        Column("unit", _("Unit"), is_number=False),
        *distribution_columns(),
    ]
    return Table(key, title, columns, [_measure_row(each) for each in found], note)


def _measure_row(measure: Measure) -> Row:
    unit = column_unit(measure)
    return Row(
        measure.code,
        [
            cells.words(localized(measure.title)),
            cells.words(unit),
            *cells.statistics(measure.stats, measure.withheld, measure.is_share),
        ],
        depth=max(0, measure.depth - 1),
        withheld=measure.withheld,
        marks=_marks(measure),
    )


def _marks(measure: Measure) -> Marks | None:
    """Only what has a scale can be drawn: shares, and the total of its maximum."""
    if measure.withheld or measure.is_share:
        return None
    if measure.kind == "total":
        return group_marks(measure.stats, measure.max or Decimal(0))
    is_share = measure.kind == "node" or measure.unit in {"%", "％"}
    below_zero = measure.stats is not None and measure.stats.q1 < 0
    return group_marks(measure.stats) if is_share and not below_zero else None


def dimensions(view: RoundView) -> Table:
    return measures(
        "dimensions",
        _("Total and dimensions"),
        [view.total, *view.nodes],
        _("The total is in points; dimensions are in percent of their maximum."),
    )


def indicators(view: RoundView) -> Table:
    note = _("Means over the enterprises that gave a value; each counts the same.")
    return measures("indicators", _("Indicators"), view.indicators, note)


def groups(key: str, title: str, heading: str, view: RoundView, found: list[ViewCell]) -> Table:
    """One row a region, industry or size class, for the chosen measure."""
    unit = column_unit(view.measure)
    columns = [
        Column("name", heading, is_number=False),
        Column("invited", _("Invited")),
        Column("started", _("Started")),
        Column("submitted", _("Submitted")),
        Column("rate", _("Submitted of the invited"), "%"),
        *distribution_columns(unit),
        Column("remark", _("Remark"), is_number=False),
    ]
    scale = _scale(view.measure, found)
    rows = [_group_row(view, cell, scale) for cell in found]
    return Table(key, title, columns, rows, localized(view.measure.title))


def _scale(measure: Measure, found: list[ViewCell]) -> Decimal | None:
    """The right end of the bars: the measure's maximum, or the largest value shown."""
    if measure.unit in {"%", "％"}:
        return Decimal(100)
    if measure.max is not None:
        return measure.max
    shown = [cell.stats.mean for cell in found if cell.stats and not cell.withheld]
    return max(shown, default=None)


def _group_row(view: RoundView, cell: ViewCell, scale: Decimal | None) -> Row:
    counts = cell.counts
    stats = None if cell.withheld else cell.stats
    return Row(
        cell.code,
        [
            cells.words(localized(cell.name)),
            cells.count(counts.invited),
            cells.count(counts.started),
            cells.count(counts.submitted),
            cells.share(counts.submitted, counts.invited),
            *cells.statistics(stats, cell.withheld, view.measure.is_share),
            cells.words(_remark(view, cell)),
        ],
        withheld=cell.withheld,
        bar=bar_width(stats.mean if stats else None, scale),
    )


def _remark(view: RoundView, cell: ViewCell) -> str:
    if cell.reason:
        return localized(cell.reason)
    return symbols.meaning(WITHHELD, view.minimum) if cell.withheld else ""
