"""Typed text into the JSON an answer is read from: full-width, grouping, units, 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assessment.answer_fields import PAIRS
from assessment.forms.numbers import plain
from assessment.values import is_special
from questionnaires.texts import PERCENT

Text = Mapping[str, str]

# Factors people write behind a number; 万元 is left to questions whose unit it is.
FACTORS = {"": 1, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMBER = re.compile(r"^([+-]?(?:\d+\.?\d*|\.\d+))(千|万|亿)?(.*)$", re.DOTALL)
_PERCENT = ("%", "％", "percent")
LONGEST = 60


def value_of(question: Any, raw: Any) -> Any:
    """``raw`` with its texts read as numbers and dates where the kind asks for them.

    What cannot be read stays text, and ``read_answer`` says what is wrong with it.
    """
    if raw is None or is_special(raw):
        return raw
    if question.kind == "number":
        return number_of(raw, question.unit)
    if question.kind == "date":
        return date_of(raw)
    if question.kind == "ratio" and not isinstance(raw, dict):
        return number_of(raw, PERCENT)
    if question.kind in PAIRS and isinstance(raw, dict):
        units = {"percent": PERCENT}
        return {k: number_of(v, units.get(k, question.unit)) for k, v in raw.items()}
    return raw.strip() or None if isinstance(raw, str) and question.kind == "text" else raw


def number_of(raw: Any, unit: Text | None = None) -> Any:
    """``1,200`` ``１２．５％`` ``3.2万`` as a number; None for blank; the text when unreadable."""
    if not isinstance(raw, str):
        return raw
    text = plain(raw)[:LONGEST]
    if not text:
        return None
    match = _NUMBER.match(text)
    if not match:
        return raw
    amount, factor, rest = Decimal(match[1]), match[2] or "", match[3]
    if factor and _known(factor + rest, unit):  # 3.2 万元 where 万元 is the unit
        factor, rest = "", ""
    if rest and not _known(rest, unit):
        return raw
    return _json(amount * FACTORS[factor])


def _known(suffix: str, unit: Text | None) -> bool:
    """Whether a suffix says the unit of the question, which stands beside the box anyway."""
    known = {plain(name) for name in (unit or {}).values()}
    if "万元" in known:
        known.add("万")
    return suffix in known or ("%" in known and suffix in _PERCENT)


def _json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def date_of(raw: Any) -> Any:
    """``2026/5/1`` and ``2026年5月1日`` as ``2026-05-01``."""
    if not isinstance(raw, str):
        return raw
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw))
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else text or None
