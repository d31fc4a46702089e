"""Expressions: parsed by sqlglot, held to an allow-list, rewritten for coded frames.

The outcome is SQL text for ``polars.sql_expr`` over the columns of a coded frame (see
``questionnaires.answers.coding``). Aggregates, windows, sub-selects and statements are refused
before anything is evaluated: they would let one enterprise's score depend on another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from questionnaires.instruments.rewriting import (
    GUARDS,
    HALF,
    Binding,
    calculated,
    column,
    compared,
    integer,
    reading,
    spread,
    zero,
)
from questionnaires.instruments.said import Said, say

MOST_CHARACTERS = 2000
MOST_NODES = 500
MOST_GUARDS = 5  # nested divisions and functions; each guard doubles the work below it
_MOST_NESTED = 40

_FUNCTIONS: dict[type[exp.Expr], str] = {
    exp.Coalesce: "COALESCE",
    exp.Nullif: "NULLIF",
    exp.Least: "LEAST",
    exp.Greatest: "GREATEST",
    exp.Abs: "ABS",
    exp.Round: "ROUND",
    exp.Floor: "FLOOR",
    exp.Ceil: "CEIL",
    exp.Sqrt: "SQRT",
    exp.Ln: "LN",
    exp.Exp: "EXP",
    exp.Pow: "POWER",
    exp.StartsWith: "STARTS_WITH",
    exp.Length: "LENGTH",
    exp.ArrayContains: "ARRAY_CONTAINS",
    exp.ArraySize: "ARRAY_LENGTH",
}
_OPERATORS: tuple[type[exp.Expr], ...] = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In,
    exp.Between, exp.Like, exp.Is, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg,
    exp.Case, exp.If, exp.Paren, exp.Column, exp.Identifier, exp.Literal, exp.Null,
    exp.Boolean, exp.Cast, exp.DataType,
)  # fmt: skip
_ALLOWED = frozenset((*_OPERATORS, *_FUNCTIONS))
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_GUARDED = (exp.Div, exp.Mod, exp.Sqrt, exp.Ln, exp.Exp, exp.Pow, exp.Round)


@dataclass(frozen=True)
class Fault:
    """What is wrong with an expression (where it stands is the caller's to say)."""

    code: str
    expected: Said
    fix: Said


@dataclass
class Expression:
    """A checked expression: SQL over the coded frame, and the names it uses."""

    sql: str = ""
    names: set[str] = field(default_factory=set)
    columns: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


Scope = Mapping[str, Binding]


def read_expression(text: str, scope: Scope) -> Expression:
    """Parse, check and rewrite ``text``. Never raises; all faults are in the outcome."""
    found = Expression()
    tree = _parse(text, found)
    if tree is None:
        return found
    _check_nodes(tree, found)
    if not found.faults:
        tree = _Rewriting(scope, found).rewrite(tree)
    if not found.faults:
        found.sql = tree.sql(comments=False)
    return found


def _parse(text: str, found: Expression) -> exp.Expr | None:
    if len(text) > MOST_CHARACTERS:
        expected = say("at most %(count)s characters", count=MOST_CHARACTERS)
        fix = say("use computed values for parts of it")
        found.faults.append(Fault("expression_too_long", expected, fix))
        return None
    if _nesting(text) > _MOST_NESTED:
        found.faults.append(_TOO_DEEP)
        return None
    try:
        trees = sqlglot.parse(text)
    except (SqlglotError, ValueError, TypeError) as error:
        reason = str(error).splitlines()[0][:120]
        expected = say("an expression (the parser says: %(said)s)", said=reason)
        fix = say("correct it there; docs/instrument-format.md lists what may stand in it")
        found.faults.append(Fault("bad_expression", expected, fix))
        return None
    except RecursionError:
        found.faults.append(_TOO_DEEP)
        return None
    if len(trees) != 1 or trees[0] is None:
        fix = say("remove the semicolon")
        found.faults.append(Fault("bad_expression", say("one expression"), fix))
        return None
    return trees[0]


_TOO_DEEP = Fault(
    "expression_too_deep", say("a simpler expression"), say("use a computed value in between")
)


def _nesting(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest


def _check_nodes(tree: exp.Expr, found: Expression) -> None:
    for count, node in enumerate(tree.walk(), 1):
        if count > MOST_NODES:
            found.faults.append(_TOO_DEEP)
            return
        fault = _refused(node)
        if fault and fault not in found.faults:
            found.faults.append(fault)
    if not found.faults and _guards(tree) > MOST_GUARDS:
        found.faults.append(_TOO_DEEP)


def _refused(node: exp.Expr) -> Fault | None:
    if type(node) not in _ALLOWED:
        shown = node.name if isinstance(node, exp.Anonymous) else type(node).__name__
        return Fault(
            "not_allowed",
            say("operators and functions of docs/instrument-format.md"),
            say("remove “%(name)s”", name=str(shown)[:40]),
        )
    if isinstance(node, exp.Cast) and not _is_date(node):
        expected = say("no conversions but DATE '2026-05-01'")
        return Fault("not_allowed", expected, say("remove the CAST"))
    if isinstance(node, exp.In) and (node.args.get("query") or not node.expressions):
        return Fault("not_allowed", say("a list of values after IN"), say("write IN ('A', 'B')"))
    if isinstance(node, exp.Literal) and not node.is_string and not _finite(node.name):
        expected = say("a number up to %(most)s", most="1000000000000")
        return Fault("too_large", expected, say("write a smaller number"))
    if isinstance(node, exp.Like) and not isinstance(node.expression, exp.Literal):
        return Fault(
            "not_allowed",
            say("a text in quotes after LIKE"),
            say("write LIKE %(example)s", example="'C3%'"),
        )
    return None


def _finite(number: str) -> bool:
    try:
        return abs(float(number)) <= 1e12
    except ValueError:
        return False


def _is_date(node: exp.Cast) -> bool:
    if node.to.this != exp.DataType.Type.DATE or not isinstance(node.this, exp.Literal):
        return False
    try:
        return bool(date.fromisoformat(node.this.name))
    except ValueError:
        return False


def _guards(node: exp.Expr) -> int:
    """How many guarded nodes lie inside one another (iteratively: trees may be deep)."""
    deepest, stack = 0, [(node, 0)]
    while stack:
        part, above = stack.pop()
        above += isinstance(part, _GUARDED)
        deepest = max(deepest, above)
        stack.extend((child, above) for child in part.iter_expressions())
    return deepest


class _Rewriting:
    """One pass over the tree, children first, that replaces names by coded columns."""

    def __init__(self, scope: Scope, found: Expression) -> None:
        self.scope, self.found = scope, found

    def rewrite(self, node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Cast):
            return node
        if isinstance(node, exp.Column):
            return self.name(node)
        if isinstance(node, exp.Literal):
            return self.literal(node)
        if isinstance(node, exp.ArrayContains | exp.ArraySize):
            return self.set_function(node)
        if isinstance(node, exp.Round):
            return self.round(node)
        if isinstance(node, exp.Like):
            node.set("this", self.rewrite(node.this))
            return node
        self.check_options(node)
        sums = any(calculated(part) for part in node.iter_expressions())
        self.children(node)
        if sums and isinstance(node, _COMPARISONS):
            return compared(node)
        if sums and isinstance(node, exp.Between):
            return spread(node)
        guard = GUARDS.get(type(node))
        return guard(node) if guard else node

    def children(self, node: exp.Expr) -> None:
        for key, value in list(node.args.items()):
            if isinstance(value, exp.Expr):
                node.set(key, self.rewrite(value))
            elif isinstance(value, list):
                node.set(key, [self.rewrite(v) if isinstance(v, exp.Expr) else v for v in value])

    def fault(self, code: str, expected: Said, fix: Said) -> None:
        fault = Fault(code, expected, fix)
        if fault not in self.found.faults:
            self.found.faults.append(fault)

    def unknown_option(self, binding: Binding) -> None:
        expected = say("one of %(choices)s", choices=", ".join(binding.options))
        self.fault("unknown_option", expected, say("write one of these"))

    def literal(self, node: exp.Literal) -> exp.Expr:
        """Number literals become doubles: decimal literals would divide as decimals."""
        return node if node.is_string else exp.cast(node, "DOUBLE")

    def binding(self, node: exp.Expr) -> Binding | None:
        if not isinstance(node, exp.Column):
            return None
        return self.scope.get(node.name if not node.table else f"{node.table}.{node.name}")

    def name(self, node: exp.Column) -> exp.Expr:
        name = ".".join(part.name for part in node.parts)
        binding = self.scope.get(name)
        if binding is None:
            self.fault(
                "unknown_name",
                say("a question, computed value or profile field that may be used here"),
                say(
                    "correct “%(name)s” (codes with a hyphen stand in double quotes)",
                    name=name[:80],
                ),
            )
            return node
        self.use(name, binding)
        if binding.coding == "multiple":
            self.fault(
                "set_not_a_value",
                say("ARRAY_CONTAINS or ARRAY_LENGTH around a multiple question"),
                say("write ARRAY_CONTAINS(%(name)s, 'A')", name=name),
            )
        return reading(binding)

    def use(self, name: str, binding: Binding) -> None:
        self.found.names.add(name)
        self.found.columns[binding.column] = binding.coding

    def set_function(self, node: exp.Expr) -> exp.Expr:
        binding = self.binding(node.this)
        if binding is None or binding.coding != "multiple":
            expected = say("a multiple question in ARRAY_CONTAINS and ARRAY_LENGTH")
            self.fault("not_a_set", expected, say("name a multiple question"))
            return node
        self.use(node.this.name, binding)
        coded = column(binding.column)
        if isinstance(node, exp.ArraySize):
            return exp.cast(exp.func("BIT_COUNT", coded), "DOUBLE")
        wanted = node.expression
        if not (isinstance(wanted, exp.Literal) and wanted.name in binding.options):
            self.unknown_option(binding)
            return node
        bit = exp.Literal.number(1 << binding.options.index(wanted.name))
        return exp.paren(exp.NEQ(this=exp.func("BIT_AND", coded, bit), expression=integer(0)))

    def round(self, node: exp.Round) -> exp.Expr:
        """Half away from zero; the library would round halves to even."""
        digits = node.args.get("decimals")
        if digits is not None and not (
            isinstance(digits, exp.Literal) and digits.name in "0123456"
        ):
            expected = say("ROUND(x, n) with n from 0 to 6")
            self.fault("not_allowed", expected, say("write such a digit for n"))
            return node
        factor = exp.cast(integer(10 ** int(digits.name) if digits is not None else 1), "DOUBLE")
        value = exp.paren(self.rewrite(node.this))
        grown = exp.Add(this=exp.Mul(this=exp.Abs(this=value), expression=factor), expression=HALF)
        nothing = exp.Mul(this=value.copy(), expression=zero())
        divisor = exp.paren(exp.Add(this=factor.copy(), expression=nothing))  # see rewriting
        whole = exp.Div(this=exp.Floor(this=grown), expression=divisor)
        return exp.paren(exp.Mul(this=exp.func("SIGN", value.copy()), expression=whole))

    def kind(self, node: exp.Expr) -> str:
        """number, text, date or yes_no where a side of a comparison is plainly one; else ""."""
        if isinstance(node, exp.Cast):
            return "date"
        if isinstance(node, exp.Literal):
            return "text" if node.is_string else "number"
        binding = self.binding(node)
        coding = binding.coding if binding else ""
        return {"single": "text", "choice": "text", "multiple": ""}.get(coding, coding)

    def check_options(self, node: exp.Expr) -> None:
        """A comparison with an option that does not exist would silently never hold."""
        if not isinstance(node, (*_COMPARISONS, exp.In, exp.Between)):
            return
        sides = list(node.iter_expressions())
        if len({kind for side in sides if (kind := self.kind(side))}) > 1:
            expected = say("two numbers, two texts or two dates")
            self.fault("type_mismatch", expected, say("compare like with like"))
        bindings = [b for side in sides if (b := self.binding(side)) and b.options]
        for binding in bindings:
            texts = [s.name for s in sides if isinstance(s, exp.Literal) and s.is_string]
            if binding.coding != "multiple" and any(t not in binding.options for t in texts):
                self.unknown_option(binding)
