"""Weights from principal components of the correlation matrix.

Two ways, both from OECD/JRC 2008 (*Handbook on Constructing Composite Indicators*):

- ``first``: squared loadings of the first component. An eigenvector has length one, so its squares
  sum to one.
- ``factors``: the handbook's own (section 6, after Nicoletti, Scarpetta & Boylaud 2000).
  Components with an eigenvalue above 1 that explain at least 10 % each are kept, more of them until
  60 % are explained together; varimax turns them. Each child takes its largest squared loading, as
  a share of the variance its factor explains, times the factor's share of all that the factors
  explain: that is its largest squared loading, and the weights are these scaled to sum to one.

The sign. A component and its mirror image are the same, so loadings themselves are no weights:
which sign they get is an accident of the algebra. Squares have none. But a square also hides that a
child may run *against* the others, and a positive weight would then reward what the component
counts as loss. Such children (of opposite sign to the loadings' sum) are named in the note
"opposed-columns"; with ``opposed="zero"`` they weigh nothing, with ``opposed="refuse"`` there are
no weights at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from scoring.index.arrays import Bools, Floats
from scoring.index.correlation import FEWEST, pearson
from scoring.index.faults import Impossible
from scoring.index.weights.result import Note, Weights, constant_notes, matrix_of, shares, varying
from scoring.index.weights.varimax import varimax

SMALLEST_SHARE, ENOUGH = 0.10, 0.60
SAME = 1e-9  # rounding of eigenvalues and loadings


def pca(
    values: Any,
    method: Literal["first", "factors"] = "first",
    opposed: Literal["keep", "zero", "refuse"] = "keep",
) -> Weights:
    """Weights from (units, k). Only units with all values are used (noted when some are not).

    Constant columns weigh 0. With fewer than three complete units weights are equal, noted. Where
    the largest eigenvalue is shared there is no one first component: noted ("tied-components").
    Raises Impossible ("opposed-columns") where ``opposed`` says refuse.
    """
    matrix = matrix_of(values)
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    notes = _notes_of_missing(matrix, complete)
    if len(complete) < FEWEST:
        k = matrix.shape[1]
        return Weights("pca", np.full(k, 1 / k), (*notes, Note("too-few-complete-units")), {})
    varies = varying(complete)
    if not varies.any():
        return shares("pca", np.zeros(matrix.shape[1]), notes)
    found = _components(complete[:, varies])
    inner = found.first if method == "first" else found.factors
    against = np.flatnonzero(varies)[found.against].tolist()
    if against and opposed == "refuse":
        raise Impossible("opposed-columns", columns=against)
    raw, loadings = np.zeros((2, varies.size))
    raw[varies] = np.where(found.against, 0.0, inner) if opposed == "zero" else inner
    loadings[varies] = found.vectors[:, 0]
    if against:
        notes = (*notes, Note("opposed-columns", {"columns": against, "rule": opposed}))
    if found.tied > 1:
        notes = (*notes, Note("tied-components", {"components": found.tied}))
    details = {
        "method": method,
        "eigenvalues": found.values.tolist(),
        "explained": (found.values / found.values.sum()).tolist(),
        "loadings": loadings.tolist(),
    }
    return shares("pca", raw, (*notes, *constant_notes(varies)), details)


@dataclass(frozen=True)
class _Components:
    """Of a correlation matrix: falling ``values`` (k,), ``vectors`` (k, k) as columns."""

    values: Floats
    vectors: Floats

    @property
    def tied(self) -> int:
        """How many components share the largest eigenvalue: any turn of them is as good."""
        return int((self.values[0] - self.values <= SAME * self.values[0]).sum())

    @property
    def first(self) -> Floats:
        """Squared loadings of the first component; of tied ones the mean, which no turn changes."""
        squares: Floats = self.vectors[:, : self.tied] ** 2
        return np.asarray(squares.mean(axis=1))

    @property
    def against(self) -> Bools:
        """Children that run against the first component; unknown, so none, when it is tied."""
        return np.asarray((self.vectors[:, 0] < -SAME) & (self.tied == 1))

    @property
    def factors(self) -> Floats:
        """The handbook's weights, before they are scaled to sum to one."""
        kept = _kept(self.values)
        squares = varimax(self.vectors[:, :kept] * np.sqrt(self.values[:kept])) ** 2
        return np.asarray(squares.max(axis=1))


def _components(matrix: Floats) -> _Components:
    """Each vector is turned so that its sum, or if that is 0 its largest loading, is above 0."""
    values, vectors = np.linalg.eigh(pearson(matrix))
    values, vectors = np.maximum(values[::-1], 0), vectors[:, ::-1]
    total = vectors.sum(axis=0)
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(axis=0)[None], axis=0)[0]
    sign = np.where(np.abs(total) > SAME, total, largest)
    return _Components(values, vectors * np.where(sign < 0, -1.0, 1.0))


def _kept(values: Floats) -> int:
    """How many components: each λ > 1 and ≥ 10 %, then more until 60 % are explained together."""
    part = values / values.sum()
    kept = int(((values > 1 + SAME) & (part >= SMALLEST_SHARE)).sum())
    enough = int(np.searchsorted(part.cumsum(), ENOUGH - SAME) + 1)
    return max(kept, enough, 1)


def _notes_of_missing(matrix: Floats, complete: Floats) -> tuple[Note, ...]:
    left_out = len(matrix) - len(complete)
    return (Note("incomplete-units", {"left_out": left_out}),) if left_out else ()
