"""The tables of the page of estimates, from a round's view and what was estimated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.texts import localized
from reports.dashboards import cells
from reports.dashboards.model import Cell, Column, Row, Table
from reports.dashboards.units import column_unit
from reports.estimates import words
from scoring.dashboard import Measure, RoundView
from scoring.estimates.precision import MEAN, SHARE, TOTAL
from scoring.models import Population
from scoring.numbers import Stats

Entries = Mapping[str, Mapping[str, Any]]
Counted = tuple[str, str, int, int]  # code, name, invited, scored


def response(view: RoundView, population: Sequence[Population]) -> Table:
    """Who was asked, who answered, and of how many: all, by section, by size."""
    counts = view.counts
    rows = [_response_row(("all", _("All"), counts.invited, counts.scored), _sum(population))]
    for cell in view.by_industry:
        known = _of_section(population, cell.code)
        name = localized(cell.name)
        rows.append(
            _response_row((cell.code, name, cell.counts.invited, cell.counts.scored), known, 1)
        )
    for cell in view.by_size:
        known = _of_size(population, cell.code)
        name = localized(cell.name)
        rows.append(
            _response_row((cell.code, name, cell.counts.invited, cell.counts.scored), known, 1)
        )
    columns = [
        Column("group", _("Group"), is_number=False),
        Column("invited", _("Invited")),
        Column("scored", _("Respondents")),
        Column("rate", _("Respondents of the invited"), "%"),
        Column("population", _("Enterprises there are")),
        Column("coverage", _("Respondents of all enterprises"), "%"),
    ]
    note = _("Whoever was not asked, or did not answer, may differ from those who did.")
    return Table("response", _("Who answered"), columns, rows, note)


def _response_row(counted: Counted, population: int | None, depth: int = 0) -> Row:
    code, name, invited, scored = counted
    unknown = Cell(None, words.UNKNOWN)
    known = [unknown, unknown]
    if population is not None:
        known = [cells.count(population), cells.share(scored, population)]
    line = [cells.words(name), cells.count(invited), cells.count(scored)]
    return Row(code, [*line, cells.share(scored, invited), *known], depth=depth)


def _sum(rows: Iterable[Population]) -> int | None:
    found = [row.enterprises for row in rows]
    return sum(found) if found else None


def _of_section(rows: Sequence[Population], section: str) -> int | None:
    return _sum(row for row in rows if row.industry[:1] == section)


def _of_size(rows: Sequence[Population], size: str) -> int | None:
    """Unknown where any row stands for all sizes."""
    if any(not row.size for row in rows):
        return None
    return _sum(row for row in rows if row.size == size)


def estimates(key: str, title: str, measures: Sequence[Measure], entries: Entries | None) -> Table:
    """One row a measure: what respondents say, and what is estimated from it."""
    columns = [
        Column("measure", _("What is measured"), is_number=False),
        Column("unit", _("Unit"), is_number=False),
        *_estimate_columns(),
    ]
    rows = [_measure_row(measure, entries) for measure in measures]
    return Table(key, title, columns, rows)


def levels(view: RoundView, entries: Entries | None) -> Table:
    """The share of enterprises at or above each level."""
    columns = [Column("level", _("Level reached, or a higher one"), is_number=False)]
    columns += _estimate_columns("%")
    rows = []
    reached = Decimal(0)
    for level in reversed(view.levels or []):
        reached += level.share
        if level.rank:
            entry = _entry(entries, f"level:{level.rank}")
            own = cells.measured(min(reached, Decimal(100)))
            line = [cells.words(localized(level.name)), *_estimate_cells(entry, own, 1)]
            rows.append(Row(f"level-{level.rank}", line, withheld=_held(entry)))
    note = _("Percent of the enterprises.")
    return Table("levels", _("Levels"), columns, rows[::-1], note)


def _estimate_columns(unit: str = "") -> list[Column]:
    return [
        Column("n", _("Number (n)")),
        Column("plain", _("Respondents only"), unit),
        Column("estimate", _("Estimate"), unit),
        Column("low", _("Interval (95 %) from"), unit),
        Column("high", _("Interval (95 %) to"), unit),
        Column("design_effect", _("Design effect")),
        Column("effective_n", _("Effective number")),
        Column("remark", _("Remark"), is_number=False),
    ]


def _measure_row(measure: Measure, entries: Entries | None) -> Row:
    name = measure.code if measure.kind == "total" else f"{measure.kind}:{measure.code}"
    entry = _entry(entries, name)
    kind = str(entry["kind"]) if entry else MEAN
    places = 0 if kind == TOTAL else 1
    unit = "%" if kind == SHARE else column_unit(measure)
    title = localized(measure.title)
    if kind == SHARE:
        title = _("%(measure)s: share of enterprises") % {"measure": title}
    if kind == TOTAL:
        title = _("%(measure)s: total") % {"measure": title}
    own = words.gap("small") if measure.withheld else _plain(measure.stats, kind, places)
    line = [cells.words(title), cells.words(unit), *_estimate_cells(entry, own, places)]
    if entry is None and measure.stats is not None and not measure.withheld:
        line[2] = cells.count(measure.stats.n)
    held = measure.withheld or _held(entry)
    return Row(measure.code, line, depth=max(0, measure.depth - 1), withheld=held)


def _plain(stats: Stats | None, kind: str, places: int) -> Cell:
    """What the respondents themselves come to."""
    if stats is None:
        return Cell(None, words.UNKNOWN)
    value: Decimal | None = {SHARE: stats.share, TOTAL: stats.mean * stats.n}.get(kind, stats.mean)
    return cells.measured(value, places)


def _entry(entries: Entries | None, name: str) -> Mapping[str, Any] | None:
    return entries.get(name) if entries is not None else None


def _held(entry: Mapping[str, Any] | None) -> bool:
    return bool(entry and entry.get("withheld") in ("small", "wide", "strata"))


def _estimate_cells(entry: Mapping[str, Any] | None, own: Cell, places: int) -> list[Cell]:
    """n, the respondents' value, estimate, interval, design effect, effective n, remark."""
    if entry is None:
        unknown = Cell(None, words.UNKNOWN)
        return [unknown, own, *[unknown] * 5, cells.words("")]
    n, why = cells.count(int(entry["n"])), str(entry.get("withheld", ""))
    if why:
        said = words.remark(why, str(entry["kind"]), int(entry["n"]))
        return [n, own, *[words.gap(why)] * 5, cells.words(said)]
    numbers = [_number(entry[name], places) for name in ("value", "low", "high")]
    weights = [_number(entry["design_effect"], 2), _number(entry["effective_n"], 0)]
    return [n, own, *numbers, *weights, cells.words("")]


