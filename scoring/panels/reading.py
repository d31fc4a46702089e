"""The enterprises of two rounds side by side, known by the organisation behind the submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.models import Round
from scoring.cells import Chains, key_of, number, percent
from scoring.counted import counted
from scoring.estimates.columns import Column
from scoring.shape import definition_of, indicators_of, nodes_of
from scoring.suppression import Key

LEVELS = "levels"


@dataclass(frozen=True)
class Wave:
    """One round's scored enterprises inside the regions compared, in the order of ``firms``."""

    firms: list[int]
    keys: list[Key]
    columns: dict[str, Column]
    synthetic: bool


def read(round: Round, ways: Chains, scores: bool) -> Wave:
    """Every result of a round in ``ways``; without ``scores`` indicators only."""
    definition = definition_of(round.instrument_version)
    maxima = {node.code: node.max for node in nodes_of(definition)[1:]} if scores else {}
    indicators = indicators_of(definition)
    firms: list[int] = []
    keys: list[Key] = []
    rows: list[list[float]] = []
    synthetic = round.synthetic
    for row in _results(round):
        firm, profile, region, industry, size, made_up, total, level, nodes, values = row
        key = key_of(profile, (region, industry, size))
        if not all(value in way for value, way in zip(key, ways, strict=True)):
            continue
        firms.append(firm)
        keys.append(key)
        synthetic = synthetic or made_up
        found = [number(total), number(level)] if scores else []
        found += [percent(nodes, code, most) for code, most in maxima.items()]
        rows.append(found + [number((values or {}).get(code)) for code in indicators])
    named = [("total", "total"), (LEVELS, LEVELS)] if scores else []
    named += [(code, "node") for code in maxima] + [(code, "indicator") for code in indicators]
    matrix = np.array(rows, dtype=float).reshape(len(rows), len(named))
    columns = [Column(code, kind, matrix[:, at]) for at, (code, kind) in enumerate(named)]
    return Wave(firms, keys, {column.name: column for column in columns}, synthetic)


def _results(round: Round) -> Any:
    organisation = "submission__organisation__"
    return (
        counted(round)
        .order_by("pk")
        .values_list(
            "submission__organisation_id",
            "submission__profile",
            f"{organisation}region__code",
            f"{organisation}industry__code",
            f"{organisation}size",
            "submission__synthetic",
            "total",
            "level",
            "payload__nodes",
            "payload__values",
        )
        .iterator(chunk_size=5000)
    )
