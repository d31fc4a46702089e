"""What a chart of a track draws, as JSON for the page, and the sentence for who cannot see it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.texts import localized
from reports.progress.rows import unit_text, value_text
from scoring.progress.catalogue import Judged, Track
from scoring.progress.paths import Path, between
from scoring.progress.shapes import Aim, Point

STEPS = 8  # of a compound path between two stops, so that it looks as curved as it is


def chart_data(track: Track, path: Path | None) -> dict[str, Any]:
    """``x`` is a moment (the end of 2020 is 2020), ``y`` a value on the series' scale."""
    return {
        "unit": unit_text(track),
        "words": {
            "observed": _("Observed"), "target": _("Target"), "base": _("Base"),
            "round": _("This site's round"), "path": _("Path (interpolated)"),
        },
        "lines": [[_at(point, track) for point in line] for line in lines(track)],
        "targets": [_at(aim, track) for aim in track.series.aims],
        "base": [_at(p, track) for p in track.series.observed if p.origin == "base"],
        "rivals": [_at(point, track) for point in track.series.rivals],
        "rounds": [_at(point, track) for point in track.series.rounds],
        "path": [] if path is None else _curve(path),
    }  # fmt: skip


def lines(track: Track) -> list[list[Point]]:
    """Observations in runs of one source: a line is never drawn across a break."""
    found: list[list[Point]] = []
    for point in track.series.seen:
        if found and found[-1][-1].source == point.source:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _at(point: Aim | Point, track: Track) -> dict[str, Any]:
    figure = track.figures.get(point.figure)
    source = localized(figure.source.title) if figure else getattr(point, "title", "")
    return {
        "x": round(float(point.at), 3),
        "y": float(point.value),
        "high": None if point.high is None else float(point.high),
        "period": point.period,
        "shown": value_text(point, track),
        "source": source,
    }


def _curve(path: Path) -> list[list[float]]:
    """The path as points close enough together."""
    found: list[list[float]] = []
    for a, b in zip(path.stops, path.stops[1:], strict=False):
        for step in range(STEPS):
            share = (b.at - a.at) * step / STEPS
            y = between(a.value, b.value, share / (b.at - a.at), path.kind)
            found.append([round(float(a.at + share), 3), float(y)])
    if path.stops:
        found.append([float(path.stops[-1].at), float(path.stops[-1].value)])
    return found


def sentence(track: Track, found: list[Judged]) -> str:
    """The observations' ends and every target, in words."""
    seen, unit = track.series.seen, unit_text(track)
    parts = []
    if seen:
        parts.append(_("observed: %(values)s") % {"values": _listed(seen, track)})
    if track.series.aims:
        parts.append(_("targets: %(values)s") % {"values": _listed(track.series.aims, track)})
    told = pgettext("between parts of a sentence", "; ").join(parts)
    name = localized(track.indicator.name)
    return f"{name} ({unit}){_(': ')}{told}" + pgettext("end of sentence", ".")


def _listed(points: Any, track: Track) -> str:
    return pgettext("between the items of a list", ", ").join(
        f"{point.period} {value_text(point, track)}" for point in points
    )
