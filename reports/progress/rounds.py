"""Which rounds' values a person may see beside the targets of an indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser

from assessment.models import Jurisdiction, Round, User
from questionnaires.models import Indicator, Region
from questionnaires.texts import localized
from reports.building.measured import in_words_only
from reports.progress.rows import difference, places_of
from scoring.progress.catalogue import Track
from scoring.progress.operators import goal
from scoring.progress.rounds import round_points
from scoring.progress.shapes import Point
from scoring.shape import definition_of

MOST = 20  # latest rounds of a region


@dataclass(frozen=True)
class RoundRow:
    """A round's own value beside the next target of a track."""

    title: str
    region: str
    period: str
    value: str
    n: int | None
    gap: str
    synthetic: bool


def points_for(user: User | AnonymousUser, code: str, indicator: Indicator) -> list[Point]:
    """Values of rounds in a region this person answers for; none for anybody else."""
    region = Region.objects.filter(code=code).first() if user.is_authenticated else None
    if region is None or not indicator.roll_up or not _answers_for(user, region):
        return []
    ends = range(Region.steplen, len(region.path) + 1, Region.steplen)
    above = [region.path[:end] for end in ends]
    rounds = Round.objects.visible_to(user).filter(region__path__in=above)
    latest = list(rounds.select_related("instrument_version").order_by("-year", "-pk")[:MOST])
    told = [r for r in latest if indicator.code not in _in_words(r)]
    name = localized(region.name)
    found = round_points(told, region.code, [indicator]).get(indicator.code, [])
    return [replace(point, title=f"{name} · {point.title}") for point in found]


def _answers_for(user: User | AnonymousUser, region: Region) -> bool:
    if not isinstance(user, User):
        return False
    if user.is_operator:
        return True
    offices = Jurisdiction.objects.filter(officer=user).values_list("region__path", flat=True)
    return region.path.startswith(tuple(offices))


def _in_words(round: Round) -> set[str]:
    return set(in_words_only(definition_of(round.instrument_version)))


def with_rounds(track: Track, points: list[Point]) -> Track:
    """The track with the rounds' values, if they are in its unit; they stay out of its series."""
    scale = track.series.scale
    if scale.kind != "level" or scale.unit != track.indicator.unit or track.series.sector:
        return track
    return replace(track, series=replace(track.series, rounds=tuple(points)))


def round_rows(track: Track) -> list[RoundRow]:
    return [_row(track, point) for point in track.series.rounds]


def _row(track: Track, point: Point) -> RoundRow:
    places = max(places_of(track), 1)
    due = [aim for aim in track.series.aims if aim.at >= point.at] or list(track.series.aims[-1:])
    gap = ""
    if due:
        wanted = goal(due[0], track.series.direction, point.value)
        gap = f"{difference(point.value - wanted, track, places)} ({due[0].period})"
    value = f"{point.value.quantize(Decimal(1).scaleb(-places)):,}"
    return RoundRow(point.title, "", point.period, value, point.n, gap, point.synthetic)
