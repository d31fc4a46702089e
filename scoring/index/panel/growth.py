"""Growth between two years of a series."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.index.panel.series import Series


@dataclass(frozen=True)
class Growth:
    """Change from ``start`` to ``end``; what cannot be had is None, with the reason.

    Reasons: "break" (the definition changed in ``broken``: nothing is computed across it),
    "unknown" (no value in one of the years), "not-later" (``end`` is not after ``start``). Of
    shares only: "base-not-positive" (percent of zero or of a negative value means nothing) and
    "end-not-positive" (no rate leads there).
    """

    start: int
    end: int
    absolute: float | None = None
    percent: float | None = None
    cagr: float | None = None  # percent a year
    reason: str = ""
    broken: int | None = None


def growth(series: Series, start: int, end: int) -> Growth:
    """absolute = b - a, percent = 100 (b - a) / a, cagr = 100 ((b / a)^(1 / years) - 1).

    Percent needs a > 0, the compound annual rate also b > 0.
    """
    if end <= start:
        return Growth(start, end, reason="not-later")
    broken = series.break_between(start, end)
    if broken is not None:
        return Growth(start, end, reason="break", broken=broken)
    known = dict(series.known())
    if start not in known or end not in known:
        return Growth(start, end, reason="unknown")
    a, b = known[start], known[end]
    if a <= 0:
        return Growth(start, end, b - a, reason="base-not-positive")
    yearly = 100 * ((b / a) ** (1 / (end - start)) - 1) if b > 0 else None
    reason = "" if yearly is not None else "end-not-positive"
    return Growth(start, end, b - a, 100 * (b - a) / a, yearly, reason)
