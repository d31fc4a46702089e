"""Post-stratified estimates against arithmetic done by hand, and what must hold for any."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.estimates import intervals
from scoring.estimates.poststratify import Group, design_effect, freedom, mean, share, weights
from scoring.estimates.precision import MEAN, SHARE, Limits, too_wide


def group(population, *values):
    return Group(population, np.array(values, dtype=float))


def yes(population, of, n):
    """``of`` among ``n`` respondents say yes."""
    return group(population, *([1] * of + [0] * (n - of)))


def test_the_students_of_lohr():
    """Lohr, Sampling: Design and Analysis, on poststratification: 4,000 students, 400 asked.

    84 of 240 women and 40 of 160 men plan to teach; there are 2,700 women and 1,300 men.
    Unweighted 124 / 400 = 0.31 or 1,240 students; post-stratified
    2700 · 84 / 240 + 1300 · 40 / 160 = 945 + 325 = 1,270, or 0.3175.
    """
    found = share([yes(2700, 84, 240), yes(1300, 40, 160)])
    assert found.value * 4000 == pytest.approx(1270)
    # s² = p (1 − p) n / (n − 1): 0.2275 · 240 / 239 = 0.22845, 0.1875 · 160 / 159 = 0.18868
    # variance = 0.675² (1 − 240/2700) 0.22845 / 240 + 0.325² (1 − 160/1300) 0.18868 / 160
    #          = 0.455625 · 0.911111 · 0.00095188 + 0.105625 · 0.876923 · 0.00117925
    #          = 0.00039515 + 0.00010923 = 0.00050438; root 0.022458
    assert found.standard_error == pytest.approx(0.022458, abs=2e-6)


def test_two_strata_by_hand():
    """N = 30 and 10; values 2 4 6 and 10 14.

    mean = 0.75 · 4 + 0.25 · 12 = 6
    variance = 0.5625 · (1 − 3/30) · 4/3 + 0.0625 · (1 − 2/10) · 8/2 = 0.675 + 0.2 = 0.875
    weights 10 10 10 5 5: Kish 5 · 350 / 40² = 1.09375, effective n 5 / 1.09375 = 4.5714
    df = 0.875² / (0.675² / 2 + 0.2² / 1) = 0.765625 / 0.2678125 = 2.85881
    """
    groups = [group(30, 2, 4, 6), group(10, 10, 14)]
    found = mean(groups)
    assert found.value == pytest.approx(6)
    assert found.standard_error**2 == pytest.approx(0.875)
    assert found.design_effect == pytest.approx(1.09375)
    assert found.effective_n == pytest.approx(4.571429)
    assert freedom([0.675, 0.2], groups) == pytest.approx(2.858810, abs=1e-6)
    total = found.times(40)
    assert (total.value, total.standard_error**2) == pytest.approx((240, 0.875 * 1600))


@pytest.mark.parametrize(
    ("df", "t"), [(4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (math.inf, 1.960)]
)
def test_points_of_student_s_t_are_those_of_the_tables(df, t):
    assert intervals.t_quantile(df) == pytest.approx(t, abs=5e-4)


def test_wilson_s_interval_by_hand():
    """10 of 20: middle 0.5, half = 1.96 √(0.25/20 + 1.96²/1600) / (1 + 1.96²/20) = 0.2007."""
    low, high = intervals.of_share(0.5, 20)
    assert (low, high) == pytest.approx((0.2993, 0.7007), abs=1e-4)


def test_a_census_has_no_interval():
    found = mean([group(3, 1, 2, 6), group(2, 4, 8)])
    assert (found.low, found.high) == (found.value, found.value)
    assert share([yes(6, 3, 6)]).low == 0.5


def test_a_share_nobody_reaches_still_has_a_width():
    found = share([yes(100, 0, 10), yes(50, 0, 5)])
    assert (found.value, found.low) == (0, 0)
    assert found.high > 0.1


def test_strata_that_all_agree_do_not_pretend_to_be_certain():
    found = share([yes(100, 10, 10), yes(100, 0, 10)])
    assert found.standard_error == 0
    assert found.high - found.low > 0.2


groups_of_values = st.lists(
    st.tuples(
        st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=12), st.integers(0, 500)
    ).map(lambda pair: group(len(pair[0]) + pair[1], *pair[0])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(groups_of_values)
def test_weights_sum_to_the_population(groups):
    found = weights(groups)
    assert found.sum() == pytest.approx(sum(one.population for one in groups))
    assert design_effect(found) >= 1 - 1e-9


@settings(max_examples=40, deadline=None)
@given(groups_of_values)
def test_the_interval_holds_the_estimate_and_stays_within_bounds(groups):
    found = mean(groups, 0, 100)
    assert -1e-9 <= found.low <= found.value <= found.high <= 100 + 1e-9


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2, 20), st.integers(0, 20), st.integers(0, 300)),
        min_size=1,
        max_size=5,
    )
)
def test_an_interval_of_a_share_stays_between_none_and_all(rows):
    found = share([yes(n + more, min(of, n), n) for n, of, more in rows])
    assert 0 <= found.low <= found.value <= found.high <= 1


@settings(max_examples=40, deadline=None)
@given(groups_of_values, st.integers(2, 9))
def test_with_equal_sampling_fractions_it_is_the_plain_mean(groups, times):
    even = [Group(times * len(one.values), one.values) for one in groups]
    everybody = np.concatenate([one.values for one in even])
    assert mean(even).value == pytest.approx(everybody.mean(), abs=1e-9)
    assert design_effect(weights(even)) == pytest.approx(1)


def test_what_is_too_wide_is_withheld_by_the_stated_rule():
    limits = Limits(points=10, percent=25, respondents=5)
    wide = mean([group(100, 0, 10, 20, 30, 40)])
    narrow = mean([group(100, *([20] * 30 + [22] * 30))])
    assert too_wide(MEAN, wide, limits)
    assert not too_wide(MEAN, narrow, limits)
    assert too_wide(SHARE, share([yes(100, 5, 10)]).times(100), limits)
    assert not too_wide(SHARE, share([yes(900, 400, 800)]).times(100), limits)
