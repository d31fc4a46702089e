"""A CSV file as rows with their line numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from questionnaires.catalogue.problems import Problem

MAX_BYTES = 200 * 1024 * 1024


@dataclass
class Sheet:
    """``rows`` are cells as texts, as many as ``header``; ``lines`` the line each row ends on."""

    file: str
    raw: bytes = b""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    usable: bool = False  # columns can be told apart; single rows may still be at fault

    def complain(self, line: int, rule: str, expected: str, fix: str, code: str = "") -> None:
        self.problems.append(Problem(self.file, line, code, rule, expected, fix))

    def column(self, name: str) -> list[str]:
        place = self.header.index(name)
        return [row[place] for row in self.rows]


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file; what is wrong with it as a file is in the sheet's ``problems``."""
    sheet = Sheet(str(path))
    try:
        large = path.stat().st_size > MAX_BYTES
        sheet.raw = b"" if large else path.read_bytes()
    except OSError as error:
        expected = _("a readable file (%(said)s)") % {"said": error.strerror}
        sheet.complain(1, "unreadable", expected, _("check the path and its permissions"))
        return sheet
    if large:
        expected = _("at most %(limit)d MB") % {"limit": MAX_BYTES // 1024**2}
        sheet.complain(1, "too-large", expected, _("split it into several files"))
        return sheet
    try:
        text = sheet.raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = sheet.raw.count(b"\n", 0, error.start) + 1
        sheet.complain(line, "encoding", _("UTF-8 text"), _("save the file as UTF-8"))
        return sheet
    _parse(sheet, text)
    return sheet


def _parse(sheet: Sheet, text: str) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not sheet.header:
                sheet.header = [cell.strip() for cell in cells]
            elif _as_long(sheet, cells, reader.line_num):
                sheet.rows.append(cells)
                sheet.lines.append(reader.line_num)
    except csv.Error as error:
        expected = _("comma-separated values (the reader says: %(said)s)") % {"said": error}
        sheet.complain(reader.line_num, "csv", expected, _("check quotes on this line"))
    _check_header(sheet)


def _as_long(sheet: Sheet, cells: list[str], line: int) -> bool:
    if len(cells) == len(sheet.header):
        return True
    expected = _("%(wanted)d cells as in the first line; here are %(found)d")
    values = {"wanted": len(sheet.header), "found": len(cells)}
    sheet.complain(line, "cells", expected % values, _("check commas and quotes on this line"))
    return False


def _check_header(sheet: Sheet) -> None:
    sheet.usable = len(set(sheet.header)) == len(sheet.header) > 0
    if not sheet.header and not sheet.problems:
        sheet.complain(1, "empty", _("a first line of column names"), _("write its content"))
    for name in dict.fromkeys(sheet.header):
        if sheet.header.count(name) > 1:
            expected = _("each column name once; “%(name)s” stands there twice") % {"name": name}
            sheet.complain(1, "duplicate-column", expected, _("rename or remove one"))
