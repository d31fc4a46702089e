"""One notch better: the answers an enterprise could give after its next improvement."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from questionnaires.instruments.bands import value_range
from questionnaires.instruments.definition import Definition
from questionnaires.instruments.points import BandPoints, Interval, LinearPoints, YesNoPoints
from questionnaires.instruments.questions import (
    Ladder,
    Multiple,
    NumberQuestion,
    Option,
    Ratio,
    Single,
    YesNo,
)
from questionnaires.texts import PERCENT
from scoring.numbers import Text, decimal
from scoring.words import sentence

UP = Decimal("1.25")
NOTCHES = 5  # a straight line from worst to best is climbed in so many steps


@dataclass(frozen=True)
class Improvement:
    """A better answer to one question. ``effort`` is how many rungs or notches it climbs."""

    question: str
    answer: Any
    change: Text
    effort: int = 1
    option: str = ""  # the option it adds or reaches
    rung: int | None = None  # where the ladder stands now


def improvements(
    definition: Definition, answers: dict[str, Any], advised: Collection[str] = ()
) -> Iterator[Improvement]:
    """Every improvement of every question, in the order asked. What does not apply has none.

    ``advised`` names questions with advice whose condition holds: their numbers are moved even
    where the points sit in a value computed from them.
    """
    highest = highest_rung(definition)
    for code, question in definition.questions.items():
        said = answers.get(code)
        if isinstance(said, dict) and "not_applicable" in said:
            continue
        known = None if isinstance(said, dict) and said.get("unknown") else said
        yield from _of(question, known, highest)
        if code in advised and isinstance(question, Ratio | NumberQuestion):
            yield from _nudged(question, known)


def highest_rung(definition: Definition) -> int:
    """The highest rung any level condition asks for."""
    steps = definition.levels.steps if definition.levels else ()
    asked = [c.rungs.rung for step in steps for c in step.all if c.rungs is not None]
    return max(asked, default=0)


def _of(question: Any, said: Any, highest: int) -> Iterator[Improvement]:
    if isinstance(question, Single):
        yield from _single(question, said)
    elif isinstance(question, Multiple):
        yield from _multiple(question, said)
    elif isinstance(question, Ladder):
        yield from _ladder(question, said, highest)
    elif isinstance(question, YesNo):
        yield from _yes_no(question, said)
    elif isinstance(question, Ratio | NumberQuestion):
        yield from _number(question, said)


def _points(option: Option) -> Decimal:
    return option.points or Decimal(0)


def _single(question: Single, said: Any) -> Iterator[Improvement]:
    """The option with the fewest points above the chosen one's."""
    now = next((_points(o) for o in question.options if o.code == said), Decimal(0))
    better = [o for o in question.options if _points(o) > now]
    if better:
        to = min(better, key=_points)
        change = sentence("step_option", to=to.text)
        yield Improvement(question.code, to.code, change, option=to.code)


def _multiple(question: Multiple, said: Any) -> Iterator[Improvement]:
    """Each missing option that earns points."""
    chosen = [code for code in said or [] if isinstance(code, str)]
    alone = {option.code for option in question.options if option.exclusive}
    kept = [code for code in chosen if code not in alone]
    for option in question.options:
        if option.code in chosen or option.exclusive or not _points(option):
            continue
        change = sentence("step_add", to=option.text)
        yield Improvement(question.code, [*kept, option.code], change, option=option.code)


def _ladder(question: Ladder, said: Any, highest: int) -> Iterator[Improvement]:
    """The next rung, and those above it that a level asks for."""
    rung = said.get("rung") if isinstance(said, dict) else said
    now = rung if isinstance(rung, int) else 0
    top = len(question.rungs) - 1
    for to in range(now + 1, min(top, max(highest, now + 1)) + 1):
        change = sentence("step_rung", from_=now, to=to, text=question.rungs[to].text)
        yield Improvement(question.code, to, change, effort=to - now, rung=now)


def _yes_no(question: YesNo, said: Any) -> Iterator[Improvement]:
    points = question.points
    wanted = not isinstance(points, YesNoPoints) or points.yes >= points.no
    if said is not wanted:
        yield Improvement(question.code, wanted, sentence("step_yes" if wanted else "step_no"))


def _number(question: Ratio | NumberQuestion, said: Any) -> Iterator[Improvement]:
    """The nearest value that earns more points."""
    now = _value(said)
    if isinstance(question.points, BandPoints):
        yield from _next_band(question, question.points, now)
    elif isinstance(question.points, LinearPoints):
        line = question.points.linear
        notch = (line.best - line.worst) / NOTCHES
        up = notch > 0
        start = line.worst if now is None else now
        to = min(start + notch, line.best) if up else max(start + notch, line.best)
        if (to > start) is up and to != start:
            yield _numeric(question, _rounded(question, to, up), "step_value", to)


def _nudged(question: Ratio | NumberQuestion, said: Any) -> Iterator[Improvement]:
    """A quarter more, or a fifth less; the engine tells which is better."""
    now = _value(said)
    if question.points is not None or now is None:
        return
    low, high = value_range(question)
    more = _rounded(question, now * UP if now else Decimal(1), up=True)
    less = _rounded(question, now / UP, up=False)
    if now < more <= high:
        yield _numeric(question, more, "step_value", more)
    if low <= less < now:
        yield _numeric(question, less, "step_down", less)


def _next_band(
    question: Ratio | NumberQuestion, points: BandPoints, now: Decimal | None
) -> Iterator[Improvement]:
    bands = [(band.range, band.points) for band in points.bands]
    earned = next((p for r, p in bands if now is not None and _inside(now, r)), Decimal(0))
    better = [(r, p) for r, p in bands if p > earned]
    if not better:
        return
    place, _ = min(better, key=lambda pair: pair[1])
    if now is None or now <= place.low:
        step = Decimal(0) if place.low_closed else _smallest(question)
        name = "step_value" if place.low_closed else "step_above"
        yield _numeric(question, place.low + step, name, place.low)
    else:
        step = Decimal(0) if place.high_closed else _smallest(question)
        yield _numeric(question, place.high - step, "step_below", place.high)


def _inside(value: Decimal, place: Interval) -> bool:
    above = value > place.low or (place.low_closed and value == place.low)
    return above and (value < place.high or (place.high_closed and value == place.high))


def _smallest(question: Ratio | NumberQuestion) -> Decimal:
    decimals = getattr(question, "decimals", None)
    return Decimal(1).scaleb(-(2 if decimals is None else decimals))


def _rounded(question: Ratio | NumberQuestion, value: Decimal, up: bool) -> Decimal:
    """The value in the decimals the question takes, on the better side."""
    return value.quantize(_smallest(question), "ROUND_CEILING" if up else "ROUND_FLOOR")


def _numeric(
    question: Ratio | NumberQuestion, answer: Decimal, name: str, shown: Decimal
) -> Improvement:
    unit = PERCENT if isinstance(question, Ratio) else question.unit or ""
    value = float(answer) if answer % 1 else int(answer)
    change = sentence(name, to=decimal(shown), unit=unit)
    return Improvement(question.code, value, change)


def _value(said: Any) -> Decimal | None:
    """The number an answer states: itself, or the percentage of its two counts."""
    if isinstance(said, dict):
        if said.get("percent") is not None:
            return Decimal(str(said["percent"]))
        part, whole = said.get("part"), said.get("whole")
        return (
            100 * Decimal(str(part)) / Decimal(str(whole)) if part is not None and whole else None
        )
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        return Decimal(str(said))
    except ArithmeticError:
        return None
