"""Every point of a series in order of time, with its kind, its proof and what to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from questionnaires.models import Figure
from questionnaires.texts import localized
from reports import numbers
from reports.progress.rows import places_of, value_text
from scoring.progress import words
from scoring.progress.catalogue import Track
from scoring.progress.paths import Path
from scoring.progress.shapes import Aim, Point

Kind = Literal["base", "observed", "rival", "target", "path"]
ORDER: tuple[Kind, ...] = ("base", "observed", "rival", "target", "path")


@dataclass(frozen=True)
class PointRow:
    """``broken``: the source changes before this observation. Interpolated ones have no figure."""

    at: Fraction
    kind: Kind
    period: str
    value: str
    figure: Figure | None = None
    derived: str = ""
    broken: bool = False


def point_rows(track: Track, path: Path | None) -> list[PointRow]:
    """Published points, and with a path the years between them."""
    series, breaks = track.series, set(track.series.breaks())
    rows = [
        _published(track, p, "base" if p.origin == "base" else "observed", p.at in breaks)
        for p in series.observed
    ]
    rows += [_published(track, point, "rival") for point in series.rivals]
    rows += [_published(track, aim, "target") for aim in series.aims]
    rows += _interpolated(track, path) if path else []
    return sorted(rows, key=lambda row: (row.at, ORDER.index(row.kind)))


def _published(track: Track, one: Point | Aim, kind: Kind, broken: bool = False) -> PointRow:
    return PointRow(
        one.at,
        kind,
        one.period,
        value_text(one, track),
        track.figures.get(one.figure),
        localized(dict(words.DERIVED.get(one.derived, {}))),
        broken,
    )


def _interpolated(track: Track, path: Path) -> list[PointRow]:
    places = max(places_of(track), 1)
    return [
        PointRow(Fraction(year), "path", str(year), numbers.number(value, places))
        for year, value in path.years()
    ]
