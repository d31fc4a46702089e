"""What the checks read: the submissions of one instrument version, column by column."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from questionnaires.instruments import Definition

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Finding:
    """One odd thing. ``row`` is the place in the batch; ``key`` tells several of a kind apart.

    ``reason`` and ``facts`` make the words; ``questions`` and ``others`` (rows of the same batch)
    and ``before`` (an earlier submission's key) are the evidence.
    """

    row: int
    kind: str
    reason: str
    key: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    others: tuple[int, ...] = ()
    before: int | None = None


@dataclass(frozen=True)
class Earlier:
    """Earlier submissions of some of the batch's enterprises, all of one version and year.

    ``rows[i]`` of the batch said ``coded[i]`` before, ``years`` years ago, as submission
    ``keys[i]``; ``levels`` are the levels reached then.
    """

    definition: Definition
    years: int
    rows: list[int]
    keys: list[int]
    coded: pl.DataFrame
    levels: list[int | None]


@dataclass(frozen=True)
class Batch:
    """Submissions in one order. ``hands[i]`` names who may have filled in row ``i``: whoever
    submitted, advisers, the hour. ``seconds`` is the median time of an answer, None unknown."""

    definition: Definition
    coded: pl.DataFrame
    levels: list[int | None] = field(default_factory=list)
    hands: list[tuple[Hashable, ...]] = field(default_factory=list)
    seconds: list[float | None] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)

    @property
    def height(self) -> int:
        return self.coded.height


def hour_of(moment: datetime | None) -> tuple[Hashable, ...]:
    """The clock hour as a hand: what is sent in one hour may come from one hand."""
    return () if moment is None else (("hour", int(moment.timestamp()) // 3600),)
