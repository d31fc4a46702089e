"""Plausible made-up answers to any instrument: one hidden maturity, and luck around it.

Nothing here knows an instrument; it reads the kinds, options, rungs and units of questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from questionnaires.instruments.definition import Definition
from questionnaires.instruments.questions import unit_key

UNEVENNESS = 0.11  # how far a section strays from the enterprise's maturity
UNANSWERED = 0.03  # share of questions left empty or not known
SPREAD = 0.06  # how far one answer strays from its section
# What an enterprise may have of a unit, from the least mature to the most: per employee, or as a
# share of its revenue in CNY 10,000.
PER_EMPLOYEE = {"人": (0.004, 0.065), "台": (0.15, 0.95)}
OF_REVENUE = {"元": (10.0, 300.0), "万元": (0.001, 0.03), "亿元": (1e-7, 3e-6)}
OUTLAY = (0.001, 0.03)  # what is spent on one thing, of all money there is
TRADED = (0.02, 0.42)  # what goes one way, such as online, of all that is bought or sold
OF_COUNTS = (0.1, 0.95)  # machines, processes, systems
SPENDING = ("投入", "支出", "经费", "费用", "成本")  # words of questions about outlay
NOTHING = 0.06  # whoever is below this has none of what is asked
WIDEST = 1000.0  # a greater maximum is a safeguard, no scale


def answers_for(
    definition: Definition,
    maturity: float,
    profile: dict[str, Any],
    luck: Random,
    damping: Mapping[str, float] | None = None,
    unevenness: float = UNEVENNESS,
) -> dict[str, Any]:
    """Answers of an enterprise of a given ``maturity`` (0 … 1).

    ``damping`` lowers single questions: ``{"Q11": 0.4}``.
    """
    found = {}
    for section in definition.sections:
        strength = luck.gauss(maturity, unevenness)
        for question in section.questions:
            level = luck.gauss(strength, SPREAD) * (damping or {}).get(question.code, 1.0)
            if question.required and luck.random() > UNANSWERED:
                level = min(max(level, 0.0), 1.0)
                found[question.code] = _answer(question, level, profile, luck)
            elif question.allow_unknown and luck.random() < 0.4:
                found[question.code] = {"unknown": True}
    return {code: value for code, value in found.items() if value is not None}


def _answer(question: Any, level: float, profile: dict[str, Any], luck: Random) -> Any:
    make = _KINDS.get(question.kind)
    return make(question, level, profile, luck) if make else None


def _single(question: Any, level: float, profile: dict[str, Any], luck: Random) -> str:
    ordered = sorted(question.options, key=lambda option: option.points or 0)
    code: str = ordered[_place(level, len(ordered))].code
    return code


def _multiple(question: Any, level: float, profile: dict[str, Any], luck: Random) -> list[str]:
    """More options with more maturity, the earlier ones first."""
    several = [option.code for option in question.options if not option.exclusive]
    alone = [option.code for option in question.options if option.exclusive]
    count = len(several)
    chosen = [
        code for place, code in enumerate(several)
        if luck.random() < level * 1.25 - 0.35 * place / count
    ]  # fmt: skip
    return chosen or alone[:1] or several[:1]


def _ladder(question: Any, level: float, profile: dict[str, Any], luck: Random) -> int:
    return _place(level * 0.95, len(question.rungs))


def _yes_no(question: Any, level: float, profile: dict[str, Any], luck: Random) -> bool:
    return luck.random() < 0.15 + level


def _ratio(question: Any, level: float, profile: dict[str, Any], luck: Random) -> int | float:
    low, high = share_of(question) if level > NOTHING else (0.0, 0.0)
    rate = 100 * _between(low, high, level + luck.gauss(0, 0.02))
    return round(rate) if rate >= 5 else round(rate, 1)


def share_of(question: Any) -> tuple[float, float]:
    """The least and the greatest share that is plausible, by what is counted."""
    if unit_key(question) not in OF_REVENUE:
        return OF_COUNTS
    return OUTLAY if _about_spending(question) else TRADED


def _about_spending(question: Any) -> bool:
    words = (question.part or question.text)["zh"]
    return any(word in words for word in SPENDING)


def _number(question: Any, level: float, profile: dict[str, Any], luck: Random) -> int | float:
    value = _between(*_amounts(question, profile), level)
    if question.min is not None:
        value = max(value, float(question.min))
    if question.max is not None:
        value = min(value, float(question.max))
    return round(value) if question.decimals in (None, 0) else round(value, question.decimals)


def _amounts(question: Any, profile: dict[str, Any]) -> tuple[float, float]:
    """The least and the greatest number that is plausible for this enterprise."""
    unit = unit_key(question)
    if unit in PER_EMPLOYEE:
        low, high = PER_EMPLOYEE[unit]
        return low * profile["employees"], high * profile["employees"]
    if unit in OF_REVENUE:
        low, high = OF_REVENUE[unit]
        return low * profile["revenue"], high * profile["revenue"]
    least = 0.0 if question.min is None else float(question.min)
    most = 100.0 if question.max is None else float(question.max)
    return least, max(least, min(most, least + WIDEST))


def _between(low: float, high: float, level: float) -> float:
    """Few are at the upper end: the way up grows steeper."""
    return low + (high - low) * min(max(level, 0.0), 1.0) ** 1.3


def _before_after(
    question: Any, level: float, profile: dict[str, Any], luck: Random
) -> dict[str, int]:
    before = luck.randint(60, 140)
    better = 1 - 0.3 * level if question.better == "lower" else 1 + 0.3 * level
    return {"before": before, "after": round(before * better)}


def _place(level: float, count: int) -> int:
    return min(int(level * count), count - 1)


_KINDS = {
    "single": _single,
    "multiple": _multiple,
    "ladder": _ladder,
    "yes_no": _yes_no,
    "ratio": _ratio,
    "number": _number,
    "before_after": _before_after,
}
