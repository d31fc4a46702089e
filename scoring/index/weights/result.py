"""What every weighting method gives back, and the little they share.

A matrix of a parent's children is (units, k); NaN is "missing". Weights are (k,), never negative,
and sum to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scoring.index.arrays import Bools, Floats, high, low
from scoring.index.faults import Impossible


@dataclass(frozen=True)
class Note:
    """Something a reader of the weights must know: a message code and what it speaks of."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Weights:
    """Weights of the k children of one parent, in the order given.

    ``details`` holds what the method found on its way (entropies, eigenvalue, consistency ratio …),
    under plain names and as plain numbers or lists, so that it can be stored as it is.
    """

    method: str
    weights: Floats
    notes: tuple[Note, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


def matrix_of(values: Any, dimensions: int = 2) -> Floats:
    """``values`` as floats. Raises Impossible: "shape" (also when empty), "infinite"."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != dimensions or 0 in matrix.shape:
        raise Impossible("shape", expected_dimensions=dimensions, shape=matrix.shape)
    if np.isinf(matrix).any():
        raise Impossible("infinite")
    return matrix


def shares(
    method: str,
    raw: Floats,
    notes: tuple[Note, ...] = (),
    details: Mapping[str, Any] | None = None,
) -> Weights:
    """``raw`` scaled to sum to one; equal weights, and the note "no-spread", where all are zero."""
    total = raw.sum()
    if total > 0:
        return Weights(method, raw / total, notes, details or {})
    alike = np.full(raw.size, 1 / raw.size)
    return Weights(method, alike, (*notes, Note("no-spread")), details or {})


def varying(matrix: Floats) -> Bools:
    """(k,): which columns hold two different values at least.

    Compared by value and not by variance: the rounding error of a mean must not turn a constant
    column into one that varies.
    """
    return np.asarray(high(matrix) > low(matrix))


def constant_notes(varies: Bools) -> tuple[Note, ...]:
    """The note that columns without any spread have weight 0, if there are some beside others."""
    if varies.all() or not varies.any():
        return ()
    return (Note("constant-columns", {"columns": np.flatnonzero(~varies).tolist()}),)
