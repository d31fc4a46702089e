"""Which questions are asked, by profile and earlier answers; one submission or a million alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from questionnaires.answers.profiles import Profile, read_profile
from questionnaires.answers.reading import read_answer
from questionnaires.answers.values import Answer, State
from questionnaires.instruments.definition import Definition

if TYPE_CHECKING:
    import polars as pl


def asked(
    definition: Definition, profile: Profile | Mapping[str, Any] | None, answers: Mapping[str, Any]
) -> set[str]:
    """Codes of the questions asked of one enterprise.

    ``answers`` maps codes to ``Answer`` values or to JSON; what cannot be read counts as not
    answered. Uses Polars only where the instrument has conditions at all.
    """
    if not definition.compiled["relevance"]:
        return set(definition.questions)
    from questionnaires.answers.coding import encode

    if not isinstance(profile, Profile):
        profile = read_profile(profile)[0]
    frame = encode(definition, [(profile, _read(definition, answers))])
    states = {code: frame[f"{code}.state"][0] for code in definition.questions}
    return {code for code, state in states.items() if state != State.NOT_ASKED}


def _read(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Answer]:
    known: dict[str, Answer] = {}
    for code, value in answers.items():
        if isinstance(value, Answer):
            known[code] = value
        elif code in definition.questions:
            reading = read_answer(definition.questions[code], value)
            if reading.answer is not None:
                known[code] = reading.answer
    return known


def take_out_not_asked(definition: Definition, frame: pl.DataFrame) -> pl.DataFrame:
    """Mark questions that are not relevant as not asked and clear their values, in order.

    A question whose condition names another waits for it: an answer that was itself taken out
    must not make a later question relevant.
    """
    waiting: list[dict[str, Any]] = []
    for step in definition.compiled["relevance"]:
        if any(before["question"] in step["needs"] for before in waiting):
            frame, waiting = _apply(frame, waiting), []
        waiting.append(step)
    return _apply(frame, waiting)


def _apply(frame: pl.DataFrame, steps: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    if not steps:
        return frame
    columns: list[pl.Expr] = []
    for step in steps:
        holds = pl.all_horizontal(pl.sql_expr(sql).fill_null(False) for sql in step["sql"])
        state = f"{step['question']}.state"
        left_out = pl.lit(int(State.NOT_ASKED), dtype=pl.UInt8)
        columns.append(pl.when(holds).then(pl.col(state)).otherwise(left_out).alias(state))
        for column in step["columns"]:
            columns.append(pl.when(holds).then(pl.col(column)).alias(column))
    return _evaluate(frame, columns)


def _evaluate(frame: pl.DataFrame, columns: list[pl.Expr]) -> pl.DataFrame:
    """Evaluate on at least two rows: a single row takes other arithmetic paths (scalars)."""
    import polars as pl

    if frame.height == 1:
        return pl.concat([frame, frame]).with_columns(columns).head(1)
    return frame.with_columns(columns)
