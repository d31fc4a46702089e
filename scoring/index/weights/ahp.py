"""AHP: weights from judgements "a is n times as important as b" (Saaty 1977, 1980)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.faults import Impossible
from scoring.index.weights.result import Note, Weights, matrix_of

# Mean consistency index of random reciprocal matrices of order 1 to 15: Saaty 1980, *The Analytic
# Hierarchy Process*, McGraw-Hill. Later simulations differ in the second decimal, so the source is
# named with every consistency ratio.
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
RANDOM_INDEX_SOURCE = "Saaty 1980"
ACCEPTABLE = 0.10
ROUNDING = 0.03  # 0.33 for 1/3, 0.14 for 1/7: what hands write


def ahp(
    comparisons: Any, method: Literal["eigenvector", "geometric_mean"] = "eigenvector"
) -> Weights:
    """Weights from a (k, k) matrix; a_ij says how many times as important i is as j.

    ``eigenvector``: the principal right eigenvector (Saaty 1977). ``geometric_mean``: the geometric
    mean of each row (Crawford & Williams 1985). CI = (λ - k) / (k - 1), CR = CI / RI, with λ the
    principal eigenvalue, or for geometric means the mean of (A w)_i / w_i. CR above 0.1 is noted;
    it is 0 for k ≤ 2 and unknown (None, noted) for k > 15, where the table ends.

    Where a_ij · a_ji is off 1 by up to 3 %, the smaller of the two is taken as a rounded reciprocal
    (noted). Raises Impossible: "not-square", "not-positive" (missing too), "not-reciprocal" (the
    diagonal must be 1), each with the place.
    """
    matrix, rounded = _reciprocal(_positive(comparisons))
    weights, top = _eigenvector(matrix) if method == "eigenvector" else _geometric(matrix)
    ci, index, ratio = _consistency(top, len(matrix))
    notes = [Note("rounded-reciprocals")] if rounded else []
    if ratio is None:
        notes.append(Note("no-random-index", {"k": len(matrix), "largest": len(RANDOM_INDEX)}))
    elif ratio > ACCEPTABLE:
        notes.append(Note("inconsistent", {"cr": ratio, "acceptable": ACCEPTABLE}))
    details = {
        "method": method,
        "eigenvalue": top,
        "ci": ci,
        "ri": index,
        "ri_source": RANDOM_INDEX_SOURCE,
        "cr": ratio,
    }
    return Weights("ahp", weights, tuple(notes), details)


def _positive(comparisons: Any) -> Floats:
    matrix = matrix_of(comparisons)
    if matrix.shape[0] != matrix.shape[1]:
        raise Impossible("not-square", shape=matrix.shape)
    wrong = np.argwhere(~(matrix > 0))  # NaN too
    if wrong.size:
        row, column = (int(place) for place in wrong[0])
        raise Impossible("not-positive", row=row, column=column, value=float(matrix[row, column]))
    return matrix


def _reciprocal(matrix: Floats) -> tuple[Floats, bool]:
    """The matrix with exact reciprocals, and whether any had been rounded."""
    off = np.abs(matrix * matrix.T - 1)
    row, column = (int(place) for place in np.unravel_index(off.argmax(), off.shape))
    if off[row, column] > ROUNDING:
        found, across = float(matrix[row, column]), float(matrix[column, row])
        raise Impossible("not-reciprocal", row=row, column=column, value=found, across=across)
    larger = np.maximum(matrix, matrix.T)
    settled = np.where(matrix > matrix.T, larger, np.where(matrix < matrix.T, 1 / larger, 1.0))
    return settled, bool(off[row, column] > 1e-9)


def _eigenvector(matrix: Floats) -> tuple[Floats, float]:
    values, vectors = np.linalg.eig(matrix)
    largest = int(values.real.argmax())  # Perron: real, simple, its vector of one sign
    vector = np.abs(vectors[:, largest].real)
    return vector / vector.sum(), float(values[largest].real)


def _geometric(matrix: Floats) -> tuple[Floats, float]:
    rows = np.exp(np.log(matrix).mean(axis=1))
    weights = rows / rows.sum()
    return weights, float(((matrix @ weights) / weights).mean())


def _consistency(top: float, k: int) -> tuple[float, float | None, float | None]:
    """CI, RI and CR; rounding below 0 is 0."""
    if k <= 2:
        return 0.0, 0.0, 0.0
    ci = max((top - k) / (k - 1), 0.0)
    if k > len(RANDOM_INDEX):
        return ci, None, None
    return ci, RANDOM_INDEX[k - 1], ci / RANDOM_INDEX[k - 1]
