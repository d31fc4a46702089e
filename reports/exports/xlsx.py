"""A dashboard as a workbook: first what was chosen and what the symbols mean, then one table a
sheet with one header row, no merged cells and no unexplained blank."""

from __future__ import annotations

import io
import re

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.dashboards.model import Cell, Dashboard, Table
from reports.exports.cells import safe, value

BOLD, WRAP = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def workbook(dashboard: Dashboard) -> bytes:
    book = Workbook()
    about = book.active or book.create_sheet()
    about.title = _("About")
    _write_about(about, dashboard)
    for table in dashboard.tables:
        _write_table(book.create_sheet(sheet_name(table.title)), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """Without the characters a sheet name may not hold, at most 31."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip("'")


def _write_about(sheet: Worksheet, dashboard: Dashboard) -> None:
    rows = [(_("Subject"), _("Item"), _("Content")), *about_rows(dashboard)]
    for row in rows:
        sheet.append([safe(text) for text in row])
    _dress(sheet, [16, 28, 90])


def about_rows(dashboard: Dashboard) -> list[tuple[str, str, str]]:
    """Title, filters, definitions, symbols, sources and dates, a line each."""
    computed = dashboard.computed_at
    stamp = timezone.localtime(computed).strftime("%Y-%m-%d %H:%M") if computed else "x"
    rows = [
        (_("Title"), "–", dashboard.title),
        (_("Title"), _("Year"), str(dashboard.year)),
        (_("Title"), _("Computed at"), stamp),
        (_("Title"), _("Written on"), timezone.localdate().isoformat()),
    ]
    if dashboard.synthetic:
        rows.append((_("Title"), _("Synthetic data"), synthetic_words()))
    rows += [(_("Filter"), name, chosen) for name, chosen in dashboard.filters]
    rows += [(_("Symbol"), symbol, text) for symbol, text in dashboard.symbols]
    rows += [(_("Definition"), name, text) for name, text in dashboard.definitions]
    rows += [(_("Table"), table.title, table.note or "–") for table in dashboard.tables]
    return rows + [(_("Source"), "–", source) for source in dashboard.sources]


def synthetic_words() -> str:
    return _("The enterprises of this round are made up. Only published figures are real.")


def _write_table(sheet: Worksheet, table: Table) -> None:
    sheet.append([safe(_("Code")), *(safe(column.heading) for column in table.columns)])
    for row in table.rows:
        sheet.append([safe(row.key), *(_file_value(cell) for cell in row.cells)])
        _format_numbers(sheet, sheet.max_row, row.cells)
    _dress(sheet, [14, *(12 if column.is_number else 30 for column in table.columns)])


def _file_value(cell: Cell) -> object:
    found = value(cell)
    return found if found != "" else "–"


def _format_numbers(sheet: Worksheet, number: int, cells: list[Cell]) -> None:
    for index, cell in enumerate(cells, start=2):
        if cell.is_number:
            decimals = "." + "0" * cell.places if cell.places else ""
            sheet.cell(number, index).number_format = "#,##0" + decimals


def _dress(sheet: Worksheet, widths: list[int]) -> None:
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for head in sheet[1]:
        head.font = BOLD
        head.alignment = WRAP
    sheet.freeze_panes = "B2"
