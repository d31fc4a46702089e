"""The path asked for between published points: interpolated, and only where a person asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.progress.bases import rounded
from scoring.progress.shapes import PathKind


@dataclass(frozen=True)
class Stop:
    """A published point of a path."""

    at: Fraction
    value: Decimal


@dataclass(frozen=True)
class Path:
    """Stops in order of time. ``kind`` is what was drawn, which is linear where a value of zero or
    below allows no compound path; ``asked_kind`` is what was asked for.
    """

    stops: tuple[Stop, ...]
    kind: PathKind
    asked_kind: PathKind

    def at(self, moment: Fraction) -> Decimal | None:
        """The value asked for at a moment; None before the first stop and after the last."""
        for a, b in zip(self.stops, self.stops[1:], strict=False):
            if a.at <= moment <= b.at:
                share = (moment - a.at) / (b.at - a.at)
                return between(a.value, b.value, share, self.kind)
        return None

    def years(self) -> list[tuple[int, Decimal]]:
        """The interpolated years: those strictly between two stops."""
        if not self.stops:
            return []
        first, last = self.stops[0].at, self.stops[-1].at
        fixed = {stop.at for stop in self.stops}
        inside = (Fraction(year) for year in range(int(first), int(last) + 1))
        values = [(year, self.at(year)) for year in inside if year not in fixed]
        return [(int(year), value) for year, value in values if value is not None]


def path(stops: Sequence[Stop], kind: PathKind) -> Path:
    """A path through stops; of two at one moment the later one in the sequence counts."""
    unique = tuple(sorted({stop.at: stop for stop in stops}.values(), key=lambda stop: stop.at))
    possible = all(stop.value > 0 for stop in unique)
    return Path(unique, kind if possible else "linear", kind)


def between(a: Decimal, b: Decimal, share: Fraction, kind: PathKind) -> Decimal:
    """From ``a`` (share 0) to ``b`` (share 1): equal steps, or equal ratios."""
    if share in (0, 1):
        return b if share else a
    if kind == "linear":
        return rounded(Fraction(a) + (Fraction(b) - Fraction(a)) * share)
    exponent = Decimal(share.numerator) / Decimal(share.denominator)
    return rounded(a * (b / a) ** exponent)
