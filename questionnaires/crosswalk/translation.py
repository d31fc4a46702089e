"""What of one instrument the answers to another give: the same question, or a stated derivation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from questionnaires.answers import read_answers
from questionnaires.answers.reading import read_answer
from questionnaires.answers.values import State
from questionnaires.crosswalk.derivations import Derivation, derivations
from questionnaires.crosswalk.rules import convert, convertible
from questionnaires.instruments import Definition

Why = Literal["", "not_asked_there", "asked_differently", "may_follow"]


@dataclass(frozen=True)
class Link:
    """A question of the target and what of the source answers it; ``why`` says why nothing does.

    ``may_follow``: some answers settle it; ``rules`` has the derivations, each with the source's
    question.
    """

    target: str
    source: str | None
    indicator: str | None
    why: Why = ""
    rules: tuple[tuple[str, Derivation], ...] = ()


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
    rules = tuple(_rules(question, by_indicator))
    if rules:
        return Link(question.code, None, question.indicator, "may_follow", rules)
    why: Why = "asked_differently" if same else "not_asked_there"
    return Link(question.code, None, question.indicator, why)


def _rules(
    question: Any, by_indicator: Mapping[str, list[Any]]
) -> Iterable[tuple[str, Derivation]]:
    for rule in derivations():
        if rule.to != question.indicator:
            continue
        for candidate in by_indicator.get(rule.from_, []):
            if rule.fits(candidate, question):
                yield candidate.code, rule


@dataclass(frozen=True)
class Given:
    """One answer carried over. ``rule`` is None where both ask the same question."""

    raw: Any
    source: str
    rule: Derivation | None = None


def carry(
    answers: Any, source: Definition, target: Definition, not_asked: Iterable[str] = ()
) -> dict[str, Given]:
    """What ``answers`` to ``source`` (as read from JSON) answer of ``target``, by its questions.

    Unreadable answers, "not known", and answers outside the target's range are left open.
    ``not_asked``: questions the target does not ask of this enterprise.
    """
    skipped = set(not_asked)
    sheet = read_answers(source, answers)
    said = {code: a.as_json() for code, a in sheet.answers.items() if a.state != State.UNANSWERED}
    given: dict[str, Given] = {}
    for link in links(source, target):
        found = None if link.target in skipped else _given(source, target, link, said)
        if found is not None:
            given[link.target] = found
    return given


def _given(
    source: Definition, target: Definition, link: Link, said: Mapping[str, Any]
) -> Given | None:
    """The answer in the target's words, None when the target would not take it."""
    question = target.questions[link.target]
    found: Given | None = None
    if link.source in said:
        code = str(link.source)
        found = Given(convert(source.questions[code], question, said[code]), code)
    for code, rule in link.rules:
        if found is None and code in said:
            raw = rule.answer(source.questions[code], question, said[code])
            found = None if raw is None else Given(raw, code, rule)
    if found is None or found.raw is None:
        return None
    return None if read_answer(question, found.raw).answer is None else found
