"""What to do next: the changes that bring most, those that lift the level first.

Every gain is what the engine itself gives for the improved answer, all else equal; no second
formula is kept here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache

from questionnaires.instruments.questions import Advice, BaseQuestion
from scoring.batch import score_many
from scoring.improving import Improvement, improvements
from scoring.models import Result
from scoring.numbers import Text, decimal
from scoring.shape import definition_of

KEPT = 3600  # seconds


@dataclass(frozen=True)
class NextStep:
    """One improvement of one question by one notch, and what it brings."""

    question: str
    title: Text  # the question's text
    text: Text  # advice for where the enterprise stands
    change: Text  # from what to what
    gain: Decimal | None  # points of the total, None where there is no total
    toward_level: bool  # lessens the gap of a condition that keeps the next level away
    source: str = ""


@dataclass(frozen=True)
class _Trial:
    """An improvement with what it would bring. ``closes``: in shares of the open gaps, summed."""

    improvement: Improvement
    gain: Decimal
    closes: float

    @property
    def worth(self) -> tuple[float, Decimal, int]:
        effort = self.improvement.effort
        return (round(self.closes / effort, 6), self.gain / effort, -effort)


def next_steps(result: Result, limit: int | None = 8) -> list[NextStep]:
    """The best next improvements of a scored result, best first.

    Those that lessen the gap of a binding condition come first, by how much of it they close for
    the effort; then those that gain points. What would change nothing is left out.
    """
    if result.state != Result.State.DONE:
        return []
    # Trying every improvement takes the engine some 60 ms, and the same inputs give the same steps.
    weights = (result.payload.get("weights") or {}).get("sha256", "")
    inputs = f"{result.instrument_sha256}.{weights}.{result.inputs_sha256}"
    key = f"scoring.steps.{result.engine}.{inputs}"
    steps = cache.get(key) if result.inputs_sha256 else None
    if steps is None:
        steps = _all_steps(result)
        cache.set(key, steps, timeout=KEPT)
    return steps[:limit]


def _all_steps(result: Result) -> list[NextStep]:
    submission = result.submission
    version = submission.round.instrument_version
    definition = definition_of(version)
    asked = [
        one
        for one in improvements(
            definition, submission.answers_json, result.payload.get("advice") or {}
        )
        if one.question not in result.payload.get("not_asked", [])
    ]
    rows = [
        (one.question, submission.profile, {**submission.answers_json, one.question: one.answer})
        for one in asked
    ]
    trials = _trials(result.payload, asked, score_many(version, rows, submission.round.weights))
    best = sorted(trials.values(), key=lambda trial: trial.worth, reverse=True)
    return [
        _step(definition.questions[trial.improvement.question], trial, result.payload)
        for trial in best
    ]


def _trials(
    payload: Mapping[str, Any], asked: list[Improvement], outcomes: list[dict[str, Any]]
) -> dict[str, _Trial]:
    """The best useful improvement of each question."""
    best: dict[str, _Trial] = {}
    for one, outcome in zip(asked, outcomes, strict=True):
        if outcome.get("errors"):
            continue
        trial = _Trial(one, gain_of(payload, outcome), closes(payload, outcome))
        if trial.gain <= 0 and trial.closes <= 0:
            continue
        known = best.get(one.question)
        if known is None or trial.worth > known.worth:
            best[one.question] = trial
    return best


def gain_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Decimal:
    """Points of the total gained; 0 where either has no total."""
    if before.get("total") is None or after.get("total") is None:
        return Decimal(0)
    return decimal(decimal(after["total"]) - decimal(before["total"]))


def closes(before: Mapping[str, Any], after: Mapping[str, Any]) -> float:
    """How much of the gaps to the next level closes: 1 for each condition met, shares for parts."""
    open_before = {_name(entry): entry for entry in before.get("binding") or []}
    if (after.get("level") or 0) > (before.get("level") or 0):
        return float(len(open_before)) or 1.0
    open_after = {_name(entry): entry for entry in after.get("binding") or []}
    return sum(_closed(entry, open_after.get(name)) for name, entry in open_before.items())


def _closed(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> float:
    if after is None:
        return 1.0
    gap, left = before.get("gap"), after.get("gap")
    if gap is None or left is None or not float(gap):
        return 0.0
    return 1 - float(left) / float(gap)


def _name(entry: Mapping[str, Any]) -> str:
    """What makes a binding condition the same one before and after."""
    moving = ("actual", "gap", "text")
    kept = {key: value for key, value in entry.items() if key not in moving}
    return json.dumps(kept, sort_keys=True, default=str)


def _step(question: Any, trial: _Trial, payload: Mapping[str, Any]) -> NextStep:
    advice = advice_for(question, trial.improvement, payload)
    return NextStep(
        question=question.code,
        title=question.text,
        text=advice.text if advice else trial.improvement.change,
        change=trial.improvement.change,
        gain=trial.gain if payload.get("total") is not None else None,
        toward_level=trial.closes > 0,
        source=advice.source.code if advice and advice.source else "",
    )


def advice_for(
    question: BaseQuestion, improvement: Improvement, payload: Mapping[str, Any]
) -> Advice | None:
    """The advice of a question that fits where the enterprise stands, or None."""
    lacking = [a for a in question.advice if a.lacking and a.lacking == improvement.option]
    if lacking:
        return lacking[0]
    stands = improvement.rung or 0
    rungs = [(a.rung_below, a) for a in question.advice if a.rung_below is not None]
    above = [pair for pair in rungs if stands < pair[0]]
    if above:
        return min(above, key=lambda pair: pair[0])[1]
    holding = (payload.get("advice") or {}).get(question.code) or []
    if holding:
        first: Advice = question.advice[holding[0]]
        return first
    earned = decimal((payload.get("items") or {}).get(question.code) or 0)
    points = [(a.points_below, a) for a in question.advice if a.points_below is not None]
    short = [pair for pair in points if earned < pair[0]]
    return min(short, key=lambda pair: pair[0])[1] if short else None
