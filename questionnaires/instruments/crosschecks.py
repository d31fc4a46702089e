"""Checks across an instrument: codes, references, expressions, tree, levels."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from questionnaires.instruments import scopes
from questionnaires.instruments.bands import check_bands
from questionnaires.instruments.checking import correct, expression, unique
from questionnaires.instruments.definition import Definition, Leaf, Node
from questionnaires.instruments.expressions import Scope
from questionnaires.instruments.fields import RESERVED, plain
from questionnaires.instruments.levelchecks import check_levels
from questionnaires.instruments.points import ExpressionPoints
from questionnaires.instruments.problems import Path, Problem
from questionnaires.instruments.questions import (
    Advice,
    Ladder,
    Multiple,
    WithOptions,
    reach,
)
from questionnaires.instruments.said import Said, say
from questionnaires.instruments.trial import check_expression

MOST_TOTAL = Decimal(10) ** 9


def cross_check(definition: Definition) -> list[Problem]:
    """Every fault that only shows when parts are seen together."""
    found: list[Problem] = []
    for check in (_codes, _questions, _relevance, _computed, _checks, _tree, check_levels, _notice):
        found.extend(check(definition))
    return list(dict.fromkeys(found))


def question_paths(definition: Definition) -> Iterator[tuple[Path, Any]]:
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            yield ("sections", s, "questions", q), question


def node_paths(node: Node, path: Path = ("tree",)) -> Iterator[tuple[Path, Node | Leaf]]:
    yield path, node
    for index, child in enumerate(node.children):
        below = (*path, "children", index)
        if isinstance(child, Node):
            yield from node_paths(child, below)
        else:
            yield below, child


def _notice(definition: Definition) -> Iterator[Problem]:
    if definition.status != "official" and definition.notice is None:
        expected = say("a notice that says where the rules come from")
        yield Problem(("notice",), "missing_field", expected, say("add “%(name)s”", name="notice"))


def _codes(definition: Definition) -> Iterator[Problem]:
    shared = [((*path, "code"), q.code) for path, q in question_paths(definition)]
    shared += [(("computed", i, "code"), c.code) for i, c in enumerate(definition.computed)]
    if definition.tree:
        nodes = node_paths(definition.tree)
        shared += [((*path, "code"), n.code) for path, n in nodes if isinstance(n, Node)]
    yield from unique(shared, say("question, computed value or node"))
    for path, code in shared:
        if code in RESERVED:
            fix = say("rename “%(code)s”", code=code)
            yield Problem(path, "reserved_code", say("a code that is not reserved"), fix)
    sections = [(("sections", i, "code"), s.code) for i, s in enumerate(definition.sections)]
    yield from unique(sections, say("section"))
    yield from unique(
        [(("checks", i, "code"), c.code) for i, c in enumerate(definition.checks)], say("check")
    )


def _questions(definition: Definition) -> Iterator[Problem]:
    values = scopes.of_values(definition)
    for path, question in question_paths(definition):
        yield from _options(path, question)
        yield from _range(path, question)
        yield from _points(path, question, values)
        for index, advice in enumerate(question.advice):
            yield from _advice((*path, "advice", index), advice, question, values)


def _options(path: Path, question: Any) -> Iterator[Problem]:
    if isinstance(question, WithOptions):
        items = [((*path, "options", i, "code"), o.code) for i, o in enumerate(question.options)]
        yield from unique(items, say("option"))
        for index, option in enumerate(question.options):
            if option.exclusive and not isinstance(question, Multiple):
                place = (*path, "options", index, "exclusive")
                expected = say("exclusive in multiple only")
                yield Problem(place, "exclusive_in_single", expected, _remove("exclusive"))
    if isinstance(question, Ladder):
        for index, rung in enumerate(question.rungs):
            base = (*path, "rungs", index, "branches")
            items = [((*base, i, "code"), b.code) for i, b in enumerate(rung.branches)]
            yield from unique(items, say("branch"))


def _range(path: Path, question: Any) -> Iterator[Problem]:
    low, high = getattr(question, "min", None), getattr(question, "max", None)
    if low is not None and high is not None and low > high:
        expected = say("max not below min")
        yield Problem((*path, "max"), "empty_range", expected, say("swap min and max"))


def _points(path: Path, part: Any, scope: Scope) -> Iterator[Problem]:
    points = part.points
    if isinstance(points, ExpressionPoints):
        yield from expression((*path, "points", "expression"), points.expression, scope, False)
    if points is not None and hasattr(points, "bands"):
        yield from check_bands((*path, "points", "bands"), part)
    inner = part.option_points() if isinstance(part, WithOptions) else None
    inner = part.rung_points() if isinstance(part, Ladder) else inner
    if points is not None and inner is not None:
        expected = say("points either of the question or of its options or rungs")
        yield Problem((*path, "points"), "points_twice", expected, say("remove one of the two"))
    most = reach(part)
    if most is not None and most == 0:
        expected = say("points above 0 somewhere")
        yield Problem(path, "no_points_to_earn", expected, say("raise the points or remove them"))


def _advice(path: Path, advice: Advice, question: Any, scope: Scope) -> Iterator[Problem]:
    fields = ("rung_below", "lacking", "points_below", "when")
    given = [name for name in fields if getattr(advice, name) is not None]
    if len(given) != 1:
        expected = say("exactly one of %(choices)s", choices=", ".join(fields))
        yield Problem(path, "one_condition", expected, say("keep one of them"))
    if advice.when is not None:
        yield from expression((*path, "when"), advice.when, scope, True)
    if advice.rung_below is not None and not isinstance(question, Ladder):
        expected = say("rung_below on a ladder only")
        yield Problem((*path, "rung_below"), "not_a_ladder", expected, _remove("rung_below"))
    elif advice.rung_below is not None and not 0 < advice.rung_below < len(question.rungs):
        expected = say("a rung from 1 to %(most)s", most=len(question.rungs) - 1)
        yield Problem((*path, "rung_below"), "unknown_rung", expected, say("write such a rung"))
    if advice.lacking is not None:
        codes = [option.code for option in getattr(question, "options", ())]
        if advice.lacking not in codes:
            expected = say("one of %(choices)s", choices=", ".join(codes))
            yield Problem((*path, "lacking"), "unknown_option", expected, correct(advice.lacking))
    if advice.points_below is not None and reach(question) is None:
        expected = say("points_below only where a question has points")
        yield Problem((*path, "points_below"), "no_points", expected, _remove("points_below"))


def _relevance(definition: Definition) -> Iterator[Problem]:
    """Relevance may ask the profile and earlier questions only, so there are no circles."""
    scope, every = dict(scopes.PROFILE), scopes.of_values(definition)
    for s, section in enumerate(definition.sections):
        if section.relevant:
            yield from _earlier(("sections", s, "relevant"), section.relevant, scope, every)
        for q, question in enumerate(section.questions):
            if question.relevant:
                place: Path = ("sections", s, "questions", q, "relevant")
                yield from _earlier(place, question.relevant, scope, every)
            scope |= scopes.of_question(question)


def _earlier(path: Path, text: str, scope: Scope, every: Scope) -> Iterator[Problem]:
    for problem in expression(path, text, scope, True):
        if problem.code == "unknown_name" and not check_expression(text, every, True).faults:
            expected = say("only the profile and questions asked earlier")
            fix = say("move the question down, or ask for something earlier")
            yield Problem(path, "not_yet_asked", expected, fix)
        else:
            yield problem


def _computed(definition: Definition) -> Iterator[Problem]:
    scope, every = scopes.of_questions(definition), scopes.of_values(definition)
    for index, computed in enumerate(definition.computed):
        path: Path = ("computed", index)
        yield from expression((*path, "value"), computed.value, scope, False)
        scope[computed.code] = every[computed.code]
        yield from _points(path, computed, every)


def _checks(definition: Definition) -> Iterator[Problem]:
    scope = scopes.of_values(definition)
    for index, check in enumerate(definition.checks):
        yield from expression(("checks", index, "when"), check.when, scope, True)
        for q, code in enumerate(check.questions):
            if code not in definition.questions:
                path: Path = ("checks", index, "questions", q)
                yield Problem(path, "unknown_question", say("a question's code"), correct(code))


def _tree(definition: Definition) -> Iterator[Problem]:
    parts = definition.questions | {c.code: c for c in definition.computed}
    scored = {code for code, part in parts.items() if reach(part) is not None}
    if definition.tree is None:
        if scored:
            expected = say("a tree, since questions have points")
            yield Problem(("tree",), "missing_field", expected, say("add “%(name)s”", name="tree"))
        return
    placed: set[str] = set()
    for path, child in node_paths(definition.tree):
        if isinstance(child, Leaf):
            yield from _placed((*path, "question"), child.question, parts, scored, placed)
    for path, part in [*question_paths(definition), *_computed_paths(definition)]:
        if part.code in scored - placed:
            fix = say("add {question: %(code)s} to the tree or remove its points", code=part.code)
            expected = say("every scored question in the tree")
            yield Problem((*path, "code"), "not_in_tree", expected, fix)
    if placed <= scored:
        yield from _maxima(definition.tree, parts)


def _remove(name: str) -> Said:
    return say("remove “%(name)s”", name=name)


def _computed_paths(definition: Definition) -> Iterator[tuple[Path, Any]]:
    for index, computed in enumerate(definition.computed):
        yield ("computed", index), computed


def _placed(
    path: Path, code: str, parts: dict[str, Any], scored: set[str], placed: set[str]
) -> Iterator[Problem]:
    if code not in parts:
        expected = say("the code of a question or computed value")
        yield Problem(path, "unknown_question", expected, correct(code))
    elif code not in scored:
        fix = say("give “%(code)s” points, or take it out of the tree", code=code)
        yield Problem(path, "no_points", say("a question that has points"), fix)
    elif code in placed:
        fix = say("remove one of the two")
        yield Problem(path, "twice_in_tree", say("each question once in the tree"), fix)
    placed.add(code)


def node_max(node: Node, parts: dict[str, Any]) -> Decimal:
    """What a node can reach: its scale, or in a sum the children's maxima."""
    if node.aggregate != "sum":
        return node.scale
    return sum((_child_max(child, parts) for child in node.children), Decimal(0))


def _child_max(child: Node | Leaf, parts: dict[str, Any]) -> Decimal:
    if isinstance(child, Node):
        return node_max(child, parts)
    return reach(parts[child.question]) or Decimal(0)


def _maxima(tree: Node, parts: dict[str, Any]) -> Iterator[Problem]:
    for path, node in node_paths(tree):
        if not isinstance(node, Node):
            continue
        most = node_max(node, parts)
        if node.max is not None and node.max != most:
            fix = say("write max: %(most)s or correct the points below", most=plain(most))
            expected = say("%(most)s, which is what its parts can reach", most=plain(most))
            yield Problem((*path, "max"), "max_mismatch", expected, fix)
        if most > MOST_TOTAL:
            expected = say("at most %(most)s points", most=plain(MOST_TOTAL))
            yield Problem(path, "too_large", expected, say("write fewer points"))
