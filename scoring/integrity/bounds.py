"""Beyond what an answer is worth a look. Each bound is stated in docs/integrity.md with its why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """All bounds of the checks. A value at its bound is not flagged."""

    # Counts
    percent_off: float = 0.5  # percentage points between a stated percentage and its counts
    totals_off: float = 0.05  # between one total given to two questions, of the larger
    staff_times: float = 1.5  # people counted, over the employees of the profile
    money_times: float = 10.0  # an amount, over the larger of revenue and assets

    # Moves since an earlier year, for each year between
    levels: int = 2  # this many levels or more
    rungs: int = 3  # this many rungs or more on one question …
    rung_share: float = 0.25  # … on more than this share of the questions answered both times
    rung_questions: int = 2  # … and on at least so many
    times: float = 10.0  # a number or amount, up or down
    times_from: float = 10.0  # only where the larger of the two is at least this
    points: float = 60.0  # percentage points of a rate

    # Pace
    seconds: float = 2.0  # median per answer: Huang et al. (2012)
    timed: int = 10  # answers whose time must be known

    # Twins
    alike: float = 0.90  # share of equal answers, of those either enterprise gave
    answered: int = 15  # answers each must have given
    bucket: int = 200  # candidates compared with each other at once

    # Straight lines
    line: int = 6  # questions of a section with places to choose
    usual: float = 0.05  # where more of the round do the same, it says nothing
    line_away: float = 0.35  # at an end of the scale: how far the other sections must stand from it
    line_round: int = 20  # firms from which "usual" can be told


BOUNDS = Bounds()
