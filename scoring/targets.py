"""Values beside published figures: what is met, what is not, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.db.models import Q

from questionnaires.models import Figure, Indicator, Region
from scoring.areas import chain
from scoring.numbers import Stats, Text, decimal
from scoring.progress.operators import reaches
from scoring.words import sentence

Subject = Literal["enterprise", "region"]


@dataclass(frozen=True)
class Comparison:
    """One indicator beside one published figure; ``gap`` is own minus published, in ``unit``.

    ``state``: met, gap, no_target, no_answer, not_comparable. Observed figures keep ``kind``
    "observed" and state no_target: they are shown, never aimed at. ``reason`` explains
    not_comparable, or why there is no value; ``past`` says the figure's year lies before the year
    of the value.
    """

    indicator: str
    name: Text
    unit: str
    own: Decimal | None
    published: Decimal | None
    published_high: Decimal | None  # upper end of a range
    operator: str
    year: int | None
    period: str
    past: bool
    area: str  # code
    area_name: Text
    sector: str  # what part of the economy the figure is about, "" = all
    kind: str  # target, observed, forecast, policy; "" without a figure
    form: str
    base_year: int | None
    state: str
    reason: Text
    gap: Decimal | None
    source: Text
    source_code: str
    locator: str
    status: str
    caveats: Text
    figure: str  # code, "" without a figure


@dataclass(frozen=True)
class _Setting:
    """What a comparison is made for."""

    subject: Subject
    year: int | None
    areas: Mapping[str, Text]  # code → name, nearest first


def compare(
    values: Mapping[str, Decimal | None],
    region: Region,
    *,
    subject: Subject = "enterprise",
    year: int | None = None,
) -> list[Comparison]:
    """Compare ``{indicator: value}`` with the figures of ``region`` and the regions above it.

    One row for each published target of an indicator, nearest area and latest year first; where
    there is none, one row for its latest observed figure or, without any, a row that says so.
    ``year`` is the year of the values. Unknown indicators are left out.
    """
    setting = _Setting(subject, year, _areas(region))
    indicators = {i.code: i for i in Indicator.objects.filter(code__in=list(values))}
    figures = _figures(indicators.values(), setting.areas)
    rows: list[Comparison] = []
    for code, value in values.items():
        if code in indicators:
            rows += _compare_one(indicators[code], value, figures, setting)
    return rows


def roll_up(indicator: Indicator, stats: Stats | None) -> Decimal | None:
    """A region's value from the distribution of its enterprises' answers; None without a rule.

    ``mean_of_firms`` is the plain mean, ``share_of_firms`` the percentage with yes or a value
    above 0, ``sum`` the total of the answers given. A ratio of totals does not follow from ratios.
    """
    if stats is None:
        return None
    ways = {
        "mean_of_firms": stats.mean,
        "share_of_firms": stats.share,
        "sum": decimal(stats.mean * stats.n),
    }
    return ways.get(indicator.roll_up)


def _areas(region: Region) -> dict[str, Text]:
    areas: dict[str, Text] = {area.code: area.name for area in chain(region)}
    return areas if "CN" in areas else areas | {"CN": {"zh": "全国", "en": "China"}}


def _figures(indicators: Iterable[Indicator], areas: Mapping[str, Text]) -> list[Figure]:
    """Targets and observations of the indicators and of others that share their concepts."""
    wanted = list(indicators)
    same = Q(indicator__in=wanted)
    concept = Q(indicator__concept__in=[i.concept for i in wanted], kind=Figure.Kind.TARGET)
    rows = (
        Figure.objects.of_areas()
        .filter(
            same | concept,
            area__in=list(areas),
            kind__in=[Figure.Kind.TARGET, Figure.Kind.OBSERVED],
        )
        .select_related("indicator", "source")
    )
    near = {code: place for place, code in enumerate(areas)}
    return sorted(rows, key=lambda f: (near[f.area], -f.year, f.sector, f.code))


def _compare_one(
    indicator: Indicator, value: Decimal | None, figures: list[Figure], setting: _Setting
) -> list[Comparison]:
    own = [f for f in figures if f.indicator_id == indicator.pk]
    targets = [f for f in own if f.kind == Figure.Kind.TARGET]
    if targets:
        return [_row(indicator, value, figure, setting) for figure in targets]
    related = [
        f for f in figures
        if f.indicator.concept == indicator.concept and f.indicator_id != indicator.pk
    ]  # fmt: skip
    if related:
        return [_row(indicator, value, figure, setting) for figure in related]
    return [_row(indicator, value, own[0] if own else None, setting)]


def _row(
    indicator: Indicator, value: Decimal | None, figure: Figure | None, setting: _Setting
) -> Comparison:
    reason = _obstacle(indicator, figure, setting) if figure else {}
    state, gap = _state(indicator, value, figure, reason)
    return Comparison(
        indicator=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        own=value,
        published=_plain(figure.value) if figure else None,
        published_high=_plain(figure.value_high) if figure else None,
        operator=figure.operator if figure else "",
        year=figure.year if figure else None,
        period=figure.period if figure else "",
        past=bool(figure and setting.year and figure.year < setting.year),
        area=figure.area if figure else "",
        area_name=setting.areas.get(figure.area, {}) if figure else {},
        sector=figure.sector if figure else "",
        kind=figure.kind if figure else "",
        form=figure.form if figure else "",
        base_year=figure.base_year if figure else None,
        state=state,
        reason=reason if state == "not_comparable" else {},
        gap=gap,
        source=figure.source.title if figure else {},
        source_code=figure.source.code if figure else "",
        locator=figure.locator_label if figure else "",
        status=figure.status if figure else "",
        caveats=figure.caveats if figure else {},
        figure=figure.code if figure else "",
    )


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else decimal(value)


def _obstacle(indicator: Indicator, figure: Figure, setting: _Setting) -> Text:
    """Why a figure cannot stand beside a value; empty when it can."""
    if figure.indicator_id != indicator.pk:
        return sentence("other_definition", other=figure.indicator.name)
    if setting.subject == "enterprise" and indicator.roll_up == "share_of_firms":
        return sentence("share_of_firms")
    if setting.subject == "enterprise" and indicator.level == Indicator.Level.REGION:
        return sentence("regional_only")
    if setting.subject == "region" and indicator.roll_up == Indicator.RollUp.RATIO_OF_TOTALS:
        return sentence("ratio_of_totals")
    if setting.subject == "region" and not indicator.roll_up:
        return sentence("no_roll_up")
    if figure.form == Figure.Form.CHANGE:
        return sentence("form_change", base=figure.base_year or "—")
    if figure.form == Figure.Form.GROWTH:
        return sentence("form_growth")
    if figure.unit and figure.unit != indicator.unit:
        return sentence("other_unit", theirs=figure.unit, ours=indicator.unit or "—")
    return {}


def _state(
    indicator: Indicator, value: Decimal | None, figure: Figure | None, reason: Text
) -> tuple[str, Decimal | None]:
    if figure is None or figure.kind != Figure.Kind.TARGET:
        return "no_target", None
    if reason:
        return "not_comparable", None
    if value is None:
        return "no_answer", None
    gap = decimal(value - figure.value)
    return ("met" if meets(indicator, value, figure) else "gap"), gap


def meets(indicator: Indicator, value: Decimal, figure: Figure) -> bool:
    """Whether a value reaches a target: beyond it is met too, in the direction that is better.

    A strict operator (> or <) is not met by the number itself; where neither direction is better
    only the number, or a place inside the range, meets it. Targets over time judge by the same.
    """
    return reaches(value, figure.value, figure.value_high, figure.operator, indicator.direction)
