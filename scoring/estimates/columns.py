"""One quantity of every scored enterprise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Column:
    """``kind``: total, node (percent of its maximum), indicator, levels; NaN is not known."""

    code: str
    kind: str
    values: np.ndarray

    @property
    def name(self) -> str:
        """The quantity's name among all: a node and an indicator may share a code."""
        return f"{self.kind}:{self.code}" if self.kind in ("node", "indicator") else self.code
