"""Targets over time as plain data: what the command, the API and the downloads write.

Values are JSON numbers of at most twelve decimals; texts are ``{zh, en}`` maps; unknown is null.
Interpolated values are in here only where a path was asked for, under ``path``, ``asked`` and
``path_gap``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.progress import words
from scoring.progress.catalogue import Judged, Track, judge
from scoring.progress.projection import Projection
from scoring.progress.shapes import Aim, PathKind, Point, Text
from scoring.progress.standing import Standing
from scoring.progress.times import year_of

Record = dict[str, Any]


def track_record(track: Track, path: PathKind | None, now: Fraction | None = None) -> Record:
    """A whole track: its points with their proofs, its targets with where they stand."""
    series = track.series
    found = judge(track, path or "linear", now)
    breaks = set(series.breaks())
    return {
        "indicator": track.indicator.code,
        "name": track.indicator.name,
        "concept": track.indicator.concept,
        "area": track.area,
        "area_name": track.area_name,
        "sector": series.sector,
        "sector_name": track.sector_name,
        "direction": series.direction,
        "scale": _scale(track),
        "targets": [target_record(one, path) for one in found if one.standing.aim],
        "state": found[-1].standing.state if not series.aims else None,
        "observed": [_seen(track, p) | {"break_before": p.at in breaks} for p in series.observed],
        "rivals": [_seen(track, point) for point in series.rivals],
        "rounds": [_round(point) for point in series.rounds],
        "not_comparable": [
            {"figure": o.fact.code, "why": words.obstacle(o, track.names)} for o in series.obstacles
        ],
        "path": _path(found, path),
    }


def target_record(judged: Judged, path: PathKind | None) -> Record:
    """One target: as published, on the series' scale, and where it stands."""
    standing, track = judged.standing, judged.track
    return {
        **_aim(track, standing.aim),
        "state": standing.state,
        "state_name": words.STATES[standing.state],
        "why": why(judged),
        "latest": standing.latest and _seen(track, standing.latest),
        "start": standing.start and _seen(track, standing.start),
        "gap": number(standing.gap),
        "count_over_quota": number(standing.share),
        "years_left": number(standing.years_left),
        "overdue": standing.overdue,
        "sources_differ": standing.sources_differ,
        "pace": _pace(standing),
        "asked": number(standing.asked) if path else None,
        "path_gap": number(standing.path_gap) if path else None,
        "projection": judged.projection and projection_record(judged.projection),
    }


def why(judged: Judged) -> Text:
    """Why a target is in its state, in words."""
    if judged.standing.obstacles:
        return words.obstacle(judged.standing.obstacles[0], judged.track.names)
    return words.why(judged.standing.why)


def _scale(track: Track) -> Record:
    scale = track.series.scale
    base = None if scale.base is None or scale.kind == "level" else year_of(scale.base)
    name = track.names.get(scale.unit, {"zh": scale.unit, "en": scale.unit})
    return {"kind": scale.kind, "unit": scale.unit, "unit_name": name, "base_year": base}


def _aim(track: Track, aim: Aim | None) -> Record:
    if aim is None:
        return {}
    figure = track.figures[aim.figure]
    return {
        "period": aim.period,
        "value": number(aim.value),
        "value_high": number(aim.high),
        "operator": aim.operator,
        "derived": words.DERIVED.get(aim.derived),
        "published": {
            "value": number(figure.value),
            "value_high": number(figure.value_high),
            "operator": figure.operator,
            "form": figure.form,
            "unit": figure.unit or track.indicator.unit,
            "base_year": figure.base_year,
        },
        **proof(track, aim.figure),
    }


def proof(track: Track, code: str) -> Record:
    """Where a figure stands: source, place in it, status and caveats."""
    figure = track.figures.get(code)
    if figure is None:
        return {"figure": "", "source": "", "source_title": {}, "locator": "", "status": ""}
    return {
        "figure": figure.code,
        "source": figure.source.code,
        "source_title": figure.source.title,
        "locator": figure.locator,
        "status": figure.status,
        "caveats": figure.caveats,
    }


