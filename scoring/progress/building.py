"""From the facts of one indicator and area to its series: pure, and free of the facts' order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.progress.scales import direction_on, targets_by_scale, unit_of
from scoring.progress.seen import place, point
from scoring.progress.shapes import Aim, Fact, Obstacle, Point, Scale, Series, Subject
from scoring.progress.times import moment


def series_of(
    subject: Subject, facts: Iterable[Fact], relatives: Iterable[Fact] = ()
) -> list[Series]:
    """One series for each sector and scale that has a target, else one of what was observed.

    ``relatives`` are observations of other definitions of the idea: never used, only named where
    nothing else was observed. Sectors come in the order of their codes, the whole first.
    """
    own = sorted(facts, key=lambda fact: (moment(fact.period), fact.code))
    targets = [fact for fact in own if fact.kind == "target"]
    seen = [fact for fact in own if fact.kind == "observed"]
    others = [Obstacle(f, "definition", f.indicator, subject.indicator) for f in relatives]
    if not targets:
        return _unaimed(subject, seen)
    found: list[Series] = []
    for sector in sorted({fact.sector for fact in targets}):
        mine = [fact for fact in seen if fact.sector == sector]
        strange = [Obstacle(f, "sector", f.sector, sector) for f in seen if f.sector != sector]
        by_scale = targets_by_scale([f for f in targets if f.sector == sector], mine, subject)
        for scale, aims in by_scale.items():
            one = _series(subject, sector, scale, aims, mine)
            found.append(replace(one, obstacles=(*one.obstacles, *strange, *others)))
    return found


def _series(
    subject: Subject, sector: str, scale: Scale, aims: Sequence[Aim], seen: Sequence[Fact]
) -> Series:
    ordered = sorted(aims, key=lambda aim: (aim.at, aim.figure))
    placing = place(seen, scale, ordered, subject)
    preferred = {aim.source for aim in aims}
    kept, rivals = one_a_moment(placing.points, preferred)
    direction = direction_on(scale, subject)
    return Series(
        subject, scale, direction, sector, tuple(ordered), kept, rivals, tuple(placing.obstacles)
    )


def one_a_moment(
    points: Iterable[Point], preferred: set[str]
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Of several values for one moment the one that counts, and the others.

    An exact value goes before a bound, then the targets' own source before another, then the
    lower code: a rule that does not depend on order. All of them are shown.
    """

    def rank(one: Point) -> tuple[Decimal | bool | str, ...]:
        return (not one.is_exact, one.source not in preferred, one.figure)

    kept: dict[object, Point] = {}
    rivals = []
    for one in sorted(points, key=lambda one: (one.at, *rank(one))):
        if one.at in kept:
            rivals.append(one)
        else:
            kept[one.at] = one
    return tuple(kept.values()), tuple(rivals)


def _unaimed(subject: Subject, seen: Sequence[Fact]) -> list[Series]:
    """Observations without a target, by sector and unit; changes and growth stay in tables."""
    found = []
    levels = [fact for fact in seen if fact.form in ("level", "count")]
    keys = sorted({(fact.sector, unit_of(fact, subject)) for fact in levels})
    for sector, unit in keys:
        mine = [f for f in levels if (f.sector, unit_of(f, subject)) == (sector, unit)]
        points, rivals = one_a_moment([point(f, f.value, f.high) for f in mine], set())
        scale = Scale("level", unit)
        found.append(Series(subject, scale, subject.direction, sector, (), points, rivals))
    return found
