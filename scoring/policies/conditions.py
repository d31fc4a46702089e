"""Whether conditions hold: yes, no, or unknown because an input is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from questionnaires.catalogue.rule_names import RULE_SCOPE
from questionnaires.instruments.expressions import Expression, read_expression
from questionnaires.instruments.scopes import DTYPES
from scoring.policies.inputs import Inputs


@dataclass(frozen=True)
class Verdict:
    """``holds`` is None when it depends on ``missing``."""

    holds: bool | None
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=2048)
def read(text: str) -> Expression:
    """A condition, checked. Raises ValueError when it is unsound (loading refuses those)."""
    found = read_expression(text, RULE_SCOPE)
    if found.faults:
        raise ValueError(f"{text}: {found.faults[0].expected}")
    return found


def judge(texts: Iterable[str], inputs: Inputs) -> Mapping[str, Verdict]:
    """All conditions for one applicant, evaluated together."""
    wanted = {text: read(text) for text in texts}
    if not wanted:
        return {}
    frame = row_for(wanted.values(), inputs)
    order = list(wanted)
    holds = frame.select(
        pl.sql_expr(wanted[text].sql).cast(pl.Boolean).alias(str(i)) for i, text in enumerate(order)
    ).row(0)
    return {
        text: _verdict(answer, wanted[text], inputs)
        for text, answer in zip(order, holds, strict=True)
    }


def _verdict(holds: bool | None, condition: Expression, inputs: Inputs) -> Verdict:
    if holds is not None:
        return Verdict(holds)
    names = sorted(condition.names)
    return Verdict(None, inputs.missing(names) or tuple(names))


def row_for(conditions: Iterable[Expression], inputs: Inputs) -> pl.DataFrame:
    columns = {name: kind for one in conditions for name, kind in one.columns.items()}
    schema = {name: getattr(pl, DTYPES[kind]) for name, kind in columns.items()}
    data = {name: [inputs.column(name)] for name in columns}
    return pl.DataFrame(data | {"#": [True]}, schema=schema | {"#": pl.Boolean})
