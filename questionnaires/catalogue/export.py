"""The catalogue as tables: CSV and JSON, numbers exactly as published."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import translation

from questionnaires.models import (
    Advice,
    Figure,
    Gap,
    Indicator,
    Industry,
    InstrumentVersion,
    Policy,
    Region,
    Source,
)

Record = dict[str, Any]

EXPORTS: dict[str, tuple[str, ...]] = {
    "sources": ("code", "title", "publisher", "kind", "number", "published", "url", "note"),
    "indicators": (
        "code", "concept", "name", "definition", "formula", "unit", "direction", "level",
        "nature", "roll_up", "source", "locator", "groups", "position",
    ),
    "figures": (
        "indicator", "concept", "area", "sector", "period", "value", "value_high", "operator",
        "unit", "kind", "form", "base_year", "source", "locator", "status", "caveats",
    ),
    "gaps": ("code", "indicator", "area", "period", "form", "source", "locator", "reason"),
    "policies": (
        "code", "title", "source", "locator", "issuer", "area", "nature", "audience",
        "beneficiary", "conditions", "kind", "benefit", "payer", "office", "matching",
        "needs_person", "valid_from", "valid_to", "group", "inputs",
    ),
    "advice": (
        "code", "title", "text", "indicator", "below", "industry", "audience", "nature",
        "source", "locator", "caveats",
    ),
    "regions": ("code", "name", "level", "parent"),
    "industries": ("code", "name", "section", "level"),
    "instruments": ("code", "version", "status", "title", "notice", "source", "sha256"),
}  # fmt: skip


def records(kind: str, rows: Iterable[Any] | None = None) -> Iterator[Record]:
    """Every entry of a kind, or those of ``rows`` (model instances), as plain columns."""
    for row in rows if rows is not None else _all(kind):
        yield {column: _value(row, column) for column in EXPORTS[kind]}


def as_json(kind: str, rows: Iterable[Any] | None = None) -> str:
    """A JSON list; texts are {zh, en} maps, numbers are numbers, unknown is null."""
    data = [{key: _json(value) for key, value in r.items()} for r in records(kind, rows)]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_csv(kind: str, rows: Iterable[Any] | None = None, language: str = "zh") -> str:
    """A table with one heading line; texts in ``language``, unknown is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(EXPORTS[kind])
    for record in records(kind, rows):
        writer.writerow([harmless(_cell(value, language)) for value in record.values()])
    return out.getvalue()


def exact(number: Decimal) -> str:
    """The number without padding: 0.95, not 0.950000, and 100, not 1E+2."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def harmless(cell: str) -> str:
    """Keep spreadsheets from running a cell as a formula. Numbers and lone signs are safe."""
    if len(cell) < 2 or cell[0] not in "=+-@\t\r\n＝＋－＠":
        return cell
    return cell if _is_number(cell) else "'" + cell


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except ArithmeticError:
        return False


def _all(kind: str) -> Iterable[Any]:
    tables: dict[str, Iterable[Any]] = {
        "sources": Source.objects.all(),
        "indicators": Indicator.objects.select_related("source"),
        "figures": Figure.objects.select_related("indicator", "source"),
        "gaps": Gap.objects.select_related("indicator", "source"),
        "policies": Policy.objects.select_related("source"),
        "advice": Advice.objects.select_related("indicator", "source"),
        "regions": Region.objects.all(),
        "industries": Industry.objects.all(),
        "instruments": InstrumentVersion.objects.select_related("instrument", "source"),
    }
    return tables[kind]


def _value(row: Any, column: str) -> Any:
    if column in ("source", "indicator"):
        linked = getattr(row, column)
        return linked.code if linked else ""
    if column == "sector" and isinstance(row, Figure) and row.case:
        with translation.override("zh-hans"):  # as the other columns that are one string
            return row.case_label
    if column == "concept" and isinstance(row, Figure):
        return row.indicator.concept
    if column == "parent":
        return _parent(row)
    if column == "code" and isinstance(row, InstrumentVersion):
        return row.instrument.code
    return getattr(row, column)


def _parent(region: Region) -> str:
    from questionnaires.catalogue.tree import NATION, parent_code

    return "" if region.code == NATION else parent_code(region.code)


def _cell(value: Any, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, list):
        return " / ".join(_cell(part, language) for part in value)
    if isinstance(value, dict):
        said = value if "zh" in value else value.get("text") or {}
        return str(said.get(language) or said.get("zh") or "")
    return str(value)


def _json(value: Any) -> Any:
    """Decimals as JSON numbers; the nearest float of one within 15 digits prints the same."""
    if not isinstance(value, Decimal):
        return value
    text = exact(value)
    return int(text) if "." not in text else float(text)
