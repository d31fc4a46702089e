"""An index as the pages show it: names for codes, one year's table, series, and the method."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from questionnaires.models import Region
from questionnaires.texts import localized
from scoring.models import RegionalIndex
from scoring.regional.choices import Choices
from scoring.regional.composition import Composition
from scoring.regional.making import composition_of


@dataclass(frozen=True)
class Place:
    """One region in one year; ``left`` and ``width`` draw its range of ranks, in percent."""

    code: str
    name: str
    rank: int | None
    score: float | None
    low_rank: int | None
    high_rank: int | None
    low: float | None
    high: float | None
    first: float | None  # share of replications among the first three, percent
    groups: list[float | None]
    missing: list[str]  # names
    strong: list[str]
    weak: list[str]
    left: str = ""
    width: str = ""
    own: str = ""


@dataclass(frozen=True)
class Page:
    index: RegionalIndex
    composition: Composition
    choices: Choices
    years: list[int]
    year: int
    group_names: list[str]
    places: list[Place]
    tied: list[tuple[str, str]]  # neighbours in rank that cannot be told apart
    series: list[dict[str, Any]]

    @property
    def ranges(self) -> bool:
        return bool(self.index.result.get("uncertainty"))


def page(index: RegionalIndex, year: int | None) -> Page:
    """The page of a computed index; a year it does not have falls back to the last."""
    composition = composition_of(index.instrument_version)
    if composition is None:
        raise ValueError("an index was made of an instrument that cannot be one")
    result = index.result
    years: list[int] = result["years"]
    shown = year if year in years else years[-1]
    names = region_names(index)
    groups = [part for part in composition.branches if part.parent == composition.branches[0].code]
    places = _places(result, shown, names, composition, [group.code for group in groups])
    return Page(
        index, composition, Choices.from_data(index.choices), years, shown,
        [localized(group.title) for group in groups], places, _tied(result, shown, places),
        [one | {"name": names[one["region"]]} for one in result["over_time"]],
    )  # fmt: skip


def region_names(index: RegionalIndex) -> dict[str, str]:
    """Names by code of the regions of an index; a code that is gone names itself."""
    codes = {row["region"] for row in index.result["rows"]}
    known = Region.objects.filter(code__in=codes).values_list("code", "name")
    return {code: code for code in codes} | {code: localized(name) for code, name in known}


def _places(
    result: dict[str, Any], year: int, names: dict[str, str], composition: Composition,
    groups: list[str],
) -> list[Place]:  # fmt: skip
    titles = {code: localized(title) for code, title in composition.titles().items()}
    root = composition.branches[0].code
    ranges = (result.get("uncertainty") or {}).get("units") or [{}] * len(result["rows"])
    same = [
        (row, unit) for row, unit in zip(result["rows"], ranges, strict=True) if row["year"] == year
    ]
    most = max(len(same), 2)
    found = [
        Place(
            code=row["region"], name=names[row["region"]],
            rank=_whole(row["ranks"][root]), score=row["scores"][root],
            low_rank=_whole(unit.get("rank_p5")), high_rank=_whole(unit.get("rank_p95")),
            low=unit.get("score_p5"), high=unit.get("score_p95"),
            first=_percent(unit.get("share_in_first")),
            groups=[row["scores"][code] for code in groups],
            missing=[titles[code] for code in row["missing"]],
            strong=[titles[code] for code in row["strong"]],
            weak=[titles[code] for code in row["weak"]],
            **_drawn(row["ranks"][root], unit, most),
        )
        for row, unit in same
    ]  # fmt: skip
    return sorted(found, key=lambda place: (place.rank is None, place.rank or 0, place.code))


def _drawn(rank: float | None, unit: dict[str, Any], most: int) -> dict[str, str]:
    """Where the marks of a rank lie on an axis from the first to the last rank."""
    if rank is None:
        return {}

    def at(value: float) -> float:
        return 100 * (value - 1) / (most - 1)

    low, high = unit.get("rank_p5"), unit.get("rank_p95")
    if low is None or high is None:
        return {"own": f"{at(rank):.2f}%"}
    return {
        "own": f"{at(rank):.2f}%", "left": f"{at(low):.2f}%", "width": f"{at(high) - at(low):.2f}%",
    }  # fmt: skip


def _tied(result: dict[str, Any], year: int, places: list[Place]) -> list[tuple[str, str]]:
    """Neighbours in rank of which neither is above the other in 95 % of the replications."""
    uncertain = result.get("uncertainty") or {}
    open_pairs = {(pair["above"], pair["below"]) for pair in uncertain.get("not_told_apart", [])}
    ranked = [place for place in places if place.rank is not None]
    pairs = pairwise(ranked)
    return [
        (one.name, other.name)
        for one, other in pairs
        if {
            (f"{one.code} {year}", f"{other.code} {year}"),
            (f"{other.code} {year}", f"{one.code} {year}"),
        }
        & open_pairs
    ]


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value
