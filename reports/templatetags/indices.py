"""Numbers of regional indices; a value that is unknown is a dash, never a zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports import numbers

register = template.Library()
UNKNOWN = "—"


@register.filter
def points(value: float | None) -> str:
    """A score with one decimal."""
    return UNKNOWN if value is None else numbers.number(value)


@register.filter
def two(value: float | None) -> str:
    return UNKNOWN if value is None else numbers.number(value, 2)


@register.filter
def whole(value: float | None) -> str:
    return UNKNOWN if value is None else numbers.number(value, 0)


@register.filter
def plain(value: float | None) -> str:
    """A value in its own unit with the decimals it has, at most six."""
    return UNKNOWN if value is None else numbers.exact(value)


@register.filter
def change(value: float | None) -> str:
    return UNKNOWN if value is None else numbers.signed(value)


@register.filter
def as_percent(share: float) -> str:
    return numbers.number(100 * share, 0)


@register.filter
def listed(names: Sequence[str]) -> str:
    """Names one after another; a dash where there are none."""
    english = (get_language() or "zh").startswith("en")
    return ("; " if english else "；").join(names) or UNKNOWN


@register.filter
def at(values: Sequence[Any], place: int) -> Any:
    return values[place]


@register.filter
def in_year(row: Mapping[str, Any], year: int) -> float | None:
    """A region's score in a year; None where it has none."""
    return dict(zip(row["years"], row["scores"], strict=True)).get(year)


@register.filter
def why(reason: str) -> str:
    """Why there is no change or trend."""
    words = {
        "break": _("the definition changed"),
        "too-few": _("fewer than three years"),
        "unknown": _("a year is unknown"),
        "not-later": _("one year only"),
    }
    return words.get(reason, UNKNOWN)
