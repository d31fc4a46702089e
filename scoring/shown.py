"""What a cell shows, and when it was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.cube import Key

EVERYBODY = "*"


@dataclass
class Shown:
    """What a cell shows. ``history``: the dates at which it was published; "*" for every quantity
    that is not named, and a quantity's own where they differ."""

    statistics: dict[str, Any] = field(default_factory=dict)
    distributions: dict[str, list[list[float]]] = field(default_factory=dict)
    history: dict[str, list[int]] = field(default_factory=dict)

    def dates(self, name: str) -> list[int]:
        return self.history.get(name, self.history.get(EVERYBODY, []))


Tables = Mapping[Key, Shown]


def past_of(before: Tables, name: str) -> dict[Key, list[int]]:
    return {key: dates for key, shown in before.items() if (dates := shown.dates(name))}
