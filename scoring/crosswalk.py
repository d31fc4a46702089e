"""One set of answers, several instruments: what of one instrument the answers to another give.

Answers belong to indicators. Where two instruments ask for the same indicator in the same way, one
answer serves both; nothing is guessed, and what is left is said.

>>> found = translate(answers, version_1, version_2)
>>> found.answers, found.covered, found.open, found.coverage.points
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from questionnaires.answers import read_answers
from questionnaires.answers.reading import read_answer
from questionnaires.answers.values import State
from questionnaires.instruments import Definition
from questionnaires.instruments.definition import Leaf, Node
from questionnaires.instruments.questions import reach
from scoring.crosswalk_rules import convert, convertible

Why = Literal["", "not_asked_there", "asked_differently"]


@dataclass(frozen=True)
class Link:
    """A question of the target and what of the source answers it; ``why`` says why nothing does."""

    target: str
    source: str | None
    indicator: str | None
    why: Why = ""


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
    """Answers for the target, codes of its questions that have one and of those that have none."""

    answers: dict[str, Any]
    covered: tuple[str, ...]
    open: tuple[str, ...]
    coverage: Coverage


def links(source: Definition, target: Definition) -> list[Link]:
    """Every question of ``target``, in its order, with the question of ``source`` that serves."""
    by_indicator: dict[str, list[Any]] = {}
    for question in source.questions.values():
        if question.indicator:
            by_indicator.setdefault(question.indicator, []).append(question)
    return [_link(question, by_indicator) for question in target.questions.values()]


def _link(question: Any, by_indicator: Mapping[str, list[Any]]) -> Link:
    same = by_indicator.get(question.indicator, []) if question.indicator else []
    for candidate in same:
        if convertible(candidate, question):
            return Link(question.code, candidate.code, question.indicator)
    why: Why = "asked_differently" if same else "not_asked_there"
    return Link(question.code, None, question.indicator, why)


def translate(
    answers: Any, source: Definition, target: Definition, not_asked: Iterable[str] = ()
) -> Translation:
    """What ``answers`` to ``source`` (as read from JSON) answer of ``target``, exactly.

    Unreadable answers, "not known", and answers outside the target's range are left open.
    ``not_asked``: questions the target does not ask of this enterprise; they count nowhere.
    """
    skipped = set(not_asked)
    sheet = read_answers(source, answers)
    said = {code: a.as_json() for code, a in sheet.answers.items() if a.state != State.UNANSWERED}
    given: dict[str, Any] = {}
    for link in links(source, target):
        if link.source in said and link.target not in skipped:
            raw = _answer(source, target, link, said[link.source])
            if raw is not None:
                given[link.target] = raw
    asked = [code for code in target.questions if code not in skipped]
    open_ = tuple(code for code in asked if code not in given)
    return Translation(given, tuple(given), open_, coverage(target, given, skipped))


def _answer(source: Definition, target: Definition, link: Link, said: Any) -> Any:
    """The answer in the target's words, None when the target would not take it."""
    question = target.questions[link.target]
    raw = convert(source.questions[str(link.source)], question, said)
    reading = read_answer(question, raw)
    return None if raw is None or reading.answer is None else raw


def coverage(
    definition: Definition, answered: Iterable[str], not_asked: Iterable[str] = ()
) -> Coverage:
    """How much of ``definition`` the answered questions are; a computed value counts once all the
    questions it rests on are answered, and nowhere when one of them is not asked."""
    have, skipped = set(answered), set(not_asked)
    rests_on = _rests_on(definition)
    out = skipped | {code for code, needs in rests_on.items() if needs & skipped}
    shares = _shares(definition.tree, definition, out) if definition.tree else {}
    done = {code for code in shares if rests_on.get(code, {code}) <= have}
    asked = [code for code in definition.questions if code not in skipped]
    points = sum((shares[code] for code in done), Fraction(0)) if definition.tree else None
    questions = sum(code in have for code in asked)
    return Coverage(questions, len(asked), len(done), len(shares), points)


def _rests_on(definition: Definition) -> dict[str, set[str]]:
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
