"""Targets as rows of words: the same on the list, the page of one indicator and its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.models import Figure
from questionnaires.numbers import value_of
from questionnaires.texts import localized
from reports import numbers
from scoring.progress import words
from scoring.progress.catalogue import Judged, Track
from scoring.progress.projection import Projection
from scoring.progress.records import why
from scoring.progress.shapes import Aim, Point, Scale
from scoring.progress.times import year_of

WHOLE = 100  # from here on a pace needs no decimal of its own
COMPUTED_PLACES = 2  # decimals of a computed value beside published ones of fewer


@dataclass(frozen=True)
class Row:
    """One target in words. ``state`` is a key for the badge, all else is ready to be read."""

    track: Track
    figure: Figure | None
    state: str
    state_name: str
    why: str
    target: str
    due: str
    derived: str
    published: str  # of a derived target, what the document says
    latest: str
    latest_period: str
    gap: str
    share: str
    asked: str
    path_gap: str
    pace: str
    pace_rate: str
    overdue: bool
    sources_differ: bool
    projection: list[str]


def row(one: Judged, *, with_path: bool = False) -> Row:
    """``with_path``: interpolated values are shown only where a person asked for a path."""
    standing, track = one.standing, one.track
    aim, latest = standing.aim, standing.measured or standing.latest
    places = places_of(track)
    return Row(
        track=track,
        figure=one.figure,
        state=standing.state,
        state_name=localized(words.STATES[standing.state]),
        why=localized(dict(why(one))),
        target=value_text(aim, track) if aim else "",
        due=aim.period if aim else "",
        derived=localized(dict(words.DERIVED[aim.derived])) if aim and aim.derived else "",
        published=as_published(one.figure, track) if aim and aim.derived else "",
        latest=value_text(latest, track) if latest else "",
        latest_period=latest.period if latest else "",
        gap=difference(standing.gap, track, places),
        share="" if standing.share is None else f"{numbers.number(standing.share)}%",
        asked=_computed(standing.asked, track, places) if with_path else "",
        path_gap=difference(standing.path_gap, track, places) if with_path else "",
        pace=_pace(one, track),
        pace_rate=_rates(one),
        overdue=standing.overdue,
        sources_differ=standing.sources_differ,
        projection=projected(one.projection, track),
    )


def as_published(figure: Figure | None, track: Track) -> str:
    """A derived target in its document's own terms: “18% · Change against a base year (2015)”."""
    if figure is None:
        return ""
    unit = figure.unit_label or track.indicator.unit_label or "%"
    value = value_of(figure) + (unit if unit.startswith("%") else f"{numbers.NBSP}{unit}")
    base = f" ({figure.base_year})" if figure.base_year else ""
    return f"{value} · {figure.get_form_display()}{base}"


def places_of(track: Track) -> int:
    """Decimals of computed values: the most any published one has, and one of a percentage."""
    scale = track.series.scale
    values = [aim.value for aim in track.series.aims if not aim.derived]
    values += [point.value for point in track.series.observed if not point.derived]
    most = max((numbers.places_of(value) for value in values), default=0)
    whole = scale.kind == "level" and scale.unit not in {"%", "％"}
    return min(max(most, 0 if whole else 1), 4)


def unit_text(track: Track) -> str:
    """What the values are measured in, index and points with their base year."""
    scale = track.series.scale
    base = {"base": year_of(scale.base) if scale.base is not None else ""}
    if scale.kind == "index":
        return _("index, %(base)s = 100") % base
    unit = localized(dict(track.names.get(scale.unit, {}))) or scale.unit
    if scale.kind == "points":
        return _("%(unit)s above %(base)s") % {"unit": unit, **base}
    return unit


def value_text(point: Aim | Point, track: Track) -> str:
    """A value with its operator: published ones with every digit, derived ones rounded."""
    low = _digits(point.value, point)
    if point.high is not None:
        high = _digits(point.high, point)
        return pgettext("range", "%(low)s–%(high)s") % {"low": low, "high": high}
    sign = "" if point.operator == "=" else point.operator + numbers.NBSP
    return sign + low


def _digits(value: Decimal, point: Aim | Point) -> str:
    computed = point.derived or (isinstance(point, Point) and point.origin == "round")
    return numbers.exact(round(value, COMPUTED_PLACES) if computed else value)