def _number(value: float, places: int) -> Cell:
    return Cell(Decimal(repr(value)), places=places)


def strata(found: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Table:
    """How the population was cut for the total: who stands for how many."""
    columns = [
        Column("stratum", _("Stratum"), is_number=False),
        Column("population", _("Enterprises there are")),
        Column("n", _("Respondents")),
        Column("weight", _("One respondent stands for")),
    ]
    rows = [_stratum_row(number, one, names) for number, one in enumerate(found, start=1)]
    note = _(
        "Classes with too few respondents are joined: first size classes of one industry, then "
        "divisions of one section, then sections."
    )
    return Table("strata", _("Strata of the total"), columns, rows, note)


def _stratum_row(number: int, one: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    population, n = int(one["population"]), int(one["n"])
    weight = _number(population / n, 1) if n else Cell(None, "z")
    label = _label(one["cells"], names)
    return Row(f"S{number}", [cells.words(label), cells.count(population), cells.count(n), weight])


def _label(found: Sequence[Sequence[str]], names: Mapping[str, str]) -> str:
    """``C36 small, medium; C38`` in the reader's words."""
    by_industry: dict[str, list[str]] = {}
    for industry, size in found:
        by_industry.setdefault(industry, []).append(size)
    parts = []
    for industry, sizes in by_industry.items():
        said = [names[size] for size in sizes if size]
        name = f"{industry} {names.get(industry, '')}".strip() or _("All industries")
        parts.append(f"{name} ({' + '.join(said)})" if said else name)
    return " · ".join(parts)
