"""What a condition that does not hold asks for, part by part: input, own value, value needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import polars as pl
import sqlglot
from sqlglot import exp

from scoring.policies.conditions import read, row_for
from scoring.policies.inputs import Inputs

Value = Decimal | str

_OPERATORS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "≠", exp.GT: ">", exp.GTE: "≥", exp.LT: "<", exp.LTE: "≤",
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """``own`` of ``name`` should be ``operator needed``. Operators: = ≠ > ≥ < ≤, ``between`` (two
    values) and ``in`` (any of them). ``own`` has every number given; ``reference`` names the other
    inputs ``needed`` was computed from."""

    name: str
    own: tuple[Value, ...]
    operator: str
    needed: tuple[Value, ...]
    reference: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One comparison of a condition, with texts to evaluate."""

    name: str
    operator: str
    sides: tuple[str, ...]


def shortfalls(when: str, inputs: Inputs) -> tuple[Need, ...]:
    """The comparisons of ``when`` that do not hold, for whoever reads why. Comparisons that cannot
    be put as one input against known values are left out: the condition's text says it then."""
    found = (_need(part, inputs) for part in parts_of(when))
    return tuple(need for need in found if need is not None)


@lru_cache(maxsize=2048)
def parts_of(when: str) -> tuple[Part, ...]:
    tree = sqlglot.parse_one(when, dialect="postgres")
    return tuple(_parts(tree))


def _parts(tree: exp.Expr) -> Iterator[Part]:
    if isinstance(tree, exp.And | exp.Or | exp.Paren):
        for inner in tree.iter_expressions():
            yield from _parts(inner)
        return
    name = _name(tree.this)
    if not name:
        return
    if type(tree) in _OPERATORS:
        yield Part(name, _OPERATORS[type(tree)], (_sql(tree.expression),))
    elif isinstance(tree, exp.Between):
        yield Part(name, "between", (_sql(tree.args["low"]), _sql(tree.args["high"])))
    elif isinstance(tree, exp.In):
        yield Part(name, "in", tuple(_sql(each) for each in tree.expressions))


def _name(tree: object) -> str:
    """The input a column stands for; empty for anything else."""
    if not isinstance(tree, exp.Column):
        return ""
    return ".".join(part.name for part in tree.parts)


def _sql(tree: exp.Expr) -> str:
    return str(tree.sql(dialect="postgres"))


def _need(part: Part, inputs: Inputs) -> Need | None:
    own: tuple[Value, ...] = inputs.numbers(part.name)
    text = inputs.column(part.name)
    if not own and isinstance(text, str):
        own = (text,)
    sides = [_side(side, inputs) for side in part.sides]
    if not own or any(value is None for value, _names in sides):
        return None
    needed = tuple(value for value, _names in sides if value is not None)
    if _holds(own, part.operator, needed):
        return None
    reference = tuple(dict.fromkeys(name for _value, names in sides for name in names))
    return Need(part.name, own, part.operator, needed, reference)


def _side(text: str, inputs: Inputs) -> tuple[Value | None, tuple[str, ...]]:
    """The value of a constant or of an expression over known inputs."""
    tree = sqlglot.parse_one(text, dialect="postgres")
    if isinstance(tree, exp.Literal):
        return (tree.name if tree.is_string else Decimal(tree.name)), ()
    names = tuple(dict.fromkeys(_name(column) for column in tree.find_all(exp.Column)))
    if inputs.missing(names):
        return None, names
    found = read(text)  # the same checks and names as any condition
    value = row_for([found], inputs).select(pl.sql_expr(found.sql).cast(pl.Float64)).item()
    return (None if value is None else Decimal(str(round(value, 6)))), names


def _holds(own: tuple[Value, ...], operator: str, needed: tuple[Value, ...]) -> bool:
    """Whether one comparison holds; of several numbers the largest counts, as in conditions."""
    value = (
        own[0] if isinstance(own[0], str) else max(one for one in own if isinstance(one, Decimal))
    )
    if operator in ("in", "=", "≠"):
        return (value in needed) is (operator != "≠")
    low, high = needed[0], needed[-1]
    if isinstance(value, str) or isinstance(low, str) or isinstance(high, str):
        return False
    if operator == "between":
        return low <= value <= high
    return {">": value > low, "≥": value >= low, "<": value < low, "≤": value <= low}[operator]
