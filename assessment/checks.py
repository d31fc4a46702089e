"""Contradictions between answers, told before submitting; the result tells them again."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.sheet import AnswerSheet
from questionnaires.answers import encode, read_answers, read_profile
from questionnaires.texts import localized


@dataclass(frozen=True)
class Contradiction:
    code: str
    questions: tuple[str, ...]
    message: str
    blocks: bool  # an error stops submission, a warning does not


def contradictions(sheet: AnswerSheet) -> list[Contradiction]:
    """The checks of the instrument that hold for the answers so far."""
    holding = _holding(sheet) if sheet.definition.checks else set()
    return [
        Contradiction(
            check.code, check.questions, localized(check.message), check.severity == "error"
        )
        for check in sheet.definition.checks
        if check.code in holding
    ]


def _holding(sheet: AnswerSheet) -> set[str]:
    """Codes of the checks that come out true, over a frame of this one submission."""
    import polars as pl

    definition, compiled = sheet.definition, sheet.definition.compiled
    answers = read_answers(definition, sheet.values).answers
    frame = encode(definition, [(read_profile(sheet.profile)[0], answers)])
    for computed in compiled["computed"]:
        value = pl.sql_expr(computed["sql"]).alias(f"value.{computed['code']}")
        frame = frame.with_columns(value)
    return {
        check["code"]
        for check in compiled["checks"]
        if frame.select(pl.sql_expr(check["sql"]).fill_null(False)).item(0, 0)
    }
