"""One set of answers, several instruments: what of one instrument the answers to another give.

Answers belong to indicators. Where two instruments ask for the same indicator in the same way, one
answer serves both; where a stated rule lets one answer settle another, that one follows. Nothing is
guessed, and what is left is said. The rules are ``questionnaires.crosswalk``; here is what they
cover of a score.

>>> found = translate(answers, version_1, version_2)
>>> found.answers, found.covered, found.open, found.coverage.points
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from questionnaires.crosswalk import Given, Link, carry, links
from questionnaires.instruments import Definition
from questionnaires.instruments.definition import Leaf, Node
from questionnaires.instruments.questions import reach

__all__ = ["Coverage", "Given", "Link", "Translation", "coverage", "links", "translate"]


@dataclass(frozen=True)
class Coverage:
    """How much of an instrument is answered.

    ``questions`` of ``all_questions``; ``scored`` of ``all_scored`` questions and computed values
    that stand in the tree; ``points`` is the share, 0 … 1, of the whole score they decide when all
    is asked, None without a tree.
    """

    questions: int
    all_questions: int
    scored: int
    all_scored: int
    points: Fraction | None


@dataclass(frozen=True)
class Translation:
    """Answers for the target, codes of its questions that have one and of those that have none.

    ``given`` says of each answer where it comes from and by which derivation, if by one.
    """

    answers: dict[str, Any]
    given: dict[str, Given]
    covered: tuple[str, ...]
    open: tuple[str, ...]
    coverage: Coverage


def translate(
    answers: Any, source: Definition, target: Definition, not_asked: Iterable[str] = ()
) -> Translation:
    """What ``answers`` to ``source`` (as read from JSON) answer of ``target``, exactly.

    ``not_asked``: questions the target does not ask of this enterprise; they count nowhere.
    """
    skipped = set(not_asked)
    given = carry(answers, source, target, skipped)
    raw = {code: one.raw for code, one in given.items()}
    asked = [code for code in target.questions if code not in skipped]
    open_ = tuple(code for code in asked if code not in given)
    return Translation(raw, given, tuple(given), open_, coverage(target, given, skipped))


def coverage(
    definition: Definition, answered: Iterable[str], not_asked: Iterable[str] = ()
) -> Coverage:
    """How much of ``definition`` the answered questions are; a computed value counts once all the
    questions it rests on are answered, and nowhere when one of them is not asked."""
    have, skipped = set(answered), set(not_asked)
    needed = rests_on(definition)
    out = skipped | {code for code, needs in needed.items() if needs & skipped}
    shares = _shares(definition.tree, definition, out) if definition.tree else {}
    done = {code for code in shares if needed.get(code, {code}) <= have}
    asked = [code for code in definition.questions if code not in skipped]
    points = sum((shares[code] for code in done), Fraction(0)) if definition.tree else None
    questions = sum(code in have for code in asked)
    return Coverage(questions, len(asked), len(done), len(shares), points)


def rests_on(definition: Definition) -> dict[str, set[str]]:
    """Each computed value's questions, through other computed values too."""
    found: dict[str, set[str]] = {}
    for value in definition.compiled["computed"]:
        inner = [found[code] for code in value["values"]]
        found[value["code"]] = set(value["questions"]).union(*inner)
    return found


def _shares(node: Node, definition: Definition, out: set[str]) -> dict[str, Fraction]:
    """The share of the whole score each leaf decides; weights pass on as in the engine."""
    found: dict[str, Fraction] = {}
    below: list[tuple[Fraction, dict[str, Fraction]]] = []
    for child in node.children:
        inner = _inner(child, definition, out)
        if inner:
            below.append((_weight(node, child, definition), inner))
    whole = sum((weight for weight, _ in below), Fraction(0))
    for weight, inner in below:
        for code, share in inner.items():
            found[code] = share * weight / whole if whole else Fraction(0)
    return found


def _inner(child: Leaf | Node, definition: Definition, out: set[str]) -> dict[str, Fraction]:
    if isinstance(child, Node):
        return _shares(child, definition, out)
    return {} if child.question in out else {child.question: Fraction(1)}


def _weight(node: Node, child: Leaf | Node, definition: Definition) -> Fraction:
    return Fraction(child.weight if node.aggregate != "sum" else _most(child, definition))


def _most(child: Leaf | Node, definition: Definition) -> Any:
    """The most points a child of a sum can bring."""
    if isinstance(child, Node):
        if child.aggregate != "sum":
            return child.scale
        return sum(_most(inner, definition) for inner in child.children)
    parts = {**definition.questions, **{value.code: value for value in definition.computed}}
    return reach(parts[child.question]) or 0
