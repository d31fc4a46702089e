"""Read many stored submissions into one coded frame, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from questionnaires.answers.profiles import NUMBERS, TEXTS
from questionnaires.answers.relevance import take_out_not_asked
from questionnaires.answers.stored import FIELDS, Texts, special_states
from questionnaires.instruments.definition import Definition

if TYPE_CHECKING:
    import polars as pl


def decode_many(definition: Definition, texts: Texts) -> pl.DataFrame:
    """The coded frame of many stored submissions, in order; equal to coding their answers."""
    import polars as pl

    schema = {name: getattr(pl, dtype) for name, dtype in _schema(definition).items()}
    if texts:
        raw = pl.read_csv("\n".join(texts).encode(), has_header=False, schema=schema)
    else:
        raw = pl.DataFrame(schema=schema)
    frame = raw.select(_columns(definition))
    return take_out_not_asked(definition, _with_special(frame, raw["special"]))


def _schema(definition: Definition) -> dict[str, str]:
    schema = {"special": "String"}
    schema |= {f"profile.{name}": "String" for name in TEXTS}
    schema |= {f"profile.{name}": "Float64" for name in NUMBERS}
    for question in definition.questions.values():
        for end, dtype in FIELDS[question.kind]:
            schema[f"{question.code}{end}"] = dtype
    return schema


def _columns(definition: Definition) -> list[pl.Expr]:
    import polars as pl

    found = [pl.col(f"profile.{name}") for name in (*TEXTS, *NUMBERS)]
    for question in definition.questions.values():
        found += _question(question)
    return found


def _question(question: Any) -> list[pl.Expr]:
    """The columns of one question in the order ``encode`` gives them, its state last."""
    import polars as pl

    ends = sorted(end for end, _ in FIELDS[question.kind] if not end.startswith("-"))
    order = {"": 0, ".part": 1, ".whole": 2, ".before": 1, ".after": 2, ".change": 3}
    columns = [pl.col(f"{question.code}{end}") for end in sorted(ends, key=order.__getitem__)]
    if question.kind == "yes_no":
        columns[0] = columns[0] == 1
    if question.kind == "date":
        columns[0] = columns[0].str.to_date("%Y-%m-%d")
    first = pl.col(f"{question.code}{FIELDS[question.kind][0][0]}")
    state = first.is_null().cast(pl.UInt8)  # 0 answered, 1 unanswered
    return [*columns, state.alias(f"{question.code}.state")]


def _with_special(frame: pl.DataFrame, special: pl.Series) -> pl.DataFrame:
    """Put in the few states that are neither answered nor unanswered."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for index in special.is_not_null().arg_true():
        for code, state in special_states(special[index]).items():
            rows, states = found.setdefault(f"{code}.state", ([], []))
            rows.append(index)
            states.append(state)
    changed = [frame[name].scatter(rows, states) for name, (rows, states) in found.items()]
    return frame.with_columns(changed) if changed else frame
