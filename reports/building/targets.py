"""Own values beside published figures, and the sources they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from questionnaires.instruments import Definition
from questionnaires.models import Region, Source
from reports.building.answers import NO, YES
from reports.building.dimensions import known
from reports.building.measured import in_words_only, yes_or_no
from reports.model import TargetRow, Text
from scoring.shape import indicators_of
from scoring.targets import Comparison, compare


def rows(
    definition: Definition, payload: dict[str, Any], region: Region, year: int
) -> list[TargetRow]:
    """Every indicator of the instrument; one without an answer says so."""
    given = payload.get("values", {})
    silent, said = in_words_only(definition), yes_or_no(definition)
    codes = [code for code in indicators_of(definition) if code not in silent]
    values = {code: known(given.get(code)) for code in codes}
    found = compare(values, region, subject="enterprise", year=year)
    return [row(each, each.indicator in said) for each in found]


def row(found: Comparison, in_words: bool = False) -> TargetRow:
    """``in_words``: the own value is a yes or a no."""
    return TargetRow(
        own_text=(YES if found.own else NO) if in_words and found.own is not None else {},
        indicator=found.indicator,
        name=found.name,
        unit=found.unit,
        own=found.own,
        target=found.published,
        operator=found.operator,
        year=found.year,
        area=found.area_name,
        kind=found.kind,
        state=found.state,
        gap=found.gap,
        source=found.source,
        source_code=found.source_code,
        locator=found.locator,
        status=found.status,
        caveats=found.caveats,
        figure=found.figure,
        target_high=found.published_high,
        form=found.form,
        base_year=found.base_year,
        period=found.period,
        past=found.past,
        reason=found.reason,
    )


def sources(own: Source | None, found: Iterable[TargetRow]) -> list[tuple[str, Text]]:
    """Code and title of the instrument's source and of every figure's, once each."""
    titles: dict[str, Text] = {own.code: own.title} if own else {}
    titles |= {each.source_code: each.source for each in found if each.source_code}
    return sorted(titles.items())
