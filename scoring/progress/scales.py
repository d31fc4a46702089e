"""Which scale a figure belongs to, and targets put on theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring.progress.bases import grown, index_of
from scoring.progress.operators import TURNED
from scoring.progress.shapes import EXACT, Aim, Direction, Fact, Scale, Subject
from scoring.progress.times import moment, span

POINTS = ("个百分点", "百分点", "percentage points")
LEVELS = ("level", "count")


def unit_of(fact: Fact, subject: Subject) -> str:
    """A figure without a unit of its own is in its indicator's, a growth rate in percent."""
    return fact.unit or ("%" if fact.form == "growth" else subject.unit)


def targets_by_scale(
    targets: Iterable[Fact], observed: Sequence[Fact], subject: Subject
) -> dict[Scale, list[Aim]]:
    """Every target on its scale: a level as it is, a change as what is left of the base year, an
    average growth as the level (or, unless one is observed, the index) it leads to.
    """
    found: dict[Scale, list[Aim]] = {}
    growth = []
    for fact in sorted(targets, key=lambda fact: (moment(fact.period), fact.code)):
        if fact.form == "growth":
            growth.append(fact)
            continue
        scale, aim = placed(fact, subject)
        found.setdefault(scale, []).append(aim)
    for scale, aim in _grown(growth, observed, subject):
        found.setdefault(scale, []).append(aim)
    return found


def placed(fact: Fact, subject: Subject) -> tuple[Scale, Aim]:
    """A level or a change on its scale. A change without a base year is against the year before."""
    plain = _aim(fact, subject)
    if fact.form in LEVELS:  # what is counted from different beginnings shares no scale
        return Scale("level", unit_of(fact, subject), plain.starts), plain
    scale = change_scale(fact, subject)
    return scale, plain if scale.kind == "points" else _as_index(plain, subject)


def change_scale(fact: Fact, subject: Subject) -> Scale:
    base = Fraction(fact.base_year) if fact.base_year else span(fact.period)[0]
    unit = unit_of(fact, subject)
    return Scale("points", unit, base) if unit in POINTS else Scale("index", "", base)


def direction_on(scale: Scale, subject: Subject) -> Direction:
    """A fall is told upwards, but what is left of the base goes down."""
    return "lower" if scale.kind == "index" and subject.nature == "fall" else subject.direction


def _aim(fact: Fact, subject: Subject) -> Aim:
    starts, ends = span(fact.period)
    counted = subject.nature == "flow" and fact.form in LEVELS
    return Aim(
        ends, fact.value, fact.period, fact.operator, fact.high, fact.source, fact.code,
        starts=starts if counted else None,
    )  # fmt: skip


def _as_index(aim: Aim, subject: Subject) -> Aim:
    fell = subject.nature == "fall"
    ends = [index_of(end, fell=fell) for end in (aim.value, aim.high) if end is not None]
    operator = TURNED.get(aim.operator, aim.operator) if fell else aim.operator
    high = max(ends) if len(ends) > 1 else None
    return replace(aim, value=min(ends), high=high, operator=operator, derived="change")


def _grown(
    growth: Sequence[Fact], observed: Sequence[Fact], subject: Subject
) -> list[tuple[Scale, Aim]]:
    """Growth targets, each going on from where the one before it (of the same source) ends."""
    placed: list[tuple[Scale, Aim]] = []
    for fact in growth:
        start, end = growth_span(fact)
        before = [(s, a) for s, a in placed if a.at == start and a.source == fact.source]
        scale, level = (before[0][0], before[0][1].value) if before else (
            _start(start, observed, subject)
        )  # fmt: skip
        origin = before[0][1].grows_from if before else start
        ends = [grown(level, r, end - start) for r in (fact.value, fact.high) if r is not None]
        aim = Aim(
            end, ends[0], fact.period, fact.operator, ends[1] if len(ends) > 1 else None,
            fact.source, fact.code, "growth", grows_from=origin,
        )  # fmt: skip
        placed.append((scale, aim))
    return placed


def growth_span(fact: Fact) -> tuple[Fraction, Fraction]:
    """What an average growth runs over: its base year or its period, one year where that is all."""
    start, end = span(fact.period)
    return (Fraction(fact.base_year) if fact.base_year else start), end


def _start(at: Fraction, observed: Sequence[Fact], subject: Subject) -> tuple[Scale, Decimal]:
    """The observed level a growth starts from, else 100."""
    for fact in observed:
        exact = fact.operator in EXACT and fact.high is None and fact.form in LEVELS
        if exact and unit_of(fact, subject) == subject.unit and moment(fact.period) == at:
            return Scale("level", subject.unit), fact.value
    return Scale("index", "", at), Decimal(100)
