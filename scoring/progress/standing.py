"""Where a series stands with one of its targets: the state, the gaps and the pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.progress.operators import goal, surely_reaches, wants_less, wants_one
from scoring.progress.pace import Mark, Pace, pace
from scoring.progress.paths import Path, Stop, between, path
from scoring.progress.shapes import Aim, Obstacle, PathKind, Point, Series

State = Literal["met", "on_track", "off_track", "not_comparable", "no_target", "not_observed"]
STATES: tuple[State, ...] = (
    "met", "on_track", "off_track", "not_observed", "not_comparable", "no_target",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One target as the observations up to now leave it.

    ``latest`` is the latest observation, ``measured`` the latest exact one, which the numbers are
    about. ``gap`` is its value minus the value wanted (to the due year), ``asked`` the path's value
    at the latest observation (None where a published point stands there) and ``path_gap`` the
    latest value minus that. ``share`` is count ÷
    quota in percent, of targets that are counted from zero. ``why`` is a key of words: why this
    state. ``overdue``: the due moment is past and nothing of it or later is published.
    """

    aim: Aim | None
    state: State
    why: str
    latest: Point | None = None
    measured: Point | None = None
    start: Point | None = None
    gap: Decimal | None = None
    asked: Decimal | None = None
    path_gap: Decimal | None = None
    share: Decimal | None = None
    years_left: Fraction | None = None
    pace: Pace | None = None
    path: Path = field(default_factory=lambda: path((), "linear"))
    overdue: bool = False
    sources_differ: bool = False
    obstacles: tuple[Obstacle, ...] = ()


def standings(series: Series, kind: PathKind, now: Fraction) -> list[Standing]:
    """One standing a target, in order of time; a single one that says so where there is none."""
    if not series.aims:
        latest = series.seen[-1] if series.seen else None
        return [Standing(None, "no_target", "no_target", latest)]
    return [stand(series, aim, kind, now) for aim in series.aims]


def stand(series: Series, aim: Aim, kind: PathKind, now: Fraction) -> Standing:
    """Judge one target by what was observed; ``now`` only tells whether it is overdue."""
    seen = _of_the_aim(series, aim)
    overdue = aim.at <= now and not any(point.at >= aim.at for point in seen)
    if not seen:
        state: State = "not_comparable" if series.obstacles else "not_observed"
        why = series.obstacles[0].reason if series.obstacles else "nothing_observed"
        way = _path(series, aim, None, kind)
        return Standing(aim, state, why, path=way, overdue=overdue, obstacles=series.obstacles)
    return _judged(series, aim, seen, kind, overdue)


def _of_the_aim(series: Series, aim: Aim) -> list[Point]:
    """The observations that speak of this target: all, or those of its own counting period."""
    if aim.starts is None:
        return series.seen
    return [point for point in series.seen if aim.starts < point.at <= aim.at]


def _judged(
    series: Series, aim: Aim, seen: Sequence[Point], kind: PathKind, overdue: bool
) -> Standing:
    latest = seen[-1]
    exact = [point for point in seen if point.is_exact]
    last = exact[-1] if exact else None
    start = _start(series, aim, exact)
    way = _path(series, aim, start, kind)
    first = _first(exact, start, last)
    state, why = _state(series, aim, seen, way, start, first, last)
    if last is None or (state == "met" and last is not latest and last.at != aim.at):
        return Standing(aim, state, why, latest, path=way, overdue=overdue)  # a bound decides
    wanted = goal(aim, series.direction, last.value)
    asked = None if any(stop.at == last.at for stop in way.stops) else way.at(last.at)
    sources = {point.source for point in (first, last) if point and point.origin == "published"}
    return Standing(
        aim,
        state,
        why,
        latest,
        last,
        start,
        gap=last.value - wanted,
        asked=asked,
        path_gap=None if asked is None else last.value - asked,
        share=_share(aim, last),
        years_left=max(aim.at - last.at, Fraction(0)),
        pace=_paces(aim, first, last, wanted),
        path=way,
        overdue=overdue,
        sources_differ=len(sources) > 1,
    )


