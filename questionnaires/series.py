"""What of an indicator's figures can be drawn over time: pure, from figures with their names.

Only levels and counts of one unit share an axis; changes and growth rates never do. Observed values
of one source are joined by a line, targets and forecasts stand as marks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.models import Figure
from questionnaires.texts import localized

MOST_SERIES = 4
DRAWN_FORMS = (Figure.Form.LEVEL, Figure.Form.COUNT)
DRAWN_KINDS = (Figure.Kind.OBSERVED, Figure.Kind.TARGET, Figure.Kind.FORECAST)
HALVES = {"H1": 3.5, "H2": 9.5, "Q1": 2, "Q2": 5, "Q3": 8, "Q4": 11}  # month in their middle


@dataclass(frozen=True)
class Series:
    """One area (and sector) of a chart, its figures in order of time."""

    key: str  # area, or area:sector
    name: str
    figures: tuple[Figure, ...]

    @property
    def spans(self) -> bool:
        """Whether it says something about more than one point in time."""
        return len({figure.period for figure in self.figures}) > 1

    def of(self, *kinds: str) -> list[Figure]:
        return [figure for figure in self.figures if figure.kind in kinds]


@dataclass(frozen=True)
class Chart:
    """Series of one form and unit: those drawn, and all there are to choose from."""

    form: str
    unit: str
    drawn: tuple[Series, ...]
    offered: tuple[Series, ...]
    too_many: bool = False  # more were asked for than are drawn


def charts(figures: Iterable[Figure], wanted: Iterable[str] = ()) -> list[Chart]:
    """One chart for each form and unit in which an area has values of several times."""
    usable = [f for f in figures if f.form in DRAWN_FORMS and f.kind in DRAWN_KINDS and not f.case]
    axes = _grouped(usable, lambda figure: (figure.form, figure.unit))
    found = [_chart(axis, rows, set(wanted)) for axis, rows in axes]
    return sorted((chart for chart in found if chart), key=lambda chart: -len(chart.offered))


def _chart(axis: tuple[str, str], rows: list[Figure], wanted: set[str]) -> Chart | None:
    series = [_series(rows) for _key, rows in _grouped(rows, lambda f: (f.area, f.sector))]
    series.sort(key=lambda one: (not one.spans, -len(one.figures), one.key != "CN", one.key))
    if not series or not series[0].spans:
        return None
    asked = [one for one in series if one.key in wanted]
    chosen = asked or [one for one in series if one.spans]
    unit = rows[0].unit_label
    return Chart(
        axis[0], unit, tuple(chosen[:MOST_SERIES]), tuple(series), len(asked) > MOST_SERIES
    )


def _series(rows: list[Figure]) -> Series:
    first: Any = rows[0]
    key = f"{first.area}:{first.sector}" if first.sector else first.area
    name = localized(first.area_name)
    if first.sector:
        name += f" · {localized(first.sector_name)}"
    return Series(key, name, tuple(sorted(rows, key=lambda figure: (moment(figure), figure.code))))


def moment(figure: Figure) -> float:
    """The period's place on the axis of time: a year is itself, a month a part of the way on."""
    found = re.search(r"(?:19|20)\d\d-(\d\d|H[12]|Q[1-4])$", figure.period)
    if not found or len(figure.period) > 7:
        return float(figure.year)
    part = found[1]
    month = HALVES[part] if part in HALVES else float(part)
    return round(figure.year + (month - 1) / 12, 3)


def as_data(chart: Chart) -> dict[str, Any]:
    """The chart for ``json_script``."""
    return {
        "unit": chart.unit,
        "words": {str(kind.value): str(kind.label) for kind in DRAWN_KINDS},
        "series": [
            {
                "name": one.name,
                "lines": [[_point(f) for f in rows] for rows in _lines(one)],
                "targets": [_point(f) for f in one.of(Figure.Kind.TARGET)],
                "forecasts": [_point(f) for f in one.of(Figure.Kind.FORECAST)],
            }
            for one in chart.drawn
        ],
    }


def _lines(one: Series) -> list[list[Figure]]:
    """Observed values by source: two sources are never joined."""
    observed = one.of(Figure.Kind.OBSERVED)
    return [rows for _key, rows in _grouped(observed, lambda figure: figure.source_id)]


def _point(figure: Any) -> dict[str, Any]:
    high = float(figure.value_high) if figure.value_high is not None else None
    return {
        "x": moment(figure),
        "y": float(figure.value),
        "high": high,
        "period": figure.period,
        "shown": figure.shown,
        "source": localized(figure.source.title),
    }


def sentence(chart: Chart) -> str:
    """What the chart shows, for who cannot see it."""
    said = [f"{one.name}{_(': ')}{_series_words(one, chart.unit)}" for one in chart.drawn]
    return pgettext("between parts of a sentence", "; ").join(said) + pgettext(
        "end of sentence", "."
    )


def _series_words(one: Series, unit: str) -> str:
    parts = []
    for kind in DRAWN_KINDS:
        rows = one.of(kind)
        if len(rows) > MOST_SERIES:
            words = _("%(kind)s from %(first)s to %(last)s, %(n)d values") % {
                "kind": kind.label, "first": _value(rows[0], unit),
                "last": _value(rows[-1], unit), "n": len(rows),
            }  # fmt: skip
            parts.append(words)
        elif rows:
            values = pgettext("between the items of a list", ", ").join(
                _value(figure, unit) for figure in rows
            )
            parts.append(f"{kind.label} {values}")
    return pgettext("between the items of a list", ", ").join(parts)


def _value(figure: Any, unit: str) -> str:
    space = "" if unit.startswith(("%", "‰")) else " "
    return f"{figure.period} {figure.shown}{space}{unit}".strip()


def _grouped(
    rows: Iterable[Figure], key: Callable[[Figure], Any]
) -> list[tuple[Any, list[Figure]]]:
    return [(name, list(group)) for name, group in groupby(sorted(rows, key=key), key=key)]
