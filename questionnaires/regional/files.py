"""The regional table as CSV and JSON: numbers as published, gaps empty, reasons beside them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.catalogue.export import exact, harmless
from questionnaires.models import Figure
from questionnaires.regional.provinces import NOT_COVERED
from questionnaires.regional.table import Cell, Column, Table, marks
from questionnaires.texts import localized


def heading(column: Column) -> str:
    """Name, form, period and unit of a column in one line."""
    parts = [localized(column.indicator.name), form_words(column), column.period, column.sector]
    name = pgettext("between the items of a list", ", ").join(part for part in parts if part)
    unit = column.unit_label
    return _("%(name)s (%(unit)s)") % {"name": name, "unit": unit} if unit else name


def form_words(column: Column) -> str:
    """Growth, change or count; empty for a level."""
    if column.form == Figure.Form.CHANGE:
        return _("change against %(year)s") % {"year": column.base_year}
    return "" if column.form == Figure.Form.LEVEL else str(Figure.Form(column.form).label)


def as_csv(table: Table) -> str:
    """A line a province: each column's value, and what to know about it in the column after."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [[heading(column), _("Note on %(name)s") % {"name": heading(column)}]
             for column in table.columns]  # fmt: skip
    writer.writerow([_("Code"), _("Area"), *(head for pair in heads for head in pair)])
    for row in table.rows:
        cells = [part for cell in row.cells for part in (_plain(cell), _note(cell))]
        writer.writerow([row.area, *map(harmless, [localized(row.name), *cells])])
    return out.getvalue()


def as_json(table: Table) -> str:
    return json.dumps(as_data(table), ensure_ascii=False, indent=1) + "\n"


def as_data(table: Table) -> dict[str, Any]:
    """The table as plain data; ``published`` is empty for a gap, which ``kept_out`` may explain."""
    return {
        "year": table.year,
        "cells": table.cells,
        "gaps": table.missing,
        "gaps_with_reason": table.kept_out,
        "not_covered": list(NOT_COVERED),
        "columns": [_column(column) for column in table.columns],
        "rows": [
            {
                "area": row.area,
                "name": row.name,
                "values": {
                    column.key: _cell(cell)
                    for column, cell in zip(table.columns, row.cells, strict=True)
                },
            }
            for row in table.rows
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "indicator": column.indicator.code,
        "name": column.indicator.name,
        "form": column.form,
        "unit": column.unit,
        "base_year": column.base_year,
        "period": column.period or None,
        "sector": column.sector,
        "provinces": column.provinces,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "published": [
            {
                "figure": figure.code,
                "value": exact(figure.value),
                "value_high": None if figure.value_high is None else exact(figure.value_high),
                "operator": figure.operator,
                "status": figure.status,
                "source": figure.source.code,
                "locator": figure.locator,
                "caveats": figure.caveats,
            }
            for figure in cell.figures
        ],
        "kept_out": [gap.reason for gap in cell.gaps],
    }


def _plain(cell: Cell) -> str:
    """42.6, >30, 5-7; several values are parted by a slash, none is empty."""
    return " / ".join(_number(figure) for figure in cell.figures)


def _number(figure: Figure) -> str:
    low = exact(figure.value)
    if figure.value_high is not None:
        return f"{low}-{exact(figure.value_high)}"
    return low if figure.operator == "=" else f"{figure.operator}{low}"


def _note(cell: Cell) -> str:
    space = pgettext("between parts of a sentence", "; ")
    if not cell.figures and not cell.gaps:
        return _("no published figure")
    return space.join(" · ".join(part for part in mark if part) for mark in marks(cell))
