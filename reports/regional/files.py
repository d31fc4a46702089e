"""The files of an index: its scores as CSV, its template, its record as JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from questionnaires.models import Region
from questionnaires.texts import localized
from reports.exports.cells import safe
from reports.regional.page import region_names
from scoring.models import RegionalIndex
from scoring.regional.composition import Composition
from scoring.regional.making import composition_of
from scoring.regional.table import REGION, YEAR, heading


def template(composition: Composition, regions: list[Region], year: int, language: str) -> str:
    """An empty table with a row for each region; cells are filled in by whoever takes it."""
    short = "en" if language.startswith("en") else "zh"
    names = [heading(measure.title, measure.unit, short) for measure in composition.measures]
    rows = [[f"{region.code} {localized(region.name)}", year] for region in regions]
    first = [REGION, YEAR] if short == "en" else ["地区", "年份"]
    return _csv([[*first, *names], *rows])


def scores(index: RegionalIndex) -> str:
    """Every region and year with score, rank, ranges, the score of every node, full precision."""
    composition = composition_of(index.instrument_version)
    if composition is None:
        raise ValueError("an index was made of an instrument that cannot be one")
    nodes = [branch.code for branch in composition.branches]
    names, result = region_names(index), index.result
    ranges = (result.get("uncertainty") or {}).get("units") or [{}] * len(result["rows"])
    keys = ("rank_p5", "rank_median", "rank_p95", "score_p5", "score_median", "score_p95")
    header = [
        "region", "name", "year", *nodes, *(f"{node}_rank" for node in nodes), *keys, "missing",
        "synthetic",
    ]  # fmt: skip
    rows = [
        [
            row["region"], safe(names[row["region"]]), row["year"],
            *(_cell(row["scores"][node]) for node in nodes),
            *(_cell(row["ranks"][node]) for node in nodes),
            *(_cell(unit.get(key)) for key in keys), " ".join(row["missing"]),
            "yes" if index.synthetic else "no",
        ]
        for row, unit in zip(result["rows"], ranges, strict=True)
    ]  # fmt: skip
    return _csv([header, *rows])


def record(index: RegionalIndex) -> str:
    """Everything as JSON: the choices, what was done, and what came out."""
    version = index.instrument_version
    said: dict[str, Any] = {
        "title": index.title, "instrument": version.label, "instrument_sha256": version.sha256,
        "region": index.region.code, "source": index.source, "synthetic": index.synthetic,
        "made_at": index.made_at.isoformat(), "reason": index.reason,
        "data_sha256": index.data_sha256, "choices": index.choices, "result": index.result,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=1)


def _cell(value: float | None) -> str | float:
    return "" if value is None else value


def _csv(rows: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return "\ufeff" + text.getvalue()
