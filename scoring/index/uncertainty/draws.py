"""Random numbers that depend on the seed, the purpose and the replication's number only."""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats

REPLICATIONS, FIRST_BASE, SECOND_BASE, BOOTSTRAP = range(4)
BLOCK = 1024  # rows that share a generator; part of what a seed means, so never changed


def generator(seed: int, purpose: int, block: int = 0) -> np.random.Generator:
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(purpose, block)))
    )


def uniforms(seed: int, purpose: int, count: int, width: int) -> Floats:
    """(count, width) in 0..1. More rows continue the table: the first stay as they are."""
    blocks = [
        generator(seed, purpose, block).random((BLOCK, width))
        for block in range(-(-count // BLOCK))
    ]
    return np.concatenate(blocks)[:count] if blocks else np.empty((0, width))
