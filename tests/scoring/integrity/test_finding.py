"""Seeded fakes are found, honest firms are left alone: at the figures docs/integrity.md states."""

from __future__ import annotations

from collections import Counter

import pytest

from scoring.integrity.judging import judge
from tests.scoring.integrity.firms import FAKES, KINDS, batch, firms

SEEDS = (11, 12, 13)
# Kind: share of flagged firms that were falsified, share of falsified firms that are flagged.
STATED = {
    "contradiction": (0.95, 0.95),
    "counts": (0.95, 0.90),
    "move": (0.95, 0.90),
    "pace": (0.95, 0.80),
    "twin": (0.95, 0.85),
    "line": (0.85, 0.85),
}


def tally(seed: int) -> dict[str, Counter]:
    made = firms(seed)
    found = judge(batch(made))
    copied = {one.twin for one in made if one.twin is not None}
    falsified = {n for n, one in enumerate(made) if one.fake} | copied
    counts = {}
    for kind in KINDS:
        flagged = {finding.row for finding in found if finding.kind == kind}
        fakes = {n for n, one in enumerate(made) if one.fake == kind}
        fakes |= copied if kind == "twin" else set()
        counts[kind] = Counter(
            right=len(flagged & fakes), wrong=len(flagged - falsified), missed=len(fakes - flagged)
        )
    return counts


@pytest.fixture(scope="module")
def tallies():
    pooled = {kind: Counter() for kind in KINDS}
    for seed in SEEDS:
        for kind, counts in tally(seed).items():
            pooled[kind] += counts
    return pooled


@pytest.mark.parametrize("kind", KINDS)
def test_seeded_fakes_are_found_at_the_stated_precision_and_recall(tallies, kind):
    counts = tallies[kind]
    assert counts["right"] + counts["missed"] >= len(SEEDS) * FAKES
    precision = counts["right"] / (counts["right"] + counts["wrong"])
    recall = counts["right"] / (counts["right"] + counts["missed"])
    assert precision >= STATED[kind][0]
    assert recall >= STATED[kind][1]


def test_the_order_of_the_firms_makes_no_difference():
    made = firms(14)
    found = {(one.row, one.kind, one.key) for one in judge(batch(made))}
    last = len(made) - 1
    turned = {(last - one.row, one.kind, one.key) for one in judge(batch(made[::-1]))}
    assert found == turned
