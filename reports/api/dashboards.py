"""A round's dashboard as JSON: the tables of the page, cell by cell."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.requests import person_of
from reports.dashboards.model import Cell, Dashboard, Row, Table
from reports.dashboards.query import Query
from reports.views.dashboards import look

PARAMETERS = [
    OpenApiParameter("round", int, OpenApiParameter.PATH),
    OpenApiParameter("region", str, description="division code in your jurisdiction"),
    OpenApiParameter("industry", str, description="section or division code"),
    OpenApiParameter("size", str, enum=["large", "medium", "small", "micro"]),
    OpenApiParameter("indicator", str, description="total, a node's or an indicator's code"),
]


class DashboardViewSet(viewsets.ViewSet):
    """Aggregates of a round. A cell is ``{value, symbol}``; the symbols are explained beside."""

    lookup_field = "round"
    lookup_value_regex = r"\d+"

    @extend_schema(parameters=PARAMETERS, responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, round: str) -> Response:
        seen = look(person_of(request), int(round), Query.read(request._request.GET))
        return Response({"region": seen.region.code, **as_json(seen.dashboard)})


def as_json(dashboard: Dashboard) -> dict[str, Any]:
    return {
        "title": dashboard.title,
        "year": dashboard.year,
        "region_name": dashboard.region_name,
        "synthetic": dashboard.synthetic,
        "computed_at": dashboard.computed_at,
        "filters": [{"name": name, "value": value} for name, value in dashboard.filters],
        "symbols": dict(dashboard.symbols),
        "definitions": dict(dashboard.definitions),
        "sources": dashboard.sources,
        "tables": [_table(table) for table in dashboard.tables],
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [{"key": c.key, "title": c.title, "unit": c.unit} for c in table.columns]
    rows = [_row(table, row) for row in table.rows]
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "columns": columns,
        "rows": rows,
    }


def _row(table: Table, row: Row) -> dict[str, Any]:
    pairs = zip(table.columns, row.cells, strict=True)
    return {"code": row.key, "cells": {column.key: _cell(cell) for column, cell in pairs}}


def _cell(cell: Cell) -> dict[str, Any]:
    """Rounded as on the screen, so that all outputs agree."""
    value = cell.rounded if cell.is_number else cell.value
    return {"value": value, "symbol": cell.symbol}
