"""A dashboard as tables: page, CSV, XLSX and API all write these cells and no others.

A cell is a number, a text, or one of the symbols that say why there is no number. What is withheld
has no value in here at all, so that no output can give it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from reports import numbers
from reports.charts.rows import Marks

WITHHELD, NOT_COLLECTED, NOT_APPLICABLE = "c", "x", "z"


@dataclass(frozen=True)
class Cell:
    """``value`` is None exactly where ``symbol`` says why; ``places`` are the decimals shown."""

    value: Decimal | str | None
    symbol: str = ""
    places: int = 0
    signed: bool = False

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, Decimal)

    @property
    def rounded(self) -> Decimal | None:
        """The number as shown, so that a file agrees with the screen."""
        if not isinstance(self.value, Decimal):
            return None
        return self.value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)

    @property
    def text(self) -> str:
        """As a person reads it."""
        if isinstance(self.value, Decimal):
            write = numbers.signed if self.signed else numbers.number
            return write(self.value, self.places)
        return self.symbol if self.value is None else self.value


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    unit: str = ""
    is_number: bool = True

    @property
    def heading(self) -> str:
        """Title with unit, for files and table heads."""
        from django.utils.translation import pgettext

        if not self.unit:
            return self.title
        return pgettext("column heading", "%(title)s (%(unit)s)") % {
            "title": self.title,
            "unit": self.unit,
        }


@dataclass(frozen=True)
class Row:
    """``key`` is the code of what the row is about; ``bar`` the share of the scale to draw."""

    key: str
    cells: list[Cell]
    depth: int = 0
    withheld: bool = False
    bar: str | None = None  # CSS percentage
    figure: str = ""  # code of the published figure behind the row
    marks: Marks | None = None  # the same distribution as a row of dots


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    columns: list[Column]
    rows: list[Row]
    note: str = ""

    @property
    def symbols(self) -> set[str]:
        """The symbols that stand in this table, which its legend explains."""
        return {cell.symbol for row in self.rows for cell in row.cells if cell.symbol}


@dataclass(frozen=True)
class Dashboard:
    title: str
    round_title: str
    year: int
    region_name: str
    filters: list[tuple[str, str]]
    tables: list[Table]
    symbols: list[tuple[str, str]]
    definitions: list[tuple[str, str]]
    sources: list[str]
    synthetic: bool
    computed_at: datetime | None
    counted: str = ""  # who is counted, where not all submitted are
    extra: dict[str, str] = field(default_factory=dict)

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)
