"""What whoever makes a regional index chooses. All of it is stored with the result and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# Scales: the questionnaire's own goalposts, or one drawn from the data of all years together.
REFERENCE, MINMAX, ZSCORE, PERCENTILE = "reference", "minmax", "zscore", "percentile_rank"
SCALES = (REFERENCE, MINMAX, ZSCORE, PERCENTILE)
# Weights: as in the questionnaire, one's own, or drawn from the data.
QUESTIONNAIRE, OWN = "questionnaire", "own"
FROM_DATA = ("standard_deviation", "global_entropy", "critic", "pca")
WEIGHTS = (QUESTIONNAIRE, OWN, *FROM_DATA)
MEANS = ("arithmetic", "geometric", "harmonic", "median")
FROM_ONE = ("geometric", "harmonic")  # these need values above zero


@dataclass(frozen=True)
class Choices:
    """``own`` are weights by node or indicator, relative within a parent; what is absent is 1.

    ``available`` is the share of a node's children that must be known for a score, 0…1. ``breaks``
    are years by indicator from which its values no longer compare with earlier ones. ``noise`` is
    by how much a weight may be off, as a share of itself.
    """

    scale: str = REFERENCE
    weights: str = QUESTIONNAIRE
    own: Mapping[str, float] = field(default_factory=dict)
    mean: str = "arithmetic"
    available: float = 0.5
    outliers: bool = False
    breaks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    replications: int = 1000
    seed: int = 1
    noise: float = 0.25

    def as_data(self) -> dict[str, Any]:
        return asdict(self) | {"breaks": {code: list(years) for code, years in self.breaks.items()}}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Choices:
        breaks = {code: tuple(years) for code, years in data.get("breaks", {}).items()}
        return cls(**{**data, "breaks": breaks})

    @property
    def lowest(self) -> float:
        """Bottom of the 0…100 scale: 1 where a mean needs values above zero."""
        return 1.0 if self.mean in FROM_ONE else 0.0
