"""Targets over time read from the catalogue: the one place that asks for figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone

from questionnaires.areas import area_names, sector_names
from questionnaires.models import Figure, Indicator
from scoring.numbers import decimal
from scoring.progress.building import series_of
from scoring.progress.projection import Projection, of_series
from scoring.progress.shapes import Direction, Fact, PathKind, Series, Subject, Text
from scoring.progress.standing import Standing, standings

KINDS = (Figure.Kind.TARGET, Figure.Kind.OBSERVED)


@dataclass(frozen=True)
class Track:
    """A series with the names and the figures behind it.

    ``figures``: by code, of every point, target and obstacle. ``names``: of the sectors, the units
    and the indicators that obstacles speak of.
    """

    indicator: Indicator
    area: str
    area_name: Text
    series: Series
    figures: Mapping[str, Figure]
    names: dict[str, Text]

    @property
    def sector_name(self) -> Text:
        return self.names.get(self.series.sector, {})


@dataclass(frozen=True)
class Judged:
    """One target of a track: where it stands, and when a trend would meet it."""

    track: Track
    standing: Standing
    projection: Projection | None

    @property
    def figure(self) -> Figure | None:
        return None if self.standing.aim is None else self.track.figures[self.standing.aim.figure]


def today() -> Fraction:
    """Now on the axis of time, to the month: what falls due with a year does so at its end."""
    date = timezone.localdate()
    return Fraction(date.year - 1) + Fraction(date.month - 1, 12)


def judge(track: Track, kind: PathKind = "linear", now: Fraction | None = None) -> list[Judged]:
    """Every target of a track, in order of time."""
    at = today() if now is None else now
    return [
        Judged(
            track, found, None if found.aim is None else of_series(track.series, found.aim, kind)
        )
        for found in standings(track.series, kind, at)
    ]


def tracks(
    areas: Sequence[str] = (), indicator: Indicator | None = None, *, aimed_only: bool = True
) -> list[Track]:
    """Tracks of areas (default: all) and an indicator (default: all), in the catalogue's order.

    ``aimed_only`` leaves out what has no target there. Three queries, however many there are.
    """
    rows = _figures(areas, indicator)
    related = _relatives(rows)
    places = area_names({figure.area for figure in rows})
    sectors = sector_names(figure.sector for figure in rows)
    found: list[Track] = []
    for (place, _code), group in groupby(rows, key=lambda f: (f.area, f.indicator.code)):
        own = list(group)
        one = own[0].indicator
        if indicator is not None and one.pk != indicator.pk:
            continue
        if aimed_only and not any(f.kind == Figure.Kind.TARGET for f in own):
            continue
        others = [f for f in related[place, one.concept] if f.indicator_id != one.pk]
        found += _of_one(one, places[place], own, others, sectors)
    return found


def _figures(areas: Sequence[str], indicator: Indicator | None) -> list[Figure]:
    """Targets and observations, with those of other definitions of the idea."""
    where = Q(kind__in=KINDS) & (Q(area__in=areas) if areas else Q())
    if indicator is not None:
        where &= Q(indicator__concept=indicator.concept)
    rows = Figure.objects.of_areas().filter(where).select_related("indicator", "source")
    return sorted(
        rows,
        key=lambda f: (
            f.area != "CN", f.area, f.indicator.source_id or 0, f.indicator.position,
            f.indicator.code,
        ),
    )  # fmt: skip


def _relatives(rows: Iterable[Figure]) -> dict[tuple[str, str], list[Figure]]:
    """Observations by area and concept."""
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in rows:
        if figure.kind == Figure.Kind.OBSERVED:
            found[figure.area, figure.indicator.concept].append(figure)
    return found


def _of_one(
    indicator: Indicator,
    area_name: Text,
    own: list[Figure],
    others: list[Figure],
    sectors: Mapping[str, Any],
) -> list[Track]:
    figures = {figure.code: figure for figure in (*own, *others)}
    names = _names(figures.values(), sectors)
    subject = subject_of(indicator)
    made = series_of(subject, [fact(f) for f in own], [fact(f) for f in others])
    return [Track(indicator, own[0].area, area_name, one, figures, names) for one in made]


def _names(figures: Iterable[Figure], sectors: Mapping[str, Any]) -> dict[str, Text]:
    names: dict[str, Text] = {}
    for figure in figures:
        names[figure.indicator.code] = figure.indicator.name
        if figure.indicator.unit:
            names[figure.indicator.unit] = figure.indicator.unit_name or _plain(
                figure.indicator.unit
            )
        if figure.unit:
            names[figure.unit] = figure.unit_name or _plain(figure.unit)
        if figure.sector:
            name = sectors.get(figure.sector, figure.sector)
            names[figure.sector] = _plain(name) if isinstance(name, str) else name
    return names


def _plain(word: str) -> Text:
    return {"zh": word, "en": word}


def subject_of(indicator: Indicator) -> Subject:
    direction = cast(Direction, indicator.direction)
    nature = indicator.nature
    return Subject(indicator.code, indicator.unit, direction, nature)


def fact(figure: Figure) -> Fact:
    high = None if figure.value_high is None else decimal(figure.value_high)
    return Fact(
        figure.code, figure.kind, figure.form, figure.period, decimal(figure.value), high,
        figure.operator, figure.unit, figure.base_year, figure.sector, figure.indicator.code,
        figure.source.code,
    )  # fmt: skip
