"""The profile of an enterprise as expressions see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from questionnaires.answers.messages import problem
from questionnaires.answers.numbers import read_number
from questionnaires.answers.values import AnswerProblem, number_json
from questionnaires.size_rule import CLASSES, section_of, size_class

NUMBERS = ("employees", "revenue", "assets", "year")
TEXTS = ("region", "industry", "section", "size")
_LONGEST = 20

_WANTED = {
    "region": ("区划代码，如 330100", "a division code such as 330100"),
    "industry": ("行业代码，如 C36", "an industry code such as C36"),
    "section": ("行业门类字母，如 C", "an industry section letter such as C"),
    "size": ("large、medium、small 或 micro", "large, medium, small or micro"),
    "employees": ("不小于 0 的人数", "a number of people, 0 or more"),
    "revenue": ("不小于 0 的金额（万元）", "an amount in CNY 10,000, 0 or more"),
    "assets": ("不小于 0 的金额（万元）", "an amount in CNY 10,000, 0 or more"),
    "year": ("四位年份", "a year of four digits"),
}


@dataclass(frozen=True)
class Profile:
    """Who answers. ``None`` is unknown; money in CNY 10,000."""

    region: str | None = None
    industry: str | None = None  # section letter and division, C36; None when only C is known
    section: str | None = None
    size: str | None = None
    employees: Decimal | None = None
    revenue: Decimal | None = None
    assets: Decimal | None = None
    year: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """Canonical: known fields only."""
        known = {name: value for name, value in vars(self).items() if value is not None}
        return {
            n: number_json(v) if isinstance(v, Decimal) else v for n, v in sorted(known.items())
        }


def read_profile(raw: Any) -> tuple[Profile, list[AnswerProblem], list[AnswerProblem]]:
    """Read a profile strictly. Returns it with errors and with warnings (unknown fields)."""
    if raw is None:
        return Profile(), [], []
    if not isinstance(raw, Mapping):
        return Profile(), [problem("profile_not_an_object")], []
    known = (*NUMBERS, *TEXTS)
    strange = [name for name in raw if name not in known][:20]
    warnings = [problem("unknown_profile_field", detail=str(name)) for name in strange]
    values = {name: _read(name, raw[name]) for name in known if raw.get(name) is not None}
    errors = [_bad(name) for name, value in values.items() if value is None]
    given = {name: value for name, value in values.items() if value is not None}
    return (Profile(), errors, warnings) if errors else (_complete(given), [], warnings)


def _bad(name: str) -> AnswerProblem:
    zh, en = _WANTED[name]
    return problem("bad_profile", detail=name, wanted_zh=zh, wanted_en=en)


def _read(name: str, value: Any) -> Any:
    """The value, or None when it is of the wrong type or out of range."""
    if name in NUMBERS:
        number = read_number(value)
        if number is None or number < 0 or (name == "year" and not 1900 <= number <= 2200):
            return None
        return number
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST:
        return None
    value = value.strip()
    if name == "size":
        return value if value in CLASSES else None
    if name in ("industry", "section"):
        value = value.upper()
        good = section_of(value) and (name == "industry" or len(value) == 1)
        return value if good else None
    return value if value.isascii() and value.isalnum() else None


def _complete(given: dict[str, Any]) -> Profile:
    """Add what follows: the section from the industry, the size by the statistical rule."""
    code = given.pop("industry", None)
    if code:
        given["section"] = section_of(code)
        digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
        if digits:
            given["industry"] = given["section"] + digits[:2]
        if "size" not in given:
            measures = {name: given.get(name) for name in ("employees", "revenue", "assets")}
            given["size"] = size_class(code, **measures)
    return Profile(**given)
