"""SQL that the reader of expressions puts in: columns for names, guards for arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp


@dataclass(frozen=True)
class Binding:
    """What a name stands for: a coded column, how it is coded, and its options if any."""

    column: str
    coding: str  # number | text | date | yes_no | single | multiple | choice
    options: tuple[str, ...] = ()


HALF = exp.cast(exp.Literal.number("0.5"), "DOUBLE")


def integer(value: int) -> exp.Expr:
    return exp.Literal.number(value)


def zero() -> exp.Expr:
    return exp.cast(integer(0), "DOUBLE")


def column(name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True))


def reading(binding: Binding) -> exp.Expr:
    """The value of a name as expressions see it, read from its coded column."""
    coded = column(binding.column)
    if binding.coding == "number":
        return exp.cast(coded, "DOUBLE")
    if binding.coding != "single":
        return coded
    case = exp.Case(this=coded, ifs=[])
    for index, option in enumerate(binding.options):
        case = case.when(integer(index), exp.Literal.string(option))
    return exp.paren(case)


def _no_zero(node: exp.Expr) -> exp.Expr:
    """Dividing by zero gives NULL.

    A constant divisor is made a column (plus nothing times the dividend): dividing a column by a
    constant multiplies by its reciprocal, so 7 / 10 would be 0.7 alone and 0.7000000000000001
    in a batch.
    """
    nil, dividend = zero(), exp.paren(node.this)
    divisor: exp.Expr = exp.Nullif(this=exp.paren(node.expression), expression=nil)
    if not node.expression.find(exp.Column):
        nothing = exp.Mul(this=dividend.copy(), expression=nil.copy())
        divisor = exp.paren(exp.Add(this=divisor, expression=nothing))
    node.set("expression", divisor)
    node.set("this", dividend)
    return exp.paren(node)


_ARITHMETIC = (
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Abs, exp.Round, exp.Sqrt, exp.Ln, exp.Exp,
    exp.Pow,
)  # fmt: skip
_NEAR = "0.000000001"


def calculated(node: exp.Expr) -> bool:
    return isinstance(node.unnest(), _ARITHMETIC)


def _near(negative: bool = False) -> exp.Expr:
    return exp.cast(exp.Literal.number(("-" if negative else "") + _NEAR), "DOUBLE")


def compared(node: exp.Expr) -> exp.Expr:
    """Compare calculated numbers to a billionth, so that 0.7 * 3 >= 2.1 holds."""
    gap: exp.Expr = exp.Sub(this=exp.paren(node.this), expression=exp.paren(node.expression))
    if isinstance(node, exp.EQ | exp.NEQ):
        gap = exp.Abs(this=gap)
        kind: type[exp.Expr] = exp.LTE if isinstance(node, exp.EQ) else exp.GT
        return exp.paren(kind(this=gap, expression=_near()))
    below = isinstance(node, exp.GTE | exp.LT)
    return exp.paren(type(node)(this=gap, expression=_near(negative=below)))


def spread(node: exp.Expr) -> exp.Expr:
    """``x BETWEEN a AND b`` as two comparisons."""
    low = exp.GTE(this=node.this, expression=node.args["low"])
    high = exp.LTE(this=node.this.copy(), expression=node.args["high"])
    return exp.paren(exp.And(this=compared(low), expression=compared(high)))


def _no(*values: str) -> Callable[[exp.Expr], exp.Expr]:
    """Outcomes outside the real numbers are NULL (NaN would count as larger than anything)."""

    def guard(node: exp.Expr) -> exp.Expr:
        for value in values:
            other = exp.cast(exp.Literal.string(value), "DOUBLE")
            node = exp.Nullif(this=node, expression=other)
        return node

    return guard


def _ln(node: exp.Expr) -> exp.Expr:
    """Logarithms of what is not positive are NULL (GREATEST skips NULL, NULLIF brings it back)."""
    nil = zero()
    positive = exp.Greatest(this=node.this, expressions=[nil], ignore_nulls=True)
    return exp.Ln(this=exp.Nullif(this=positive, expression=nil.copy()))


GUARDS: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Div: _no_zero,
    exp.Mod: _no_zero,
    exp.Sqrt: _no("nan"),
    exp.Exp: _no("inf"),
    exp.Pow: _no("nan", "inf"),
    exp.Ln: _ln,
}
