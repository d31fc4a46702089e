"""Checks of levels: every condition names what exists and can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from questionnaires.instruments import scopes
from questionnaires.instruments.checking import correct, expression, unique
from questionnaires.instruments.definition import Condition, Definition, RungCondition
from questionnaires.instruments.expressions import Scope
from questionnaires.instruments.problems import Path, Problem
from questionnaires.instruments.questions import Ladder
from questionnaires.instruments.said import say

_A_NODE = say("a node's code")
_KEEP_ONE = say("keep one of them")


def check_levels(definition: Definition) -> Iterator[Problem]:
    """Faults of levels and their conditions."""
    if definition.levels is None:
        return
    steps = definition.levels.steps
    yield from unique(
        [(("levels", "steps", i, "code"), s.code) for i, s in enumerate(steps)], say("level")
    )
    scope = scopes.of_levels(definition)
    earlier: set[str] = set()
    for index, step in enumerate(steps):
        for c, condition in enumerate(step.all):
            path: Path = ("levels", "steps", index, "all", c)
            yield from _condition(path, condition, definition, scope, earlier)
        earlier.add(step.code)


def _condition(
    path: Path, condition: Condition, definition: Definition, scope: Scope, earlier: set[str]
) -> Iterator[Problem]:
    given = [name for name in Condition.model_fields if getattr(condition, name) is not None]
    if len(given) != 1:
        kinds = ", ".join(Condition.model_fields)
        expected = say("exactly one of %(choices)s", choices=kinds)
        yield Problem(path, "one_condition", expected, say("write one per list entry"))
        return
    yield from _CONDITIONS[given[0]](path, condition, definition, scope, earlier)


def _score(path: Path, condition: Condition, definition: Definition, *_: Any) -> Iterator[Problem]:
    if condition.score and condition.score.node not in definition.nodes:
        place = (*path, "score", "node")
        yield Problem(place, "unknown_node", _A_NODE, correct(condition.score.node))


def _minimum(
    path: Path, condition: Condition, definition: Definition, *_: Any
) -> Iterator[Problem]:
    for index, code in enumerate(condition.minimum.nodes if condition.minimum else ()):
        if code not in definition.nodes:
            place = (*path, "minimum", "nodes", index)
            yield Problem(place, "unknown_node", _A_NODE, correct(code))


def _rungs(path: Path, condition: Condition, definition: Definition, *_: Any) -> Iterator[Problem]:
    rungs = condition.rungs
    if rungs is None:
        return
    path = (*path, "rungs")
    if (rungs.at_least is None) == (rungs.share is None):
        yield Problem(path, "one_condition", say("either at_least or share"), _KEEP_ONE)
    if rungs.questions is not None and rungs.tagged is not None:
        yield Problem(path, "one_condition", say("either questions or tagged"), _KEEP_ONE)
    if rungs.share is not None and not 0 < rungs.share <= 100:
        expected = say("a percentage above 0, at most 100")
        yield Problem((*path, "share"), "out_of_range", expected, say("correct the percentage"))
    for index, code in enumerate(rungs.questions or ()):
        if not isinstance(definition.questions.get(code), Ladder):
            yield Problem(
                (*path, "questions", index),
                "not_a_ladder",
                say("the code of a ladder question"),
                correct(code),
            )
    chosen = ladders(definition, rungs)
    if not chosen:
        expected = say("at least one ladder question to count")
        yield Problem(path, "nothing_counted", expected, say("correct questions or tagged"))
    elif rungs.at_least is not None and rungs.at_least > len(chosen):
        expected = say("at most %(count)s, the number of questions counted", count=len(chosen))
        yield Problem((*path, "at_least"), "out_of_reach", expected, say("lower at_least"))
    if chosen and all(rungs.rung >= len(definition.questions[c].rungs) for c in chosen):
        expected = say("a rung that the questions counted have")
        yield Problem((*path, "rung"), "unknown_rung", expected, say("lower the rung"))


def ladders(definition: Definition, rungs: RungCondition) -> list[str]:
    """The ladder questions a rung condition counts."""
    every = [q for q in definition.questions.values() if isinstance(q, Ladder)]
    if rungs.questions is not None:
        return [q.code for q in every if q.code in rungs.questions]
    return [q.code for q in every if rungs.tagged is None or rungs.tagged in q.tags]


def _level(
    path: Path, condition: Condition, definition: Definition, scope: Scope, earlier: set[str]
) -> Iterator[Problem]:
    if condition.level not in earlier:
        expected = say("the code of a level further up in the list")
        yield Problem((*path, "level"), "unknown_level", expected, correct(condition.level))


def _when(
    path: Path, condition: Condition, definition: Definition, scope: Scope, *_: Any
) -> Iterator[Problem]:
    inner = getattr(condition, condition.kind)
    yield from expression((*path, condition.kind, "when"), inner.when, scope, True)


def _any(
    path: Path, condition: Condition, definition: Definition, scope: Scope, earlier: set[str]
) -> Iterator[Problem]:
    for index, inner in enumerate(condition.any or ()):
        yield from _condition((*path, "any", index), inner, definition, scope, earlier)


_CONDITIONS: dict[str, Callable[..., Iterator[Problem]]] = {
    "score": _score,
    "rungs": _rungs,
    "minimum": _minimum,
    "level": _level,
    "veto": _when,
    "holds": _when,
    "any": _any,
}
