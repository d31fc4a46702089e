"""The enterprises of a round as columns: which cells each belongs to, and what it scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import QuerySet

from assessment.models import Invitation, Round, Submission
from questionnaires.models import Industry, Region
from scoring.columns import Column, Scored, on_whole_scale
from scoring.counted import counted
from scoring.cube import Key
from scoring.models import Result
from scoring.shape import definition_of, indicators_of, nodes_of

SIZES = ("large", "medium", "small", "micro")
Chains = tuple[Mapping[str, tuple[str, ...]], ...]


def chains(round: Round) -> Chains:
    """For region, industry and size: every value's way up to the round's region or to ""."""
    regions = {}
    below = list(Region.objects.filter(path__startswith=round.region.path).order_by("path"))
    by_path = {region.path: region.code for region in below}
    for region in below:
        step, start = Region.steplen, len(round.region.path)
        ends = range(len(region.path), start - 1, -step)
        regions[region.code] = tuple(by_path[region.path[:end]] for end in ends)
    industries = industry_chains()
    sizes = {"": ("",), **{size: (size, "") for size in SIZES}}
    return regions, industries, sizes


def industry_chains() -> dict[str, tuple[str, ...]]:
    """Every industry's way up through the levels there are: class, group, division, section, ""."""
    sections = dict(Industry.objects.values_list("code", "section"))
    found: dict[str, tuple[str, ...]] = {"": ("",)}
    for code, section in sections.items():
        above = [code[:end] for end in range(len(code) - 1, 0, -1)]
        wider = [one for one in above if one in sections and one != section]
        found[code] = (code, "") if code == section else (code, *wider, section, "")
    return found


def industry_chain(code: str) -> tuple[str, ...]:
    """One industry's way up, from one query; an unknown one belongs to all."""
    above = [code[:end] for end in range(len(code), 0, -1)]
    rows = Industry.objects.filter(code__in=above).values_list("code", "section")
    found = {one for row in rows for one in row}
    known = [one for one in above if one in found]
    return (*known, "") if code in found else ("",)


def participants(round: Round) -> Iterator[tuple[Key, bool, bool, bool]]:
    """Of every enterprise invited or answering: its key, invited, started, submitted.

    What was frozen at submission counts; before that, what the enterprise says of itself today.
    """
    fields = ("organisation__region__code", "organisation__industry__code", "organisation__size")
    invited = {
        row[0]: (row[1], row[2], row[3])
        for row in Invitation.objects.filter(round=round).values_list("organisation_id", *fields)
    }
    done = Submission.State.SUBMITTED
    seen = set()
    answers = _submissions(round).values_list("organisation_id", "state", "profile", *fields)
    for organisation, state, profile, *own in answers.iterator(chunk_size=5000):
        seen.add(organisation)
        key = key_of(profile if state == done else {}, (own[0], own[1], own[2]))
        yield key, organisation in invited, True, state == done
    for organisation, own_key in invited.items():
        if organisation not in seen:
            yield own_key, True, False, False


def key_of(profile: Mapping[str, Any], own: Key) -> Key:
    """The finest cell of an enterprise."""
    region, industry, size = (profile.get(name) for name in ("region", "industry", "size"))
    return (str(region or own[0]), str(industry or own[1]), str(own[2] if size is None else size))


def scored(round: Round, until: datetime, results: QuerySet[Result] | None = None) -> Scored:
    """Every result the round counted at ``until`` (or the ``results`` given), read once."""
    definition = definition_of(round.instrument_version)
    nodes, indicators = nodes_of(definition), indicators_of(definition)
    maxima = {node.code: node.max for node in nodes}
    keys: list[Key] = []
    levels: list[int | None] = []
    synthetic: list[bool] = []
    totals: list[float] = []
    node_rows: list[list[float]] = []
    indicator_rows: list[list[float]] = []
    dates: list[int] = []
    for row in _rows(counted(round, until) if results is None else results).iterator(
        chunk_size=5000
    ):
        profile, region, industry, size, made_up, total, level, scores, values, date = row
        keys.append(key_of(profile, (region, industry, size)))
        levels.append(level)
        synthetic.append(made_up)
        dates.append(date or 0)
        totals.append(number(total))
        node_rows.append([percent(scores, code, most) for code, most in maxima.items()])
        indicator_rows.append([number((values or {}).get(code)) for code in indicators])
    most = float(nodes[0].max) if nodes else 0.0
    columns = [Column("total", "total", np.array(totals, dtype=float), 0.0, most)]
    columns += _columns("node", list(maxima), node_rows)
    columns += _columns("indicator", indicators, indicator_rows, 0.0)
    return Scored(
        keys,
        levels,
        [on_whole_scale(column) for column in columns],
        np.array(synthetic, dtype=bool),
        dates,
    )


def number(value: Any) -> float:
    """A JSON value as a number (yes is 1, no is 0); NaN when it is not one."""
    if isinstance(value, bool | int | float | Decimal):
        return float(value)
    try:
        return float(str(value)) if isinstance(value, str) else float("nan")
    except ValueError:
        return float("nan")


def percent(scores: Mapping[str, Any] | None, code: str, most: Decimal) -> float:
    """A node's score in percent of its maximum."""
    return 100 * number((scores or {}).get(code)) / float(most) if most else float("nan")


def _columns(
    kind: str, codes: list[str], rows: list[list[float]], high: float = 100.0
) -> list[Column]:
    matrix = np.array(rows, dtype=float).reshape(len(rows), len(codes))
    return [Column(code, kind, matrix[:, n], 0.0, high) for n, code in enumerate(codes)]


def _submissions(round: Round) -> QuerySet[Submission]:
    return Submission.objects.unscoped("aggregates are of everybody").filter(round=round)


def _rows(results: QuerySet[Result]) -> QuerySet[Result, tuple[Any, ...]]:
    organisation = "submission__organisation__"
    return results.order_by("pk").values_list(
        "submission__profile",
        f"{organisation}region__code",
        f"{organisation}industry__code",
        f"{organisation}size",
        "submission__synthetic",
        "total",
        "level",
        "payload__nodes",
        "payload__values",
        "published",
    )
