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

from typing import Any, Literal

import numpy as np

from scoring.index.arrays import Bools, Floats
from scoring.index.correlation import FEWEST, pearson
from scoring.index.faults import Impossible
from scoring.index.weights.result import Note, Weights, constant_notes, matrix_of, shares, varying
from scoring.index.weights.varimax import varimax

SMALLEST_SHARE, ENOUGH = 0.10, 0.60


def pca(
    values: Any,
    method: Literal["first", "factors"] = "first",
    opposed: Literal["keep", "zero", "refuse"] = "keep",
) -> Weights:
    """Weights from (units, k). Only units with all values are used (noted when some are not).

    Constant columns weigh 0. With fewer than three complete units weights are equal, noted.
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
    values_of, vectors = _components(complete[:, varies])
    against = _opposed(vectors[:, 0])
    inner = vectors[:, 0] ** 2 if method == "first" else _factor_weights(values_of, vectors)
    return _settled(inner, against, varies, values_of, vectors, opposed, notes, method)


def _components(matrix: Floats) -> tuple[Floats, Floats]:
    """Falling eigenvalues; eigenvectors as columns, each turned so that its sum is not below 0."""
    values, vectors = np.linalg.eigh(pearson(matrix))
    values, vectors = np.maximum(values[::-1], 0), vectors[:, ::-1]
    return values, vectors * np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)


def _opposed(loadings: Floats) -> Bools:
    return np.asarray(loadings < -1e-9)


def _factor_weights(values: Floats, vectors: Floats) -> Floats:
    """The handbook's weights, before they are scaled to sum to one."""
    kept = _kept(values)
    squares: Floats = varimax(vectors[:, :kept] * np.sqrt(values[:kept])) ** 2
    return np.asarray(squares.max(axis=1))


def _kept(values: Floats) -> int:
    """How many components: each λ > 1 and ≥ 10 %, then more until 60 % are explained together."""
    part = values / values.sum()
    kept = int(((values > 1) & (part >= SMALLEST_SHARE)).sum())
    enough = int(np.searchsorted(part.cumsum(), ENOUGH - 1e-12) + 1)
    return max(kept, enough, 1)


def _settled(
    inner: Floats,
    against: Bools,
    varies: Bools,
    values: Floats,
    vectors: Floats,
    opposed: str,
    notes: tuple[Note, ...],
    method: str,
) -> Weights:
    raw = np.zeros(varies.size)
    columns = np.flatnonzero(varies)[against].tolist()
    if columns and opposed == "refuse":
        raise Impossible("opposed-columns", columns=columns)
    raw[varies] = np.where(against, 0.0, inner) if opposed == "zero" else inner
    loadings = np.zeros(varies.size)
    loadings[varies] = vectors[:, 0]
    if columns:
        notes = (*notes, Note("opposed-columns", {"columns": columns, "rule": opposed}))
    details = {
        "method": method,
        "eigenvalues": values.tolist(),
        "explained": (values / values.sum()).tolist(),
        "loadings": loadings.tolist(),
    }
    return shares("pca", raw, (*notes, *constant_notes(varies)), details)


def _notes_of_missing(matrix: Floats, complete: Floats) -> tuple[Note, ...]:
    left_out = len(matrix) - len(complete)
    return (Note("incomplete-units", {"left_out": left_out}),) if left_out else ()
