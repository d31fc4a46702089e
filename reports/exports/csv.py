"""A dashboard's tables as CSV that spreadsheets open without garbling Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.dashboards.model import Dashboard, Table
from reports.exports.cells import plain, safe

BOM = "\ufeff"


def write(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue()


def one_table(table: Table) -> str:
    """One table exactly as on the screen: its columns, its rows, the code first."""
    head = [_("Code"), *(column.heading for column in table.columns)]
    body = [[safe(row.key), *(plain(cell) for cell in row.cells)] for row in table.rows]
    return write([[safe(each) for each in head], *body])


def all_tables(dashboard: Dashboard) -> str:
    """Every cell of every table as one row, after rows that say what was chosen."""
    head = [_("Table"), _("Code"), _("Row"), _("Column"), _("Unit"), _("Value")]
    return write([head, *_about(dashboard), *_cells(dashboard.tables)])


def _about(dashboard: Dashboard) -> list[list[str]]:
    chosen = [[_("Filter"), "", "", safe(name), "", safe(v)] for name, v in dashboard.filters]
    symbols = [[_("Symbol"), "", "", symbol, "", text] for symbol, text in dashboard.symbols]
    return chosen + symbols


def _cells(tables: list[Table]) -> list[list[str]]:
    return [
        [table.title, safe(row.key), plain(row.cells[0]), column.title, column.unit, plain(cell)]
        for table in tables
        for row in table.rows
        for column, cell in list(zip(table.columns, row.cells, strict=True))[1:]
    ]
