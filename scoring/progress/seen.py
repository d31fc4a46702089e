"""Observations put on a scale, each with how it came there, or with why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.progress.bases import grown, index_of, rounded
from scoring.progress.scales import LEVELS, change_scale, growth_span, unit_of
from scoring.progress.shapes import EXACT, Aim, Fact, Obstacle, Point, Scale, Subject
from scoring.progress.times import moment, span, year_of


@dataclass
class Placing:
    """Observations on one scale, and those that found no place on it."""

    points: list[Point] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    def value_at(self, at: Fraction) -> Decimal | None:
        return next((p.value for p in self.points if p.at == at and p.is_exact), None)


def place(facts: Sequence[Fact], scale: Scale, aims: Sequence[Aim], subject: Subject) -> Placing:
    """The observations of one indicator, area and sector on a scale."""
    ordered = sorted(facts, key=lambda fact: (moment(fact.period), fact.code))
    if scale.kind == "level":
        return _levels(ordered, scale, aims, subject)
    return _relative(ordered, scale, subject)


def _levels(facts: Iterable[Fact], scale: Scale, aims: Sequence[Aim], subject: Subject) -> Placing:
    found = Placing()
    for fact in facts:
        if fact.form not in LEVELS:
            found.obstacles.append(Obstacle(fact, "form", fact.form, "level"))
        elif unit_of(fact, subject) != scale.unit:
            found.obstacles.append(Obstacle(fact, "unit", unit_of(fact, subject), scale.unit))
        elif subject.nature == "flow":
            _add_flow(fact, aims, found)
        else:
            found.points.append(point(fact, fact.value, fact.high))
    return found


def _add_flow(fact: Fact, aims: Sequence[Aim], found: Placing) -> None:
    """What was counted since the beginning of a target's period: nothing else compares with it."""
    start, end = span(fact.period)
    for aim in aims:
        if aim.starts is None or not aim.starts <= start < end <= aim.at:
            continue
        before = Decimal(0) if start == aim.starts else found.value_at(start)
        if before is None:
            continue
        _give_base(found, aim.starts, Decimal(0))
        high = None if fact.high is None else fact.high + before
        how = "" if start == aim.starts else "added_up"
        found.points.append(point(fact, fact.value + before, high, how))
        return
    found.obstacles.append(Obstacle(fact, "period", fact.period, " ".join(a.period for a in aims)))


def _give_base(found: Placing, at: Fraction, value: Decimal) -> None:
    if not any(p.origin == "base" and p.at == at for p in found.points):
        found.points.append(Point(at, value, str(year_of(at)), origin="base"))


def _relative(facts: Sequence[Fact], scale: Scale, subject: Subject) -> Placing:
    """On an index or on points since a base year. What waits for another base is tried again."""
    found = Placing()
    base = scale.base if scale.base is not None else Fraction(0)
    _give_base(found, base, Decimal(100 if scale.kind == "index" else 0))
    waiting = list(facts)
    while waiting:
        left = [fact for fact in waiting if not _put(fact, waiting, found, scale, subject)]
        if len(left) == len(waiting):
            break
        waiting = left
    found.obstacles += [_why_not(fact, scale, subject) for fact in waiting]
    found.points.sort(key=lambda p: p.at)
    return found


def _put(fact: Fact, facts: Sequence[Fact], found: Placing, scale: Scale, subject: Subject) -> bool:
    """Put one observation on a relative scale, if what it needs is there already."""
    convert = _conversion(fact, facts, found, scale, subject)
    if convert is None or moment(fact.period) == scale.base:
        return convert is not None
    change, how = convert
    ends = [rounded(change(end)) for end in (fact.value, fact.high) if end is not None]
    high = max(ends) if len(ends) > 1 else None
    found.points.append(point(fact, min(ends), high, how))
    return True


Conversion = tuple[Callable[[Decimal], Decimal], str]


def _conversion(
    fact: Fact, facts: Sequence[Fact], found: Placing, scale: Scale, subject: Subject
) -> Conversion | None:
    if fact.form in LEVELS:
        return _from_level(fact, facts, scale, subject)
    if fact.form == "growth":
        start, end = growth_span(fact)
        level = found.value_at(start)
        if scale.kind != "index" or level is None:
            return None
        return (lambda rate: grown(level, rate, end - start)), "growth"
    own = change_scale(fact, subject)
    level = found.value_at(own.base) if own.base is not None else None
    if own.kind != scale.kind or level is None:
        return None
    how = "change" if own.base == scale.base else "rebased"
    if scale.kind == "points":
        return (lambda change: level + change), how
    fell = subject.nature == "fall"
    return (lambda change: level * index_of(change, fell=fell) / 100), how


def _from_level(
    fact: Fact, facts: Sequence[Fact], scale: Scale, subject: Subject
) -> Conversion | None:
    """A level beside the observed level of the base year, in one unit."""
    if subject.nature == "fall":  # its own levels are falls, which say nothing of a base
        return None
    bases = (
        other.value for other in facts
        if other.operator in EXACT and other.high is None and other.form in LEVELS
        and moment(other.period) == scale.base and other.value > 0
        and unit_of(other, subject) == unit_of(fact, subject)
    )  # fmt: skip
    base = next(bases, None)
    if base is None:
        return None
    if scale.kind == "points":
        return (lambda level: level - base), "level"
    return (lambda level: level / base * 100), "level"


def _why_not(fact: Fact, scale: Scale, subject: Subject) -> Obstacle:
    base = "" if scale.base is None else str(year_of(scale.base))
    if fact.form == "change":
        own = change_scale(fact, subject)
        if own.kind != scale.kind:
            return Obstacle(fact, "unit", unit_of(fact, subject), own.unit or "%")
        return Obstacle(fact, "base", str(year_of(own.base or Fraction(0))), base)
    return Obstacle(fact, "form", fact.form, "change")


def point(fact: Fact, value: Decimal, high: Decimal | None, derived: str = "") -> Point:
    return Point(
        moment(fact.period), value, fact.period, fact.operator, high, fact.source, fact.code,
        derived=derived,
    )  # fmt: skip
