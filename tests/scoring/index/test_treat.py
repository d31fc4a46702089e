"""Outliers: the rule, winsorising point by point, and the logs."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.index.moments import kurtosis, skewness
from scoring.index.treat import log_ct_orig, log_ct_plus, log_gii, treat, winsorise

TEN = list(range(1, 11))


def column(*numbers: float) -> np.ndarray:
    return np.array([numbers], dtype=float).T


def test_moments_are_those_of_a_small_sample():
    # d = −3, −2, 0, 0, 5: Σd² = 38, Σd³ = 90, Σd⁴ = 722
    # G1 = √20/3 · √5 · 90/38^1.5; G2 = (6 · (5 · 722/38² − 3) + 6) · 4/6 = 2
    values = column(1, 2, 4, 4, 9)
    assert skewness(values)[0] == pytest.approx((20**0.5 / 3) * 5**0.5 * 90 / 38**1.5)
    assert kurtosis(values)[0] == pytest.approx(2.0)


def test_moments_leave_unknown_values_out():
    assert skewness(column(1, np.nan, 2, 4, 4, 9))[0] == skewness(column(1, 2, 4, 4, 9))[0]


@pytest.mark.parametrize("values", [column(3, 1, 2), column(0.1, 0.1, 0.1, 0.1, 0.1)])
def test_what_cannot_be_tested_stays_as_it_is(values):
    found = treat(values)
    assert found.untestable.all()
    np.testing.assert_array_equal(found.values, values)


def test_one_outlier_gets_the_value_of_the_next_point():
    found = treat(column(*TEN, 30, 100))
    assert found.values[:, 0].tolist() == [*TEN, 30, 30]
    assert (found.high_points[0], found.low_points[0], found.logged[0]) == (1, 0, False)
    assert found.mended[0]
    assert abs(found.skewness_after[0]) < 2 < found.skewness_before[0]


def test_a_low_outlier_is_raised():
    found = treat(column(*(-x for x in TEN), -30, -100))
    assert found.values[:, 0].tolist() == [*(-x for x in TEN), -30, -30]
    assert (found.high_points[0], found.low_points[0]) == (0, 1)


def test_points_that_share_the_extreme_move_together_and_may_pass_the_limit():
    values = column(*range(20), 500, 1000, 1000)
    moved, high, low = winsorise(values, points=1)
    assert moved[-3:, 0].tolist() == [500, 500, 500]
    assert (high[0], low[0]) == (2, 0)


def test_the_second_step_counts_the_points_moved_before():
    values = column(*range(30), 500, 1000)
    moved, high, _low = winsorise(values, points=2)
    assert moved[-2:, 0].tolist() == [29, 29]
    assert high[0] == 2


def test_the_log_is_taken_of_the_original_values_where_winsorising_is_not_enough():
    values = column(*[float(2**i) for i in range(20)])
    found = treat(values, points=1)
    # ln(x − 1 + 0.01 · (2^19 − 1))
    assert found.logged[0]
    assert found.high_points[0] == 0
    np.testing.assert_allclose(found.values, np.log(values - 1 + 0.01 * (2**19 - 1)), rtol=1e-15)


def test_the_log_of_the_winsorised_values_is_taken_when_asked_for():
    values = column(*[float(2**i) for i in range(20)])
    found = treat(values, points=1, log_winsorised=True)
    top = 2**18
    expected = np.log(np.minimum(values, top) - 1 + 0.01 * (top - 1))
    np.testing.assert_allclose(found.values, expected, rtol=1e-15)
    assert found.high_points[0] == 1


def test_without_a_log_the_winsorised_values_stay():
    values = column(*[float(2**i) for i in range(20)])
    found = treat(values, points=1, log=None)
    assert found.values[-1, 0] == 2**18
    assert not found.mended[0]


def test_winsorising_stops_before_all_values_are_equal():
    values = column(*[0.0] * 30, 1.0)
    moved, high, low = winsorise(values)
    np.testing.assert_array_equal(moved, values)
    assert (high[0], low[0]) == (0, 0)


def test_indicators_are_treated_each_by_itself():
    values = np.hstack([column(*TEN, 30, 100), column(*range(12)), column(*TEN, -30, -100)])
    found = treat(values)
    for j in range(3):
        np.testing.assert_array_equal(found.values[:, [j]], treat(values[:, [j]]).values)
    assert found.failed.tolist() == [True, False, True]


def test_logs_by_hand():
    values = column(1, 2, 5)
    assert log_ct_orig(values)[:, 0] == pytest.approx(np.log([1, 2, 5]))
    assert log_gii(values)[:, 0] == pytest.approx(np.log([1, 2, 5]))  # 4(x − 1)/4 + 1
    left = column(-1, -2, -5)  # skewness below zero: −ln(max − x + 0.04)
    assert log_ct_plus(left)[:, 0] == pytest.approx(-np.log([0.04, 1.04, 4.04]))
