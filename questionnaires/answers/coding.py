"""Code answers into a Polars frame: one row a submission, one column a value.

``single`` is the option's index, ``multiple`` a bit mask, numbers are doubles, and every question
has a ``.state`` column (see ``State``). Values of questions that are not answered are null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from questionnaires.answers.profiles import NUMBERS, TEXTS, Profile
from questionnaires.answers.values import UNANSWERED, Answer, Pair, Rung, Share, State
from questionnaires.instruments.definition import Definition

if TYPE_CHECKING:
    import polars as pl

Row = tuple[Profile, dict[str, Answer]]

DTYPES = {
    "single": "UInt8", "multiple": "Int64", "number": "Float64", "ratio": "Float64",
    "ladder": "UInt8", "yes_no": "Boolean", "text": "String", "date": "Date",
    "before_after": "Float64", "evidence": "UInt8",
}  # fmt: skip


def encode(definition: Definition, rows: Sequence[Row]) -> pl.DataFrame:
    """The coded frame of ``rows``, with what is not asked taken out (see docs/scoring.md)."""
    import polars as pl

    from questionnaires.answers.relevance import take_out_not_asked

    series = _profile_columns([profile for profile, _ in rows])
    for question in definition.questions.values():
        answers = [answers.get(question.code, UNANSWERED) for _, answers in rows]
        series.extend(_question_columns(question, answers))
    return take_out_not_asked(definition, pl.DataFrame(series))


def _profile_columns(profiles: Sequence[Profile]) -> list[pl.Series]:
    import polars as pl

    texts = [
        pl.Series(f"profile.{name}", [getattr(p, name) for p in profiles], dtype=pl.String)
        for name in TEXTS
    ]
    return texts + [
        pl.Series(f"profile.{name}", _floats(getattr(p, name) for p in profiles), dtype=pl.Float64)
        for name in NUMBERS
    ]


def _floats(values: Iterable[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _question_columns(question: Any, answers: Sequence[Answer]) -> list[pl.Series]:
    import polars as pl

    values = [a.value if a.state == State.ANSWERED else None for a in answers]
    coded = _CODERS[question.kind](question, values)
    dtype = getattr(pl, DTYPES[question.kind])
    columns = [pl.Series(f"{question.code}{end}", data, dtype=dtype) for end, data in coded.items()]
    states = [int(a.state) for a in answers]
    return [*columns, pl.Series(f"{question.code}.state", states, dtype=pl.UInt8)]


Columns = dict[str, list[Any]]


def _single(question: Any, values: list[Any]) -> Columns:
    index = {option.code: i for i, option in enumerate(question.options)}
    return {"": [None if v is None else index[v] for v in values]}


def _multiple(question: Any, values: list[Any]) -> Columns:
    bit = {option.code: 1 << i for i, option in enumerate(question.options)}
    return {"": [None if v is None else sum(bit[code] for code in v) for v in values]}


def _number(question: Any, values: list[Any]) -> Columns:
    return {"": _floats(values)}


def _ratio(question: Any, values: list[Share | None]) -> Columns:
    return {
        "": [None if v is None else v.as_float() for v in values],
        ".part": _floats(None if v is None else v.part for v in values),
        ".whole": _floats(None if v is None else v.whole for v in values),
    }


def _ladder(question: Any, values: list[Rung | None]) -> Columns:
    return {"": [None if v is None else v.rung for v in values]}


def _as_is(question: Any, values: list[Any]) -> Columns:
    return {"": values}


def _before_after(question: Any, values: list[Pair | None]) -> Columns:
    return {
        "": [None if v is None else v.percent for v in values],
        ".before": _floats(None if v is None else v.before for v in values),
        ".after": _floats(None if v is None else v.after for v in values),
        ".change": _floats(None if v is None else v.after - v.before for v in values),
    }


def _evidence(question: Any, values: list[Any]) -> Columns:
    return {"": [None if v is None else len(v) for v in values]}


_CODERS: dict[str, Callable[[Any, list[Any]], Columns]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "ratio": _ratio,
    "ladder": _ladder,
    "yes_no": _as_is,
    "text": _as_is,
    "date": _as_is,
    "before_after": _before_after,
    "evidence": _evidence,
}
