"""Shared by engine tests: instruments, random answers, and a second scorer in plain fractions."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from questionnaires.instruments import Definition, validate

HERE = Path(__file__).parent
SHIPPED = HERE.parents[2] / "questionnaires" / "catalog" / "instruments"


def loaded(document: Any) -> Definition:
    """The definition of a sound document."""
    definition, problems = validate(document)
    assert definition is not None, [str(problem) for problem in problems]
    return definition


@cache
def everything() -> Definition:
    return loaded(yaml.safe_load((HERE / "everything.yaml").read_text(encoding="utf-8")))


@cache
def miit() -> Definition:
    path = SHIPPED / "miit-sme-2024.yaml"
    return loaded(yaml.safe_load(path.read_text(encoding="utf-8")))


def small(questions: list[dict[str, Any]], **rest: Any) -> Definition:
    """A small instrument around some questions; the tree sums those with points."""
    document = {
        "format": "shuheng.instrument/1", "code": "small", "version": "1", "status": "own",
        "title": "小", "notice": "测试",
        "sections": [{"code": "s", "title": "节", "questions": questions}],
    }  # fmt: skip
    return loaded(document | rest)


def tree(*codes: str, aggregate: str = "sum", **rest: Any) -> dict[str, Any]:
    children = [{"question": code} if isinstance(code, str) else code for code in codes]
    return {"code": "total", "title": "总", "aggregate": aggregate, "children": children} | rest


def answers_of(definition: Definition) -> st.SearchStrategy[dict[str, Any]]:
    """Random answers: any question may be left out, unknown, or not applicable where allowed."""
    return st.fixed_dictionaries(
        {}, optional={code: answer_of(q) for code, q in definition.questions.items()}
    )


def answer_of(question: Any) -> st.SearchStrategy[Any]:
    special = [st.none()]
    if question.allow_unknown:
        special.append(st.just({"unknown": True}))
    if question.takes_not_applicable:
        special.append(st.just({"not_applicable": "没有"}))
    value = _VALUES[question.kind](question)
    return st.one_of(value, value, value, *special)


def _numbers(question: Any) -> st.SearchStrategy[Any]:
    edges = st.sampled_from([0, 1, 3, 4, 10, 10.5, 20, 30, 40, 60, 80])
    return st.one_of(edges, st.integers(0, 100_00).map(lambda n: n / 100))


def _ratio(question: Any) -> st.SearchStrategy[Any]:
    counts = st.tuples(st.integers(0, 200), st.integers(1, 200)).filter(lambda c: c[0] <= c[1])
    percent = st.one_of(st.sampled_from([0, 10, 20, 40, 60, 100]), st.floats(0, 100, width=32))
    return st.one_of(percent, counts.map(lambda c: {"part": c[0], "whole": c[1]}))


def _multiple(question: Any) -> st.SearchStrategy[Any]:
    alone = [[o.code] for o in question.options if o.exclusive]
    others = [o.code for o in question.options if not o.exclusive]
    chosen = st.lists(st.sampled_from(others), unique=True, min_size=1)
    return st.one_of(chosen, *([st.sampled_from(alone)] if alone else []))


_VALUES: dict[str, Any] = {
    "single": lambda q: st.sampled_from([o.code for o in q.options]),
    "multiple": _multiple,
    "number": _numbers,
    "ratio": _ratio,
    "ladder": lambda q: st.integers(0, len(q.rungs) - 1),
    "yes_no": lambda q: st.booleans(),
    "text": lambda q: st.text(max_size=q.max_length, alphabet="数字abc 12"),
    "date": lambda q: st.dates(q.min, q.max).map(lambda d: d.isoformat()),
    "before_after": lambda q: st.tuples(_numbers(q), _numbers(q)).map(
        lambda p: {"before": p[0], "after": p[1]}
    ),
    "evidence": lambda q: st.lists(st.just("台账.pdf"), max_size=q.max_files),
}


# --- A second scorer, as plain as can be ------------------------------------------------------


def half_up(value: Fraction) -> Fraction:
    """To six decimals, halves away from zero."""
    sign = -1 if value < 0 else 1
    return sign * Fraction(math.floor(abs(value) * 10**6 + Fraction(1, 2)), 10**6)


def exact(number: Decimal | None) -> Fraction:
    return Fraction(number or 0)


def plain_node(definition: Definition, code: str, items: dict[str, Any]) -> Fraction | None:
    """A node's score by fractions, from the points of items as the engine reports them."""
    return _node(definition, definition.nodes[code], items)


def _node(definition: Definition, node: Any, items: dict[str, Any]) -> Fraction | None:
    scores, maxima, weights = [], [], []
    for child in node.children:
        leaf = hasattr(child, "question")
        score = items[child.question] if leaf else _node(definition, child, items)
        most = top(definition, child)
        if score is not None:
            score = Fraction(Decimal(str(score))) if leaf else score
            scores, maxima, weights = (
                [*scores, score],
                [*maxima, most],
                [*weights, exact(child.weight)],
            )
    if not scores:
        return None
    scale = top(definition, node)
    shares = [s / m for s, m in zip(scores, maxima, strict=True)]
    if node.aggregate == "sum":
        return half_up(sum(scores) * scale / sum(maxima))
    if node.aggregate == "minimum":
        return half_up(min(shares) * scale)
    if node.aggregate == "weighted_mean":
        return half_up(
            scale * sum(w * s for w, s in zip(weights, shares, strict=True)) / sum(weights)
        )
    return _geometric(shares, weights, scale)


def _geometric(shares: list[Fraction], weights: list[Fraction], scale: Fraction) -> Fraction:
    if min(shares) == 0:
        return Fraction(0)
    logs = sum(float(w) * math.log(float(s)) for w, s in zip(weights, shares, strict=True))
    value = float(scale) * math.exp(logs / float(sum(weights)))
    return Fraction(Decimal(repr(value)).quantize(Decimal("0.000001"), ROUND_HALF_UP))


def top(definition: Definition, part: Any) -> Fraction:
    """The most a child of the tree can reach."""
    from questionnaires.instruments.questions import reach

    if hasattr(part, "question"):
        computed = {c.code: c for c in definition.computed}
        found = definition.questions.get(part.question) or computed[part.question]
        return exact(reach(found))
    if part.aggregate != "sum":
        return exact(part.scale)
    return sum((top(definition, child) for child in part.children), Fraction(0))