def _seen(track: Track, point: Point) -> Record:
    return {
        "period": point.period,
        "value": number(point.value),
        "value_high": number(point.high),
        "operator": point.operator,
        "origin": point.origin,
        "derived": words.DERIVED.get(point.derived),
        **proof(track, point.figure),
    }


def _round(point: Point) -> Record:
    return {
        "period": point.period,
        "value": number(point.value),
        "round": point.title,
        "n": point.n,
        "synthetic": point.synthetic,
    }


def _pace(standing: Standing) -> Record | None:
    if standing.pace is None:
        return None
    pace = standing.pace
    numbers = {
        "so_far": pace.so_far,
        "needed": pace.needed,
        "percent_so_far": pace.rate_so_far,
        "percent_needed": pace.rate_needed,
    }
    periods = {"since": pace.since, "until": pace.until, "due": pace.due}
    return {key: number(value) for key, value in numbers.items()} | periods


def projection_record(found: Projection) -> Record:
    """Moments are years on the axis of time: 2024.5 is the middle of 2025."""
    withheld = words.WITHHELD[found.withheld] if found.withheld else None
    return {
        "assumes": words.ASSUMES[found.assumes],
        "level": found.level,
        "n": found.n,
        "withheld": withheld,
        "met_at": number(found.met_at),
        "earliest": number(found.earliest),
        "latest": number(found.latest),
        "at_due": number(found.at_due),
        "at_due_low": number(found.at_due_low),
        "at_due_high": number(found.at_due_high),
    }


def _path(found: Sequence[Judged], path: PathKind | None) -> Record | None:
    """The path to the last target, where one was asked for."""
    if path is None or not found or found[-1].standing.aim is None:
        return None
    way = found[-1].standing.path
    years = [{"year": year, "value": number(value)} for year, value in way.years()]
    stops = [{"at": number(stop.at), "value": number(stop.value)} for stop in way.stops]
    return {"kind": way.kind, "asked_kind": way.asked_kind, "stops": stops, "interpolated": years}


def number(value: Decimal | Fraction | float | None) -> int | float | None:
    """A JSON number; whole ones without a point."""
    if value is None:
        return None
    told = round(float(value), 12)
    return int(told) if told.is_integer() else told


def flat(found: Iterable[Judged]) -> list[dict[str, Any]]:
    """One row a target, for tables: texts still ``{zh, en}``."""
    return [_row(one) for one in found]


def _row(one: Judged) -> dict[str, Any]:
    track, standing, trend = one.track, one.standing, one.projection
    latest, pace, aim = standing.latest, standing.pace, standing.aim
    figure = proof(track, aim.figure if aim else "")
    return {
        "indicator": track.indicator.code,
        "name": track.indicator.name,
        "area": track.area,
        "area_name": track.area_name,
        "sector": track.series.sector,
        "scale": track.series.scale.kind,
        "base_year": _scale(track)["base_year"],
        "unit": _scale(track)["unit_name"],
        "target_period": aim and aim.period,
        "target_operator": aim and aim.operator,
        "target": aim and number(aim.value),
        "target_high": aim and number(aim.high),
        "state": standing.state,
        "state_name": words.STATES[standing.state],
        "why": why(one),
        "latest_period": latest and latest.period,
        "latest": latest and number(latest.value),
        "gap": number(standing.gap),
        "count_over_quota_percent": number(standing.share),
        "pace_so_far": pace and number(pace.so_far),
        "pace_needed": pace and number(pace.needed),
        "percent_a_year_so_far": pace and number(pace.rate_so_far),
        "percent_a_year_needed": pace and number(pace.rate_needed),
        "overdue": standing.overdue,
        "projected": trend and number(trend.met_at),
        "projected_earliest": trend and number(trend.earliest),
        "projected_latest": trend and number(trend.latest),
        "source": figure["source_title"],
        "locator": figure["locator"],
        "figure": figure["figure"],
    }
