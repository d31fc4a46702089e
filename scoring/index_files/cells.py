"""What stands in the cells of a sheet: which row is which unit, and numbers."""

from __future__ import annotations

import difflib
import math
import re

import numpy as np
from django.utils.translation import gettext as _

from scoring.index.arrays import Floats
from scoring.index_files.csv_rows import Sheet

NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
SHOWN = 20  # problems of one kind in one file; the rest is counted

Key = tuple[str, str]  # unit and time, the time empty without one


def has_columns(sheet: Sheet, wanted: list[str | None]) -> bool:
    """Whether all columns are there; complains of each that is not."""
    missing = [name for name in dict.fromkeys(wanted) if name and name not in sheet.header]
    for name in missing:
        near = difflib.get_close_matches(name, sheet.header, 1)
        expected = _("a column “%(name)s”") % {"name": name}
        fix = (
            _("rename the column “%(key)s”, or name it in the spec") % {"key": near[0]}
            if near
            else _("add the column, or take what names it out of the spec")
        )
        sheet.complain(1, "missing-column", expected, fix, name)
    return not missing


def keys_of(sheet: Sheet, unit: str, time: str | None) -> list[Key]:
    """Unit and time of each row; complains of empty ones and of rows that repeat."""
    units = [cell.strip() for cell in sheet.column(unit)]
    times = [cell.strip() for cell in sheet.column(time)] if time else [""] * len(units)
    seen: dict[Key, int] = {}
    for key, line in zip(zip(units, times, strict=True), sheet.lines, strict=True):
        if not key[0] or (time and not key[1]):
            name = time if key[0] and time else unit
            expected = _("a value in the column “%(name)s”") % {"name": name}
            sheet.complain(line, "empty-cell", expected, _("fill it in or remove the row"))
        elif key in seen:
            expected = _(
                "each unit once (once a year with a time column); line %(line)d has it too"
            )
            fix = _("remove one of the rows")
            sheet.complain(line, "duplicate-unit", expected % {"line": seen[key]}, fix, key[0])
        seen.setdefault(key, line)
    return list(zip(units, times, strict=True))


class Numbers:
    """Reads columns of numbers; keeps the first faults and counts the rest."""

    def __init__(self, sheet: Sheet, missing: tuple[str, ...], keys: list[Key]) -> None:
        self.sheet, self.missing, self.keys = sheet, missing, keys
        self.faults = 0
        self.done: dict[str, Floats] = {}

    def column(self, name: str) -> Floats:
        if name not in self.done:
            cells = self.sheet.column(name)
            self.done[name] = np.array([self._number(name, i, c) for i, c in enumerate(cells)])
        return self.done[name]

    def _number(self, name: str, row: int, cell: str) -> float:
        text = cell.strip()
        if text in self.missing:
            return math.nan
        if NUMBER.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        self.faults += 1
        if self.faults <= SHOWN:
            self._complain(name, row, text)
        return math.nan

    def _complain(self, name: str, row: int, text: str) -> None:
        expected = _("a number in the column “%(name)s” of unit “%(unit)s”; not “%(text)s”")
        values = {"name": name, "unit": self.keys[row][0], "text": text[:40]}
        fix = _("write digits and a decimal point only; name words for missing under “missing:”")
        self.sheet.complain(self.sheet.lines[row], "number", expected % values, fix, name)

    def finish(self) -> None:
        if self.faults > SHOWN:
            more = _("numbers; %(count)d more cells hold none") % {"count": self.faults - SHOWN}
            self.sheet.complain(self.sheet.lines[-1], "number", more, _("correct them too"))
