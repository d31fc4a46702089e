"""The public page of provinces beside each other, and the same table as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from questionnaires.areas import area_names
from questionnaires.regional import files
from questionnaires.regional.asked import Asked, read
from questionnaires.regional.provinces import NOT_COVERED, TILES
from questionnaires.regional.reading import stored_table, years
from questionnaires.regional.table import ENOUGH, Cell, Row, Table, in_order, marks, notes_of
from questionnaires.regional.tiles import QUARTERS, tiles
from questionnaires.views.listing import BOM, file_stem

Marks = dict[tuple[str, str, str], int]


def regions(request: HttpRequest) -> HttpResponse:
    """One year's observed values by province; ``format=csv`` or ``json`` gives them as a file."""
    asked = read(request.GET)
    table = stored_table(asked.year, asked.indicators)
    if request.GET.get("format") in ("csv", "json"):
        return _file(table, request.GET["format"])
    return render(request, "questionnaires/region_table.html", _context(asked, table))


def _context(asked: Asked, table: Table) -> dict[str, Any]:
    numbers = notes_of(table)
    names = area_names(TILES)
    drawn = table.column(asked.drawn) or 0
    sort = table.column(asked.sort)
    rows = table.rows if sort is None else in_order(table, sort, asked.descending)
    return {
        "part": "regions",
        "table": table,
        "years": years(),
        "enough": ENOUGH,
        "heads": [
            {"column": column, "form": files.form_words(column)} for column in table.columns
        ],
        "rows": [_told(row, numbers) for row in rows],
        "notes": [{"number": n, "status": s, "source": o, "words": w}
                  for (s, o, w), n in numbers.items()],
        "offered": _offered(table, asked),
        "asked": asked,
        "sort": sort,
        "tiles": tiles(table, drawn, names) if table.columns else [],
        "drawn": table.columns[drawn] if table.columns else None,
        "drawn_heading": files.heading(table.columns[drawn]) if table.columns else "",
        "shades": range(1, QUARTERS + 1),
        "not_covered": [names[code] for code in NOT_COVERED],
    }  # fmt: skip


def _told(row: Row, numbers: Marks) -> dict[str, Any]:
    cells = [{"cell": cell, "figures": _figures(cell, numbers),
              "kept_out": _kept_out(cell, numbers)} for cell in row.cells]  # fmt: skip
    return {"row": row, "cells": cells}


def _figures(cell: Cell, numbers: Marks) -> list[dict[str, Any]]:
    alone = [Cell((figure,)) for figure in cell.figures]
    return [
        {"figure": one.figures[0], "shown": one.shown, "note": numbers[marks(one)[0]]}
        for one in alone
    ]


def _kept_out(cell: Cell, numbers: Marks) -> list[int]:
    return [numbers[mark] for mark in marks(Cell(gaps=cell.gaps))]


def _offered(table: Table, asked: Asked) -> list[dict[str, Any]]:
    """Indicators of the year to choose from, those of most provinces first."""
    shown = {column.indicator.code for column in table.columns}
    best: dict[str, dict[str, Any]] = {}
    for column in table.offered:
        one = best.setdefault(
            column.indicator.code,
            {"indicator": column.indicator, "provinces": 0, "shown": False},
        )
        one["provinces"] = max(one["provinces"], column.provinces)
        one["shown"] = column.indicator.code in shown
    return list(best.values())


def _file(table: Table, form: str) -> HttpResponse:
    if form == "json":
        body, content_type = files.as_json(table), "application/json; charset=utf-8"
    else:
        body, content_type = BOM + files.as_csv(table), "text/csv; charset=utf-8"
    response = HttpResponse(body, content_type=content_type)
    name = f"{file_stem('provinces', [str(table.year)])}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
