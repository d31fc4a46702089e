"""Enterprise size by the statistical rule of 2017 (《统计上大中小微型企业划分办法（2017）》).

Large, medium and small need *all* listed lower bounds; a firm that misses one falls to the class
whose bounds it does meet, so the class is the lowest that any single measure gives, and one measure
below the bound of "small" is enough for "micro". Bounds are closed: exactly 300 staff reaches 300.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

SizeClass = Literal["large", "medium", "small", "micro"]
Number = int | float | Decimal
Bounds = tuple[int, int, int]  # lower bounds of large, medium, small

CLASSES: tuple[SizeClass, ...] = ("large", "medium", "small", "micro")


@dataclass(frozen=True)
class Rule:
    """Lower bounds of one line of the table; employees in persons, money in CNY 10,000."""

    name: str
    codes: tuple[str, ...]  # GB/T 4754-2017 digits this line covers
    employees: Bounds | None = None
    revenue: Bounds | None = None
    assets: Bounds | None = None


def _divisions(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{number:02d}" for number in range(first, last + 1))


# 59 holds warehousing (592–599) and handling (591); the rule counts handling as transport. Rail
# (53), finance, education, health and own-property letting (704) are in no line.
RULES: tuple[Rule, ...] = (
    Rule("农、林、牧、渔业", _divisions(1, 5), revenue=(20000, 500, 50)),
    Rule("工业", _divisions(6, 46), employees=(1000, 300, 20), revenue=(40000, 2000, 300)),
    Rule("建筑业", _divisions(47, 50), revenue=(80000, 6000, 300), assets=(80000, 5000, 300)),
    Rule("批发业", ("51",), employees=(200, 20, 5), revenue=(40000, 5000, 1000)),
    Rule("零售业", ("52",), employees=(300, 50, 10), revenue=(20000, 500, 100)),
    Rule(
        "交通运输业",
        (*_divisions(54, 58), "591"),
        employees=(1000, 300, 20),
        revenue=(30000, 3000, 200),
    ),
    Rule("仓储业", ("59",), employees=(200, 100, 20), revenue=(30000, 1000, 100)),
    Rule("邮政业", ("60",), employees=(1000, 300, 20), revenue=(30000, 2000, 100)),
    Rule("住宿业", ("61",), employees=(300, 100, 10), revenue=(10000, 2000, 100)),
    Rule("餐饮业", ("62",), employees=(300, 100, 10), revenue=(10000, 2000, 100)),
    Rule("信息传输业", ("63", "64"), employees=(2000, 100, 10), revenue=(100000, 1000, 100)),
    Rule("软件和信息技术服务业", ("65",), employees=(300, 100, 10), revenue=(10000, 1000, 50)),
    Rule("房地产开发经营", ("701",), revenue=(200000, 1000, 100), assets=(10000, 5000, 2000)),
    Rule("物业管理", ("702",), employees=(1000, 300, 100), revenue=(5000, 1000, 500)),
    Rule("租赁和商务服务业", ("71", "72"), employees=(300, 100, 10), assets=(120000, 8000, 100)),
    Rule(
        "其他未列明行业",
        ("703", "709", *_divisions(73, 82), "85", *_divisions(86, 90)),
        employees=(300, 100, 10),
    ),
)

# First and last division of each section of GB/T 4754-2017.
SECTIONS: dict[str, tuple[int, int]] = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50),
    "F": (51, 52), "G": (53, 60), "H": (61, 62), "I": (63, 65), "J": (66, 69),
    "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79), "O": (80, 82),
    "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip

_CODE = re.compile(r"^([A-T])?(\d{2,4})?$")


def section_of(industry: str) -> str:
    """The section letter of ``C36``, ``36``, ``3612`` or ``C``; empty for no such code."""
    letter, digits = _parse(industry)
    if not digits:
        return letter
    found = next((s for s, (a, b) in SECTIONS.items() if a <= int(digits[:2]) <= b), "")
    return found if letter in ("", found) else ""


def size_class(
    industry: str,
    employees: int | None = None,
    revenue: Number | None = None,
    assets: Number | None = None,
) -> SizeClass | None:
    """Class of a firm; ``revenue`` and ``assets`` in CNY 10,000 (万元) a year and at year end.

    ``industry`` is a GB/T 4754-2017 code at any depth. None means the rule gives no answer: the
    industry is outside it (finance, education, …), is no code, or a measure that decides is not
    known. A code too coarse to name one line of the table (``K70``: developers, property managers
    and agents; ``F``: wholesale and retail) gets a class only when all its lines agree. ``59`` is
    read as warehousing; handling needs its own code, ``591``.

    Raises ValueError for a negative measure.
    """
    measures = {"employees": employees, "revenue": revenue, "assets": assets}
    for name, value in measures.items():
        if value is not None and not value >= 0:
            raise ValueError(f"{name} must be zero or more, not {value}")
    classes = {_class_by(rule, measures) for rule in rules_for(industry)}
    return classes.pop() if len(classes) == 1 else None


def rules_for(industry: str) -> list[Rule]:
    """The lines of the table that ``industry`` may stand under: none, one, or several."""
    letter, digits = _parse(industry)
    if not section_of(industry):
        return []
    if not digits:
        first, last = SECTIONS[letter]
        found = [rule for code in _divisions(first, last) for rule in _lines(code)]
        return list(dict.fromkeys(found))
    return _lines(digits)


def _parse(industry: str) -> tuple[str, str]:
    match = _CODE.match((industry or "").strip().upper())
    return (match[1] or "", match[2] or "") if match else ("", "")


def _lines(digits: str) -> list[Rule]:
    """The line with the longest matching code, or all lines below a code that is too coarse."""
    matches = [(code, rule) for rule in RULES for code in rule.codes if digits.startswith(code)]
    if matches:
        return [max(matches, key=lambda pair: len(pair[0]))[1]]
    below = [rule for rule in RULES if any(code.startswith(digits) for code in rule.codes)]
    return list(dict.fromkeys(below))


def _class_by(rule: Rule, measures: dict[str, Number | None]) -> SizeClass | None:
    """The lowest class any measure gives; unknown unless the known ones already say "micro"."""
    bounded = {name: getattr(rule, name) for name in measures if getattr(rule, name)}
    ranks = [_rank(measures[name], bounds) for name, bounds in bounded.items()]
    known = [rank for rank in ranks if rank is not None]
    micro = len(CLASSES) - 1
    if len(known) < len(ranks) and micro not in known:
        return None
    return CLASSES[max(known)]


def _rank(value: Number | None, bounds: Bounds) -> int | None:
    if value is None:
        return None
    return next((rank for rank, bound in enumerate(bounds) if value >= bound), len(bounds))