def difference(value: Decimal | None, track: Track, places: int) -> str:
    """A signed difference with its unit: of two percentages in percentage points."""
    if value is None:
        return ""
    text = numbers.signed(value, places)
    return f"{text}{numbers.NBSP}{difference_unit(track.series.scale, track)}".strip()


def difference_unit(scale: Scale, track: Track) -> str:
    if scale.kind == "index":
        return pgettext("unit", "index points")
    if scale.unit in {"%", "％"}:
        return pgettext("unit", "percentage points")
    return localized(dict(track.names.get(scale.unit, {}))) or scale.unit


def _computed(value: Decimal | None, track: Track, places: int) -> str:
    return "" if value is None else numbers.number(value, places)


def _pace(one: Judged, track: Track) -> str:
    """``+3.0 a year from 2013 to 2015; +3.4 needed until 2020``."""
    found = one.standing.pace
    if found is None:
        return ""
    largest = max(
        abs(each) for each in (found.so_far, found.needed, Decimal(0)) if each is not None
    )
    places = max(places_of(track), 1 if largest < WHOLE else 0)
    parts = []
    if found.so_far is not None:
        parts.append(_("%(pace)s a year from %(since)s to %(until)s") % {
            "pace": difference(found.so_far, track, places),
            "since": found.since, "until": found.until,
        })  # fmt: skip
    if found.needed is not None and one.standing.state != "met":
        parts.append(_("%(pace)s a year needed until %(due)s") % {
            "pace": difference(found.needed, track, places), "due": found.due,
        })  # fmt: skip
    return pgettext("between parts of a sentence", "; ").join(parts)


def _rates(one: Judged) -> str:
    """The same pace as compound percentages a year."""
    found = one.standing.pace
    if found is None:
        return ""
    parts = []
    if found.rate_so_far is not None:
        parts.append(_("%(rate)s%% a year so far") % {"rate": numbers.signed(found.rate_so_far)})
    if found.rate_needed is not None and one.standing.state != "met":
        parts.append(_("%(rate)s%% a year needed") % {"rate": numbers.signed(found.rate_needed)})
    return pgettext("between parts of a sentence", "; ").join(parts)


def projected(found: Projection | None, track: Track) -> list[str]:
    """Sentences: when, between what, what is assumed and what is expected in the due year."""
    if found is None:
        return []
    level = {"level": f"{found.level:.0%}", "n": found.n}
    said = []
    if found.withheld:
        said.append(localized(dict(words.WITHHELD[found.withheld])))
    elif found.met_at is not None and found.earliest is not None and found.latest is not None:
        said.append(
            _("Met around %(met)s; %(level)s prediction interval: %(early)s to %(late)s.")
            % {**level, "met": when(found.met_at), "early": when(found.earliest),
               "late": when(found.latest)}
        )  # fmt: skip
    if found.at_due is not None and found.at_due_low is not None and found.at_due_high is not None:
        places = max(places_of(track), 1)
        values = (found.at_due, found.at_due_low, found.at_due_high)
        middle, low, high = (numbers.number(value, places) for value in values)
        said.append(
            _("Expected in the due year: %(value)s (%(level)s prediction interval %(low)s to "
              "%(high)s).") % {**level, "value": middle, "low": low, "high": high}
        )  # fmt: skip
        said.append(
            _("From %(n)d observations of one source; %(assumed)s.")
            % {**level, "assumed": localized(dict(words.ASSUMES[found.assumes]))}
        )
    return said


def when(at: float) -> str:
    """A moment as its year, or its year and month: 2024.25 → 2025-03; 2025.0 → 2025-12."""
    months = round(at * 12)
    year, month = divmod(months - 1, 12)
    return f"{year + 1}-{month + 1:02d}"


def steps(track: Track) -> list[str]:
    """From one target to the next of a source on an index: compound, as falls add up to no sum."""
    if track.series.scale.kind != "index":
        return []
    said = []
    pairs = zip(track.series.aims, track.series.aims[1:], strict=False)
    for a, b in pairs:
        if a.source == b.source and a.value and b.at > a.at and a.derived == "change":
            change = 100 * (b.value / a.value - 1)
            said.append(
                _("From %(from)s to %(to)s: %(change)s%% (index %(a)s → %(b)s; changes compound, "
                  "they are not subtracted).")
                % {"from": a.period, "to": b.period, "change": numbers.signed(change),
                   "a": numbers.number(a.value), "b": numbers.number(b.value)}
            )  # fmt: skip
    return said
