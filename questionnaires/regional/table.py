"""Provinces by columns, from observed figures of one year: pure, no database.

A column is one indicator in one form, unit, period and sector, so that no column mixes two
definitions. A cell holds every figure published for it, the exact one first. Where there is none
it is empty, and says why if the catalogue knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from questionnaires.models import Figure, Gap, Indicator
from questionnaires.numbers import value_of
from questionnaires.regional.provinces import PROVINCES
from questionnaires.texts import localized

ENOUGH = 5  # provinces that a column shown without being asked for covers at least
Text = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One definition in one form. ``period`` and ``sector`` are empty where they are the usual."""

    key: str
    indicator: Indicator
    form: str
    unit: str
    unit_label: str
    base_year: int | None
    period: str
    sector: str
    provinces: int  # with a value


@dataclass(frozen=True)
class Cell:
    """What is published for a province; without figures a gap, with ``gaps`` saying why."""

    figures: tuple[Figure, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The number a column is sorted by."""
        return self.figures[0].value if self.figures else None

    @property
    def shown(self) -> str:
        return " / ".join(value_of(figure) for figure in self.figures)


@dataclass(frozen=True)
class Row:
    area: str
    name: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """``offered``: every column the year has; ``columns``: those shown."""

    year: int
    columns: tuple[Column, ...]
    offered: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.columns)

    @property
    def missing(self) -> int:
        """Cells without a published value."""
        return sum(not cell.figures for row in self.rows for cell in row.cells)

    @property
    def kept_out(self) -> int:
        """Of these, the cells whose printed value is kept out for a written reason."""
        return sum(bool(not c.figures and c.gaps) for row in self.rows for c in row.cells)

    def column(self, key: str) -> int | None:
        """The place of a column among those shown."""
        return next((n for n, column in enumerate(self.columns) if column.key == key), None)


def usable(figure: Figure, year: int) -> bool:
    """Whether a figure belongs in the table: observed, of a province, of the year, no case."""
    return (
        figure.kind == Figure.Kind.OBSERVED
        and figure.year == year
        and figure.area in PROVINCES
        and not figure.case
    )


def build(
    year: int,
    figures: Iterable[Figure],
    gaps: Iterable[Gap],
    names: Mapping[str, Text],
    indicators: Iterable[str] = (),
) -> Table:
    """The table of ``year``; ``indicators`` are codes, none means those with enough provinces."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if usable(figure, year):
            groups.setdefault(_definition(figure), []).append(figure)
    made = [(_column(rows, year), rows) for rows in groups.values()]
    made.sort(key=lambda pair: (-pair[0].provinces, pair[0].key))
    wanted = set(indicators)
    chosen = [
        (column, rows)
        for column, rows in made
        if (column.indicator.code in wanted if wanted else column.provinces >= ENOUGH)
    ]
    known = [gap for gap in gaps if gap.year == year]
    rows_ = tuple(
        Row(area, names.get(area, {"zh": area, "en": area}), _cells(area, chosen, known))
        for area in PROVINCES
    )
    columns = tuple(column for column, _rows in chosen)
    return Table(year, columns, tuple(column for column, _rows in made), rows_)


def in_order(table: Table, place: int, descending: bool) -> tuple[Row, ...]:
    """Rows by one column; gaps come last either way, equal values by code."""
    having = [row for row in table.rows if row.cells[place].figures]
    without = [row for row in table.rows if not row.cells[place].figures]
    sign = -1 if descending else 1
    having.sort(key=lambda row: (sign * (row.cells[place].value or 0), row.area))
    return (*having, *without)


def _definition(figure: Figure) -> tuple[object, ...]:
    return (
        figure.indicator.code, figure.form, figure.unit, figure.base_year or 0, figure.period,
        figure.sector,
    )  # fmt: skip


def _column(rows: list[Figure], year: int) -> Column:
    one = rows[0]
    period = "" if one.period == str(year) else one.period
    usual = one.form != Figure.Form.LEVEL or one.unit == one.indicator.unit
    parts = [
        one.indicator.code,
        "" if one.form == Figure.Form.LEVEL else one.form,
        str(one.base_year or ""),
        "" if usual else one.unit,
        period,
        one.sector,
    ]
    return Column(
        key=".".join(part for part in parts if part),
        indicator=one.indicator,
        form=one.form,
        unit=one.unit,
        unit_label=one.unit_label,
        base_year=one.base_year,
        period=period,
        sector=one.sector,
        provinces=len({figure.area for figure in rows}),
    )


def _cells(
    area: str, chosen: list[tuple[Column, list[Figure]]], gaps: list[Gap]
) -> tuple[Cell, ...]:
    return tuple(_cell(area, column, rows, gaps) for column, rows in chosen)


def _cell(area: str, column: Column, rows: list[Figure], gaps: list[Gap]) -> Cell:
    mine = sorted(
        (figure for figure in rows if figure.area == area),
        key=lambda figure: (figure.operator != "=", figure.code),
    )
    period = column.period or None
    told = [
        gap
        for gap in gaps
        if (gap.area, gap.indicator.code, gap.form) == (area, column.indicator.code, column.form)
        and gap.period == (period or str(gap.year))
    ]
    return Cell(tuple(mine), tuple(told))


def notes_of(table: Table) -> dict[tuple[str, str, str], int]:
    """Footnotes in reading order: (status or "", source or "", words) → number, in the language."""
    numbers: dict[tuple[str, str, str], int] = {}
    for row in table.rows:
        for cell in row.cells:
            for key in marks(cell):
                numbers.setdefault(key, len(numbers) + 1)
    return numbers


def marks(cell: Cell) -> list[tuple[str, str, str]]:
    """What a reader must know about each figure of the cell, and why a value is kept out."""
    told = [
        (str(f.get_status_display()), localized(f.source.title), localized(f.caveats))
        for f in cell.figures
    ]
    told += [("", localized(gap.source.title), localized(gap.reason)) for gap in cell.gaps]
    return list(dict.fromkeys(told))