def _state(
    series: Series, aim: Aim, seen: Sequence[Point], way: Path,
    start: Point | None, first: Point | None, last: Point | None,
) -> tuple[State, str]:  # fmt: skip
    at_due = [point for point in seen if point.at == aim.at]
    if surely_reaches(seen[-1], aim, series.direction):
        return "met", "met_early" if seen[-1].at < aim.at else "met"
    if at_due and surely_reaches(at_due[0], aim, series.direction):
        return "met", "met_then"
    if last is None:
        return "not_observed", "only_bounds"
    if last.at >= aim.at:
        return "off_track", "missed"
    asked = way.at(last.at)
    less = _less(series, aim, last)
    if asked is not None and (start is None or start.at < last.at):
        kept = last.value <= asked if less else last.value >= asked
        return ("on_track", "on_path") if kept else ("off_track", "behind_path")
    if first is None:
        return "not_observed", "only_start"
    return _by_pace(first, last, aim, goal(aim, series.direction, last.value), way, less)


def _less(series: Series, aim: Aim, last: Point) -> bool:
    """Whether the way to the target leads down; where neither direction is better, as it lies."""
    if wants_one(aim.operator, series.direction):
        return goal(aim, series.direction, last.value) < last.value
    return wants_less(aim.operator, series.direction)


def _by_pace(
    first: Point, last: Point, aim: Aim, wanted: Decimal, way: Path, less: bool
) -> tuple[State, str]:
    """Nothing was seen since the path began; what was seen before it shows a pace.

    The pace so far is enough exactly if the last value is on the path from the first to the target.
    """
    kind = way.kind if min(first.value, wanted) > 0 else "linear"
    share = (last.at - first.at) / (aim.at - first.at)
    asked = between(first.value, wanted, share, kind)
    enough = last.value <= asked if less else last.value >= asked
    return ("on_track", "pace_enough") if enough else ("off_track", "pace_slow")


def _start(series: Series, aim: Aim, exact: Sequence[Point]) -> Point | None:
    """Where the path begins: at the base the target is told against, or its counting's zero; else
    at the latest observation that the target's own source gives before its first target; else at
    the first observation there is.
    """
    if aim.grows_from is not None:
        return next((point for point in series.observed if point.at == aim.grows_from), None)
    first_due = min(each.at for each in series.aims if each.source == aim.source)
    bases = [point for point in series.observed if point.origin == "base"]
    mine = [point for point in bases if aim.starts is None or point.at == aim.starts]
    if mine:
        return mine[0]
    before = [point for point in exact if point.at < first_due]
    own = [point for point in before if point.source == aim.source]
    return own[-1] if own else (before[0] if before else None)


def _first(exact: Sequence[Point], start: Point | None, last: Point | None) -> Point | None:
    """Where the pace so far is counted from: the path's start, or what was seen before it."""
    if last is None or (start is not None and start.at < last.at):
        return start
    return next((point for point in exact if point.at < last.at), None)


def _path(series: Series, aim: Aim, start: Point | None, kind: PathKind) -> Path:
    """From the start through the same source's earlier targets to this one."""
    if aim.starts is not None:
        stops = [Stop(aim.starts, Decimal(0))]
    else:
        base = start or next((p for p in series.observed if p.origin == "base"), None)
        stops = [] if base is None else [Stop(base.at, base.value)]
        stops += [
            Stop(each.at, goal(each, series.direction, stops[-1].value if stops else each.value))
            for each in series.aims
            if each.source == aim.source and each.at < aim.at
            and each.derived == aim.derived and (not stops or each.at > stops[0].at)
        ]  # fmt: skip
    if stops and stops[-1].at >= aim.at:
        return path((), kind)
    wanted = goal(aim, series.direction, stops[-1].value if stops else aim.value)
    return path([*stops, Stop(aim.at, wanted)], kind)


def _share(aim: Aim, last: Point) -> Decimal | None:
    if aim.starts is None or aim.value <= 0:
        return None
    return 100 * last.value / aim.value


def _paces(aim: Aim, first: Point | None, last: Point, wanted: Decimal) -> Pace:
    """A count from zero has no percentage a year that would mean anything."""
    found = pace(_mark(first) if first else None, _mark(last), Mark(aim.at, wanted, aim.period))
    if aim.starts is None:
        return found
    return replace(found, rate_so_far=None, rate_needed=None)


def _mark(point: Point) -> Mark:
    return Mark(point.at, point.value, point.period)
