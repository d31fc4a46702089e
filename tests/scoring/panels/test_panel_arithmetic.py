"""Change of the same enterprises, composition, and tables of moves."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.panels.change import Group, decompose, paired, rounded
from scoring.panels.transitions import tables

WAYS = {"1": ("1", "P"), "2": ("2", "P"), "P": ("P",)}


def test_a_paired_change_by_hand():
    """Differences 1 3 5 7 4: mean 4, s² = (9+1+1+9+0)/4 = 5, SE = √(5/5) = 1, t(4) = 2.776."""
    found = paired(np.array([10.0, 10, 10, 10, 10]), np.array([11.0, 13, 15, 17, 14]))
    assert (found.n, found.mean, found.rose, found.fell) == (5, 4, 5, 0)
    assert (found.low, found.high) == pytest.approx((4 - 2.776, 4 + 2.776), abs=2e-3)


def test_a_value_unknown_at_one_time_leaves_the_enterprise_out():
    found = paired(np.array([1.0, np.nan, 3]), np.array([2.0, 5, np.nan]))
    assert (found.n, found.mean, found.low) == (1, 1, None)
    assert paired(np.array([np.nan]), np.array([1.0])) is None


def test_a_rise_that_only_comes_from_who_answers():
    """Nobody changed: 10 stay at 50; 10 leave who had 30, 10 come who have 70.

    Means 40 and 60: the difference of 20 is 0 + ½ · (70 − 50) + ½ · (50 − 30).
    """
    parts = decompose(Group(10, 50), Group(10, 50), Group(10, 30), Group(10, 70))
    assert (parts.difference, parts.matched) == (20, 0)
    assert (parts.entrants, parts.leavers) == (10, 10)


n_and_mean = st.tuples(st.integers(0, 50), st.floats(0, 100)).map(lambda pair: Group(*pair))
some = st.tuples(st.integers(1, 50), st.floats(0, 100), st.floats(0, 100))


@settings(max_examples=50, deadline=None)
@given(some, n_and_mean, n_and_mean)
def test_the_parts_add_up(matched, leavers, entrants):
    n, before, after = matched
    parts = decompose(Group(n, before), Group(n, after), leavers, entrants)
    together = math.fsum([parts.matched, parts.entrants, parts.leavers])
    assert together == pytest.approx(parts.difference, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=5), st.integers(0, 3))
def test_rounded_parts_still_add_up_and_are_near(parts, places):
    found = rounded(parts, places)
    whole = Decimal(repr(math.fsum(parts))).quantize(Decimal(1).scaleb(-places))
    assert sum(found) == whole
    assert all(
        abs(float(one) - part) <= 10**-places for one, part in zip(found, parts, strict=True)
    )


moves = st.lists(
    st.tuples(st.sampled_from(["1", "2", "P"]), st.sampled_from("0123"), st.sampled_from("0123")),
    min_size=1,
    max_size=120,
)


@settings(max_examples=40, deadline=None)
@given(moves)
def test_margins_of_an_open_table_are_the_sums_of_its_cells(people):
    found = tables(people, WAYS, 1)["P"]
    assert found.count("", "") == len(people)
    for level in "0123":
        assert found.count(level, "") == sum(found.count(level, to) for to in "0123")
        assert found.count("", level) == sum(found.count(at, level) for at in "0123")


@settings(max_examples=25, deadline=None)
@given(moves, st.integers(3, 6))
def test_no_sums_of_what_is_shown_give_a_small_cell_away(people, minimum):
    """A reader adds and subtracts all shown cells of all regions: no small one follows."""
    found, truth = tables(people, WAYS, minimum), tables(people, WAYS, 1)
    finest = sorted(set(people))
    known, secret = [], []
    for region, table in truth.items():
        for (before, after), n in table.counts.items():
            row = [
                float(region in WAYS[r] and before in ("", b) and after in ("", a))
                for r, b, a in finest
            ]
            shown = found[region].counts[before, after]
            assert shown is None or shown >= minimum
            if shown is not None:
                known.append(row)
            elif n < minimum:
                secret.append(row)
    rank = np.linalg.matrix_rank(np.array(known)) if known else 0
    assert all(np.linalg.matrix_rank(np.array([*known, row])) > rank for row in secret)


def test_shares_are_of_the_row():
    people = [("1", "1", "1")] * 6 + [("1", "1", "2")] * 18
    table = tables(people, WAYS, 5)["P"]
    assert (table.share("1", "1"), table.share("1", "2"), table.share("2", "1")) == (25, 75, None)
