"""Data of the radar, in the fixed order of the instrument's tree, for static/reports/charts.js."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.texts import localized
from reports.model import Dimension, ResultReport


def drawn(report: ResultReport) -> list[Dimension]:
    """The dimensions with a score: an axis cannot show "unknown", only nought."""
    return [row for row in report.dimensions if row.depth == 1 and row.percent is not None]


def complete(values: list[Decimal | None]) -> list[float] | None:
    """One decimal each; None where a value is missing, for it would be drawn as nought."""
    found = [float(round(value, 1)) for value in values if value is not None]
    return found if len(found) == len(values) else None


def radar(report: ResultReport) -> dict[str, Any] | None:
    """Axes and at most three series in percent; None where fewer than three axes make no shape."""
    rows = drawn(report)
    if len(rows) < 3:
        return None
    offered = [
        ("own", _("Own"), complete([row.percent for row in rows])),
        ("cohort", _("Median of peers"), complete([_median(row) for row in rows])),
        ("target", _("Asked by the next level"), complete([row.target for row in rows])),
    ]
    series = [
        {"role": role, "name": name, "values": values} for role, name, values in offered if values
    ]
    return {"axes": [localized(row.title) for row in rows], "series": series}


def _median(row: Dimension) -> Decimal | None:
    return row.cohort.median if row.cohort else None
