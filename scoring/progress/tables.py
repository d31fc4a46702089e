"""Rows of targets as CSV: one heading line, texts in one language, unknown is empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from questionnaires.catalogue.export import harmless
from questionnaires.texts import localized
from scoring.progress.catalogue import Judged
from scoring.progress.records import flat


def as_csv(found: Iterable[Judged], language: str) -> str:
    """Every target with its state, gap, pace and projection; spreadsheets run none of its cells."""
    rows = flat(found)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(_cell(row[key], language)) for key in HEAD] for row in rows)
    return out.getvalue()


HEAD = (
    "indicator", "name", "area", "area_name", "sector", "scale", "base_year", "unit",
    "target_period", "target_operator", "target", "target_high", "state", "state_name", "why",
    "latest_period", "latest", "gap", "count_over_quota_percent", "pace_so_far", "pace_needed",
    "percent_a_year_so_far", "percent_a_year_needed", "overdue", "projected",
    "projected_earliest", "projected_latest", "source", "locator", "figure",
)  # fmt: skip


def _cell(value: Any, language: str) -> str:
    if value is None or value is False:
        return ""
    return localized(value, language) if isinstance(value, dict) else str(value)
