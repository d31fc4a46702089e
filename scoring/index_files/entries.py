"""Indicators and nodes of a spec: written in it, in a metadata table, or in both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.catalogue.documents import Document
from scoring.index_files.csv_rows import Sheet, read_sheet
from scoring.index_files.forms import Form

COMMON = ("code", "name", "parent", "weight")
NODE_KEYS = COMMON
INDICATOR_KEYS = (*COMMON, "column", "unit", "direction", "denominator", "scale", "target",
                  "goalposts", "breaks")  # fmt: skip
COLUMNS = {
    "code": "iCode", "name": "iName", "parent": "Parent", "type": "Type", "weight": "Weight",
    "direction": "Direction", "denominator": "Denominator", "scale": "ScaleFactor",
    "target": "Target", "lower": "goalpost_lower", "upper": "goalpost_upper", "unit": "Unit",
}  # fmt: skip
NUMBERS = {"weight", "direction", "scale", "target", "lower", "upper"}
KINDS = {"indicator": "indicator", "aggregate": "node", "node": "node"}


@dataclass
class Entry:
    """One indicator or node. ``forms`` are where it is written; the first that has a key wins."""

    code: str
    forms: list[Form]

    def form(self, key: str) -> Form:
        """The form that holds ``key``, or the first one."""
        return next((form for form in self.forms if key in form), self.forms[0])


@dataclass
class Entries:
    indicators: dict[str, Entry]
    nodes: dict[str, Entry]
    sheet: Sheet | None = None


def read_entries(spec: Form, folder: Path) -> Entries:
    """All indicators and nodes, those of the metadata table first. Problems go to the spec."""
    found = Entries({}, {})
    metadata = spec.setting("metadata", "file")
    if metadata is not None:
        _from_table(metadata.only("file", "columns"), folder, found)
    for form in spec.forms("indicators"):
        _add(form.only(*INDICATOR_KEYS), found.indicators, found.nodes)
    for form in spec.forms("nodes"):
        _add(form.only(*NODE_KEYS), found.nodes, found.indicators)
    return found


def _add(form: Form, entries: dict[str, Entry], others: dict[str, Entry]) -> None:
    code = form.code = form.required("code")
    if not code:
        return
    earlier = entries.get(code) or others.get(code)
    if earlier is None:
        entries[code] = Entry(code, [form])
    elif code in entries and earlier.forms[0].document is not form.document:
        earlier.forms.insert(0, form)  # the spec overrules its metadata table
    else:
        first = earlier.forms[0]
        expected = _("each code once; “%(code)s” also stands in %(file)s, line %(line)d")
        values = {"code": code, "file": first.document.file, "line": first.line()}
        form.complain("code", "duplicate-code", expected % values, _("rename or remove one"))


def _from_table(metadata: Form, folder: Path, found: Entries) -> None:
    name = metadata.required("file")
    if not name:
        return
    sheet = found.sheet = read_sheet(folder / name)
    document = Document(sheet.file, problems=metadata.document.problems)
    columns = _columns(metadata, sheet)
    document.problems.extend(sheet.problems)
    parents = set(sheet.column(columns["parent"])) if "parent" in columns else set()
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        cells = {key: row[sheet.header.index(column)].strip() for key, column in columns.items()}
        kind = _kind(cells, parents)
        if kind and cells.get("code"):
            place = ("rows", line)
            document.lines[place] = line
            form = Form(document, place, _values(cells), cells["code"])
            indicator = kind == "indicator"
            pair = (found.indicators, found.nodes) if indicator else (found.nodes, found.indicators)
            _add(form, *pair)


def _columns(metadata: Form, sheet: Sheet) -> dict[str, str]:
    """Which columns of the table hold what; the names COINr uses unless the spec says others."""
    if not sheet.usable:
        return {}
    given = metadata.form("columns")
    named = {} if given is None else {key: given.text(key) for key in given.only(*COLUMNS).data}
    result = {}
    for key, usual in COLUMNS.items():
        column = named.get(key) or usual
        if column in sheet.header:
            result[key] = column
        elif key in named or key in ("code", "parent"):
            expected = _("a column “%(column)s” in %(file)s")
            values = {"column": column, "file": sheet.file}
            fix = _("name the column that holds it under “columns:”, key “%(key)s”") % {"key": key}
            metadata.complain("columns", "missing-column", expected % values, fix)
    return result if "code" in result and "parent" in result else {}


def _kind(cells: dict[str, str], parents: set[str]) -> str | None:
    """``indicator``, ``node``, or None for rows of other types (groups, denominators)."""
    if cells.get("type"):
        return KINDS.get(cells["type"].lower())
    return "node" if cells.get("code") in parents else "indicator"


def _values(cells: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        key: _number(cell) if key in NUMBERS else cell
        for key, cell in cells.items()
        if cell not in ("", "NA")
    }
    posts = [values.pop(key, None) for key in ("lower", "upper")]
    return values if posts == [None, None] else {**values, "goalposts": posts}


def _number(cell: str) -> Any:
    try:
        return Decimal(cell)
    except InvalidOperation:
        return cell
