"""Entries as database values: one function per kind, all naming the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from questionnaires.catalogue.locators import english
from questionnaires.catalogue.rule_names import is_indicator
from questionnaires.catalogue.rule_schema import AdviceEntry, PolicyEntry, stored
from questionnaires.catalogue.schema import (
    FigureEntry,
    GapEntry,
    IndicatorEntry,
    IndustryEntry,
    PlaceMap,
    RegionEntry,
    SourceEntry,
    TextMap,
    last_year,
)

if TYPE_CHECKING:  # entries reads instruments, which look up modules in the store, which is here
    from questionnaires.catalogue.entries import Entry

COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("title", "publisher", "kind", "number", "published", "url", "note"),
    "regions": ("name", "level"),
    "industries": ("name", "section", "level"),
    "indicators": (
        "concept", "name", "definition", "formula", "unit", "unit_name", "direction", "level",
        "nature", "roll_up", "source", "locator", "locator_name", "groups", "position",
    ),
    "figures": (
        "indicator", "area", "sector", "case", "stage", "period", "year", "value", "value_high",
        "operator", "unit", "unit_name", "kind", "form", "base_year", "source", "locator",
        "locator_name", "status", "caveats",
    ),
    "gaps": (
        "indicator", "area", "period", "year", "form", "source", "locator", "locator_name",
        "reason",
    ),
    "policies": (
        "title", "source", "locator", "locator_name", "issuer", "area", "nature", "audience",
        "beneficiary", "conditions", "kind", "benefit", "payer", "office", "matching",
        "needs_person", "valid_from", "valid_to", "group", "inputs", "position",
    ),
    "advice": (
        "title", "text", "indicator", "below", "industry", "audience", "nature", "source",
        "locator", "locator_name", "caveats", "position",
    ),
}  # fmt: skip
ORDER = tuple(COLUMNS)  # what others point at comes first

Units = dict[str, tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class Row:
    """``values`` by column; links to other entries are their codes."""

    title: Any
    values: dict[str, Any]


def rows_of(kind: str, entries: Iterable[Entry], units: Units) -> dict[str, Row]:
    """The rows of one kind by code. ``units``: each indicator's unit, which figures inherit."""
    make = _MAKERS[kind]
    return {entry.key: make(entry.data, units) for entry in entries if entry.kind == kind}


def unit_of(unit: TextMap | None) -> tuple[str, dict[str, str]]:
    """A unit as its source writes it, and its translations where it has any."""
    if unit is None:
        return "", {}
    return unit.zh, unit.plain() if unit.en and unit.en != unit.zh else {}


def place_of(locator: PlaceMap | None) -> dict[str, Any]:
    """The columns of a locator; where nobody gives its English, rules do."""
    if locator is None:
        return {"locator": "", "locator_name": {}}
    said = locator.en or english(locator.zh)
    names = {"zh": locator.zh, "en": said} if said and said != locator.zh else {}
    return {"locator": locator.zh, "locator_name": names}


def _source(data: SourceEntry, units: Units) -> Row:
    values = {
        "title": data.title.plain(),
        "publisher": data.publisher.plain(),
        "kind": data.kind,
        "number": data.number,
        "published": data.published,
        "url": data.url or "",
        "note": _text(data.note),
    }
    return Row(data.title.plain(), values)


def _region(data: RegionEntry, units: Units) -> Row:
    return Row(data.name.plain(), {"name": data.name.plain(), "level": data.level})


def _industry(data: IndustryEntry, units: Units) -> Row:
    values = {"name": data.name.plain(), "section": data.code[0], "level": data.level}
    return Row(data.name.plain(), values)


def _indicator(data: IndicatorEntry, units: Units) -> Row:
    unit, unit_name = unit_of(data.unit)
    values = {
        "concept": data.concept or data.code,
        "name": data.name.plain(),
        "definition": data.definition.plain(),
        "formula": _text(data.formula),
        "unit": unit,
        "unit_name": unit_name,
        "direction": data.direction,
        "level": data.level,
        "nature": data.nature,
        "roll_up": data.roll_up or "",
        "source": data.source or "",
        **place_of(data.locator),
        "groups": [group.plain() for group in data.groups],
        "position": data.position,
    }
    return Row(data.name.plain(), values)


def _figure(data: FigureEntry, units: Units) -> Row:
    inherited = units.get(data.indicator, ("", {}))
    unit, unit_name = unit_of(data.unit) if data.unit else inherited
    same = ("indicator", "area", "sector", "period", "year", "value", "value_high", "operator")
    rest = ("kind", "form", "base_year", "source", "status")
    values = {name: getattr(data, name) for name in (*same, *rest)}
    values |= {"unit": unit, "unit_name": unit_name, "caveats": _text(data.caveats)}
    values |= {"case": data.case.name.plain() if data.case else {}}
    values |= {"stage": (data.case.stage or "") if data.case else "", **place_of(data.locator)}
    return Row({"zh": f"{data.indicator} {data.area} {data.period}"}, values)


def _gap(data: GapEntry, units: Units) -> Row:
    same = ("indicator", "area", "period", "form", "source")
    values = {name: getattr(data, name) for name in same} | place_of(data.locator)
    values |= {"year": last_year(data.period), "reason": data.reason.plain()}
    return Row({"zh": f"{data.indicator} {data.area} {data.period}"}, values)


def _policy(data: PolicyEntry, units: Units) -> Row:
    same = ("source", "area", "nature", "audience", "valid_from", "position")
    parts = ("title", "issuer", "beneficiary", "conditions", "needs_person")
    benefit = stored(data.benefit)
    values = {name: getattr(data, name) for name in same} | place_of(data.locator)
    values |= {name: stored(getattr(data, name)) for name in parts}
    values |= {"kind": benefit.pop("kind"), "benefit": benefit}
    values |= {"payer": _text(data.payer), "office": _text(data.office)}
    values |= {"matching": stored(data.matching) if data.matching else {}}
    values |= {"valid_to": data.valid_to or "", "group": data.group or ""}
    values["inputs"] = sorted({name for name, _place in data.names()}, key=_profile_first)
    return Row(values["title"], values)


def _profile_first(name: str) -> tuple[bool, str]:
    return is_indicator(name), name


def _advice(data: AdviceEntry, units: Units) -> Row:
    same = ("below", "industry", "audience", "nature", "source", "position")
    values = {name: getattr(data, name) for name in same} | place_of(data.locator)
    values |= {"title": data.title.plain(), "text": data.text.plain()}
    values |= {"indicator": data.indicator or "", "caveats": _text(data.caveats)}
    return Row(values["title"], values)


def _text(text: TextMap | None) -> dict[str, str]:
    return text.plain() if text else {}


_MAKERS: dict[str, Callable[[Any, Units], Row]] = {
    "sources": _source,
    "regions": _region,
    "industries": _industry,
    "indicators": _indicator,
    "figures": _figure,
    "gaps": _gap,
    "policies": _policy,
    "advice": _advice,
}
