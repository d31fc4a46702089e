"""Next steps and open conditions of a result."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache

from questionnaires.instruments import Definition
from reports.building.answers import plain
from reports.building.dimensions import known
from reports.model import Binding, NextStep
from scoring.models import Result
from scoring.next_steps import next_steps

LIMIT = 8
DAY = 24 * 3600


def steps(result: Result) -> list[NextStep]:
    """What to do next, best first. They follow from what the hashes name, so they are kept."""
    key = f"steps:{result.instrument_sha256}:{result.inputs_sha256}:{result.engine}"
    kept = cache.get(key)
    if kept is None:
        kept = [_step(each) for each in next_steps(result, LIMIT)]
        cache.set(key, kept, DAY)
    return list(kept)


def _step(found: Any) -> NextStep:
    return NextStep(
        question=found.question,
        title=found.title,
        text=found.text,
        gain=found.gain,
        toward_level=found.toward_level,
        change=found.change,
    )


def bindings(payload: dict[str, Any]) -> list[Binding]:
    return [
        Binding(
            kind=each.get("kind", ""),
            text=plain(each.get("text")),
            required=_number(each.get("required")),
            actual=_number(each.get("actual")),
            gap=_number(each.get("gap")),
        )
        for each in payload.get("binding", [])
    ]


def _number(value: Any) -> Any:
    return known(value) if isinstance(value, int | float | str) and value is not True else None


def score_suffices(definition: Definition, payload: dict[str, Any]) -> bool:
    """The total is asked for by the next level, is enough, and something else is not."""
    level = payload.get("level") or 0
    if definition.levels is None or definition.tree is None:
        return False
    if level >= len(definition.levels.steps) or not payload.get("binding"):
        return False
    asked = [each.score for each in definition.levels.steps[level].all if each.score]
    if not any(each.node == definition.tree.code for each in asked):
        return False
    return all(each.get("kind") != "score" for each in payload["binding"])
