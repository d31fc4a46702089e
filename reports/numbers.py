"""How numbers are written, the same on the page, in files and in sentences.

Scores have one decimal, published figures the decimals they were published with, thousands are
grouped, a negative number has a true minus, and a unit stands by every number. ``None`` is not a
number: callers say in words what is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.texts import after_number, localized

MINUS, PLUS, NBSP = "\u2212", "+", "\u00a0"


def decimal(value: Decimal | float | int | str) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def places_of(value: Decimal) -> int:
    """How many decimals ``value`` needs: 1.260 needs two."""
    exponent = decimal(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number(value: Decimal | float | int, places: int = 1) -> str:
    """``1234.56`` → ``1,234.6``; half is rounded away from zero."""
    rounded = decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,}"
    return MINUS + text if rounded < 0 else text


def exact(value: Decimal | float | int) -> str:
    """Every decimal there is, at most six: for parts that must add up before the reader's eyes."""
    return number(value, min(6, places_of(decimal(value))))


def signed(value: Decimal | float | int, places: int = 1) -> str:
    """A difference: ``+7.5``, ``−6.5``, ``0.0``."""
    text = number(value, places)
    return text if text.startswith(MINUS) or not text.strip("0.,") else PLUS + text


UNITS_EN = {
    "%": "%",
    "％": "%",
    "万元": "CNY 10,000",
    "亿元": "CNY 100 million",
    "元": "CNY",
    "件": "items",
    "个": "items",
    "项": "items",
    "家": "enterprises",
    "人": "people",
    "台": "machines",
    "台/百人": "machines per 100 staff",
    "万户": "10,000 households",
    "万人": "10,000 people",
    "户": "households",
    "分": "points",
    "级": "rung",
    "倍": "times",
    "年": "years",
    "天": "days",
    "道": "processes",
    "套": "systems",
    "吨标准煤": "tonnes of coal equivalent",
}


def unit_name(unit: Mapping[str, str] | str | None, language: str) -> str:
    """A unit in the reader's language: of a question its text, of a figure by the table above.

    A figure's unit that is not in the table stays as the source writes it.
    """
    if not isinstance(unit, str):
        return localized(unit, language)
    return unit if language.startswith("zh") else UNITS_EN.get(unit, unit)


def with_unit(text: str, unit: Mapping[str, str] | str | None, language: str) -> str:
    """``57.5`` and ``%`` → ``57.5%``; other units keep a space that does not break."""
    name = unit_name(unit, language)
    if name == "rung":
        return name + NBSP + text
    return text + name if name in {"%", "‰", ""} else text + NBSP + after_number(name)


def difference_with_unit(text: str, unit: str, language: str) -> str:
    """A difference of two percentages is in percentage points."""
    if unit in {"%", "％"}:
        return text + NBSP + pgettext("unit", "percentage points")
    return with_unit(text, unit, language)


def spread(low: Decimal, high: Decimal) -> str:
    """``35.0%–62.0%``; the unit stands at both ends."""
    return pgettext("range", "%(low)s–%(high)s") % {
        "low": percentage(low),
        "high": percentage(high),
    }


def score(value: Decimal | None) -> str:
    """A score in words for what is unknown."""
    return number(value) if value is not None else _("not scored")


def percentage(value: Decimal | None) -> str:
    return f"{number(value)}%" if value is not None else _("not scored")


def own_places(own: Decimal | None, published: Decimal | None, unit: str = "%") -> int:
    """Decimals of an own value: those of the published one beside it, and one unless it counts."""
    if own is None:
        return 0
    wanted = places_of(published) if published is not None else 0
    # A sum of counts comes from a mean, so it may be a hair off a whole number.
    counts = unit not in {"%", "％", "‰"} and abs(own - own.to_integral_value()) < Decimal("0.005")
    return min(max(wanted, 0 if counts else 1), 4)


def own_figure(own: Decimal | None, published: Decimal | None, unit: str, language: str) -> str:
    """An own value, as precise as the published one it stands beside; words where unknown."""
    if own is None:
        return _("not answered")
    return with_unit(number(own, own_places(own, published, unit)), unit, language)


def published_figure(
    value: Decimal | None, high: Decimal | None, operator: str, unit: str, language: str
) -> str:
    """``≥ 25%``, ``10–20%``; a dash where nothing is published (the state says so in words)."""
    if value is None:
        return "—"
    if operator == "range" and high is not None:
        low = exact(value) + ("%" if unit in {"%", "％"} else "")
        ends = {"low": low, "high": with_unit(exact(high), unit, language)}
        return pgettext("range", "%(low)s–%(high)s") % ends
    sign = "" if operator in {"=", ""} else operator + NBSP
    return sign + with_unit(exact(value), unit, language)


def gap_figure(
    gap: Decimal | None, own: Decimal | None, published: Decimal | None, unit: str, language: str
) -> str:
    if gap is None:
        return "—"
    return difference_with_unit(signed(gap, own_places(own, published, unit)), unit, language)
