"""Many answer sets of one instrument version at once, through the one engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaires.instruments.weighting import Weights
from questionnaires.models import InstrumentVersion

Row = tuple[str, Mapping[str, Any], Mapping[str, Any]]  # id, profile, answers


def score_many(
    version: InstrumentVersion, rows: Sequence[Row], weights: Weights | None = None
) -> list[dict[str, Any]]:
    """The payload of each row, in order; ``weights`` are those the round has chosen, if any."""
    from scoring.one import score_rows  # the engine is heavy to import; only workers need it

    return score_rows(version, rows, weights)
