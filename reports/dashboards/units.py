"""Units of measures in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports import numbers
from scoring.dashboard import Measure


def column_unit(measure: Measure) -> str:
    if measure.kind == "total":
        return _("points")
    if measure.kind == "node":
        return "%"
    return unit(measure.unit)


def unit(name: str) -> str:
    return numbers.unit_name(name, get_language() or "zh")
