"""Which names an expression may use, and the columns of a coded frame they stand for."""

from __future__ import annotations

from typing import Any

from questionnaires.instruments.definition import Definition
from questionnaires.instruments.expressions import Binding

SIZES = ("large", "medium", "small", "micro")

PROFILE: dict[str, Binding] = {
    "profile.region": Binding("profile.region", "text"),
    "profile.industry": Binding("profile.industry", "text"),
    "profile.section": Binding("profile.section", "text"),
    "profile.size": Binding("profile.size", "choice", SIZES),
    "profile.employees": Binding("profile.employees", "number"),
    "profile.revenue": Binding("profile.revenue", "number"),
    "profile.assets": Binding("profile.assets", "number"),
    "profile.year": Binding("profile.year", "number"),
}

# Expression type of a question's value, and its further names, by kind.
_CODING = {
    "single": "single", "multiple": "multiple", "number": "number", "ratio": "number",
    "ladder": "number", "yes_no": "yes_no", "text": "text", "date": "date",
    "before_after": "number", "evidence": "number",
}  # fmt: skip
FURTHER = {"ratio": ("part", "whole"), "before_after": ("before", "after", "change")}

# The Polars type of a coded column, by coding; ``coding.py`` writes them, the engine reads them.
DTYPES = {
    "number": "Float64", "text": "String", "choice": "String", "date": "Date",
    "yes_no": "Boolean", "single": "UInt8", "multiple": "Int64", "points": "Float64",
}  # fmt: skip


def of_question(question: Any) -> dict[str, Binding]:
    """The names one question adds."""
    options = tuple(option.code for option in getattr(question, "options", ()))
    names = {question.code: Binding(question.code, _CODING[question.kind], options)}
    for part in FURTHER.get(question.kind, ()):
        name = f"{question.code}.{part}"
        names[name] = Binding(name, "number")
    return names


def of_questions(definition: Definition) -> dict[str, Binding]:
    """The profile and every question."""
    scope = dict(PROFILE)
    for question in definition.questions.values():
        scope |= of_question(question)
    return scope


def of_values(definition: Definition) -> dict[str, Binding]:
    """The profile, every question and every computed value."""
    computed = {c.code: Binding(f"value.{c.code}", "number") for c in definition.computed}
    return of_questions(definition) | computed


def of_levels(definition: Definition) -> dict[str, Binding]:
    """All of that, and the points and scores that levels may ask for."""
    scope = of_values(definition)
    for code in [*definition.questions, *(c.code for c in definition.computed)]:
        scope[f"points.{code}"] = Binding(f"exact.points.{code}", "number")
    for code in definition.nodes:
        scope[f"score.{code}"] = Binding(f"exact.score.{code}", "number")
    return scope
