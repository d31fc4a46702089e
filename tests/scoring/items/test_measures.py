"""Difficulty, discrimination and alpha, against arithmetic done by hand.

Six firms, four questions of one point each (columns a, b, c, d):

    firm  a b c d   sum
    1     1 1 1 1   4
    2     1 1 1 0   3
    3     1 1 0 0   2
    4     1 0 1 0   2
    5     1 0 0 0   1
    6     0 0 0 0   0
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.index.analysis import cronbach
from scoring.items.intervals import correlation_interval, share_interval
from scoring.items.measures import Totals, correlation, upper_lower
from scoring.items.reliability import alpha, alpha_if_deleted, alpha_interval

ROWS = ("1111", "1110", "1100", "1010", "1000", "0000")
FIRMS = np.array([[float(point) for point in row] for row in ROWS])


def test_alpha_is_that_of_the_hand_worked_table():
    # Item variances (n − 1): p = 5/6, 1/2, 1/2, 1/6; variance = 6/5 · p(1 − p)
    #   = 6/5 · (5/36 + 9/36 + 9/36 + 5/36) = 6/5 · 28/36 = 14/15.
    # Sums 4 3 2 2 1 0: mean 2, squares 4 + 1 + 0 + 0 + 1 + 4 = 10, variance 10/5 = 2.
    # Alpha = 4/3 · (1 − (14/15)/2) = 4/3 · 8/15 = 32/45.
    assert alpha(FIRMS) == pytest.approx(32 / 45)


def test_there_is_one_alpha_for_items_and_for_indices():
    """The index takes correlations pair by pair, for its gaps; without gaps both are the same."""
    assert alpha(FIRMS) == pytest.approx(cronbach(FIRMS).alpha)


def test_an_item_without_spread_has_its_place_in_alpha():
    # k = 5, variances and variance of the sum as before: 5/4 · 8/15 = 2/3.
    assert alpha(np.column_stack([FIRMS, np.ones(6)])) == pytest.approx(2 / 3)


def test_alpha_without_an_item_is_the_alpha_of_the_others():
    # Without d: variances 6/5 · (5 + 9 + 9)/36 = 23/30; sums 3 3 2 2 1 0, mean 11/6,
    # squares 27 − 121/6 = 41/6, variance 41/30. Alpha = 3/2 · (1 − 23/41) = 27/41.
    assert alpha_if_deleted(FIRMS)[3] == pytest.approx(27 / 41)
    for place in range(4):
        others = alpha(np.delete(FIRMS, place, axis=1))
        assert alpha_if_deleted(FIRMS)[place] == pytest.approx(others)


def test_discrimination_leaves_the_item_out_of_the_score_it_is_held_against():
    # Item b: 1 1 1 0 0 0, the rest a + c + d: 3 2 1 2 1 0, means 1/2 and 3/2.
    # Products of deviations: ½·(1.5 + 0.5 − 0.5) − ½·(0.5 − 0.5 − 1.5) = 1.5; squares 1.5 and 5.5.
    # r = 1.5 / √(1.5 · 5.5) = 0.52223.
    rest = Totals.of(FIRMS).rest(FIRMS[:, 1])
    assert rest * 3 == pytest.approx([3, 2, 1, 2, 1, 0])
    assert correlation(FIRMS[:, 1], rest) == pytest.approx(1.5 / (1.5 * 5.5) ** 0.5)


def test_the_upper_lower_index_takes_27_percent_of_each_end():
    # 27 % of 6 firms are 1.62: above, firm 1 whole and 0.62 of firm 2; below, firm 6 whole and
    # 0.62 of firm 5. Item b: (1 + 0.62)/1.62 − 0 = 1. Item a: 1 − 0.62/1.62 = 1/1.62.
    total = Totals.of(FIRMS).mean
    assert upper_lower(FIRMS[:, 1], total) == pytest.approx(1)
    assert upper_lower(FIRMS[:, 0], total) == pytest.approx(1 / 1.62)


def test_firms_that_tie_at_the_edge_count_in_part():
    # Ten firms, 27 % are 2.7. Five tie at the top: each counts 0.54, so the order is no matter.
    score = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0], dtype=float)
    x = np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], dtype=float)
    assert upper_lower(x, score) == pytest.approx(0.2)
    assert upper_lower(x[::-1].copy(), score[::-1].copy()) == pytest.approx(0.2)


def test_an_item_left_out_for_a_firm_is_left_out_of_its_rest():
    shares = np.array([[1, np.nan, 0.5], [0, 1, 0.5]])
    rest = Totals.of(shares).rest(shares[:, 0])
    assert rest == pytest.approx([0.5, 0.75])


def test_the_interval_of_a_share_is_wilson_s():
    # Altman, Machin, Bryant and Gardner (2000): 15 of 20 give 0.531 to 0.888.
    low, high = share_interval(0.75, 20)
    assert (round(low, 3), round(high, 3)) == (0.531, 0.888)
    assert share_interval(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_the_interval_of_a_correlation_is_fisher_s():
    # r = 0.5, n = 28: z = 0.5493 ± 1.96/5, back to 0.156 and 0.736.
    assert correlation_interval(0.5, 28) == pytest.approx((0.156, 0.736), abs=1e-3)
    assert correlation_interval(0.5, 3) is None


def test_the_interval_of_alpha_is_feldt_s():
    # n = 41, k = 26, alpha = 0.79: Feldt, Woodruff and Salih (1987) form, F(40, 1000).
    low, high = alpha_interval(0.79, 41, 26)
    assert low < 0.79 < high
    assert (round(low, 2), round(high, 2)) == (0.69, 0.87)


shapes = st.tuples(st.integers(4, 12), st.integers(2, 5))
tables = arrays(float, shapes, elements=st.sampled_from([0, 0.25, 0.5, 1]))


@given(tables, st.randoms())
@settings(max_examples=50)
def test_the_order_of_the_firms_makes_no_difference_and_all_is_bounded(table, luck):
    order = list(range(len(table)))
    luck.shuffle(order)
    total = Totals.of(table)
    for place in range(table.shape[1]):
        x, rest = table[:, place], total.rest(table[:, place])
        r, d = correlation(x, rest), upper_lower(x, total.mean)
        assert r is None or -1 <= r <= 1
        assert -1 - 1e-9 <= d <= 1 + 1e-9
        assert correlation(x[order], rest[order]) == (None if r is None else pytest.approx(r))
        assert upper_lower(x[order], total.mean[order]) == pytest.approx(d)
    whole = alpha(table)
    assert whole is None or whole <= 1 + 1e-9
    assert alpha(table[order]) == (None if whole is None else pytest.approx(whole))


@given(arrays(float, 8, elements=st.floats(0, 1)), st.integers(2, 6))
@settings(max_examples=30)
def test_items_that_are_the_same_have_an_alpha_of_one(x, k):
    value = alpha(np.column_stack([x] * k))
    spread = np.ptp(x) > 1e-5
    assert value is None or value == pytest.approx(1, abs=1e-6)
    assert not spread or value is not None


def test_turning_an_item_round_turns_the_sign_of_what_it_tells():
    total = Totals.of(FIRMS[:, 1:]).mean
    a = FIRMS[:, 0]
    assert correlation(1 - a, total) == pytest.approx(-correlation(a, total))
    assert upper_lower(1 - a, total) == pytest.approx(-upper_lower(a, total))


def test_without_spread_there_is_no_correlation_and_no_alpha():
    same = np.ones((5, 3))
    assert correlation(same[:, 0], same[:, 1]) is None
    assert alpha(same) is None
    assert alpha(same[:, :1]) is None
