"""Normalisation: numbers worked by hand, and what must hold for any data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.index import normalise
from scoring.index.arrays import as_floats

UP, DOWN = np.array([1.0]), np.array([-1.0])


def column(*numbers: float | None) -> np.ndarray:
    return as_floats([[np.nan if number is None else number] for number in numbers])


def scores(method, *numbers, direction=UP, **parameters):
    found = normalise.METHODS[method](column(*numbers), direction, **parameters)[:, 0]
    return [None if np.isnan(score) else float(score) for score in found]


def test_minmax_spans_the_range_and_keeps_unknown_unknown():
    assert scores("minmax", 2, 4, None, 10) == [0, 25, None, 100]
    assert scores("minmax", 2, 4, None, 10, lowest=1, highest=9) == [1, 3, None, 9]


def test_less_is_better_turns_the_scale_round():
    assert scores("minmax", 2, 4, 10, direction=DOWN) == [100, 75, 0]
    assert scores("rank", 2, 4, 10, direction=DOWN) == [3, 2, 1]
    assert scores("best", 2, 4, 10, direction=DOWN) == [1, 0.75, 0]


def test_zscore_has_the_mean_and_the_deviation_asked_for():
    # mean 5, squares 9 + 1 + 1 + 9 = 20, s = √(20/3)
    s = (20 / 3) ** 0.5
    assert scores("zscore", 2, 4, 6, 8) == pytest.approx([-3 / s, -1 / s, 1 / s, 3 / s])
    found = scores("zscore", 2, 4, 6, 8, centre=50, spread=10)
    assert np.mean(found) == pytest.approx(50)
    assert np.std(found, ddof=1) == pytest.approx(10)


@pytest.mark.parametrize(
    ("ties", "places"),
    [("min", [1, 2, 2, None, 4]), ("average", [1, 2.5, 2.5, None, 4]), ("max", [1, 3, 3, None, 4])],
)
def test_equal_values_share_a_place(ties, places):
    assert scores("rank", 1, 5, 5, None, 9, ties=ties) == places


def test_borda_and_percentile_rank_follow_from_the_rank():
    assert scores("borda", 1, 5, 5, None, 9) == [0, 1, 1, None, 3]
    assert scores("percentile_rank", 1, 5, 5, None, 9) == [0, 1 / 3, 1 / 3, None, 1]
    assert scores("percentile_rank", 3, None) == [None, None]


def test_distance_to_a_target_above():
    # (x − 2)/(8 − 2)
    found = scores("target", 2, 5, 8, 11, targets=np.array([8.0]))
    assert found == [0, 0.5, 1, 1.5]
    assert scores("target", 2, 5, 8, 11, targets=np.array([8.0]), cap=True) == [0, 0.5, 1, 1]


def test_distance_to_a_target_below_where_less_is_better():
    # (11 − x)/(11 − 5)
    found = scores("target", 2, 5, 8, 11, direction=DOWN, targets=np.array([5.0]), scale=100)
    assert found == [150, 100, 50, 0]


def test_a_target_at_the_worst_value_gives_no_scale():
    assert scores("target", 2, 5, targets=np.array([2.0])) == [None, None]


def test_goalposts_cut_off_what_lies_outside():
    posts = {"lower": np.array([0.0]), "upper": np.array([10.0])}
    assert scores("goalposts", -5, 4, 15, scale=100, **posts) == [0, 40, 100]
    assert scores("goalposts", -5, 4, 15, cap=False, **posts) == [-0.5, 0.4, 1.5]
    assert scores("goalposts", -5, 4, 15, direction=DOWN, **posts) == [1, 0.6, 0]


@pytest.mark.parametrize("method", ["minmax", "zscore", "best"])
def test_an_indicator_without_spread_has_no_score(method):
    assert scores(method, 0.1, 0.1, None, 0.1) == [None] * 4


WHOLE = st.integers(-1000, 1000).map(float)
DATA = arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 4)), elements=WHOLE)


@settings(max_examples=40, deadline=None)
@given(DATA, st.floats(0.01, 100), st.floats(-1e3, 1e3))
def test_minmax_does_not_depend_on_unit_or_origin_and_stays_in_its_range(values, factor, shift):
    direction = np.ones(values.shape[1])
    found = normalise.minmax(values, direction)
    np.testing.assert_allclose(
        normalise.minmax(values * factor + shift, direction), found, atol=1e-7
    )
    assert np.all((found >= 0) & (found <= 100) | np.isnan(found))


@settings(max_examples=40, deadline=None)
@given(DATA)
def test_ranks_do_not_change_under_a_monotone_transformation(values):
    direction = np.ones(values.shape[1])
    found = normalise.rank(values, direction)
    np.testing.assert_array_equal(normalise.rank(values**3 + values, direction), found)


@settings(max_examples=40, deadline=None)
@given(DATA, st.randoms())
@pytest.mark.parametrize("method", ["minmax", "rank", "percentile_rank", "best"])
def test_the_order_of_units_and_indicators_does_not_matter(method, values, random):
    rows, columns = list(range(values.shape[0])), list(range(values.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    direction = np.where(np.arange(values.shape[1]) % 2, -1.0, 1.0)
    function = normalise.METHODS[method]
    found = function(values, direction)
    mixed = function(values[rows][:, columns], direction[columns])
    np.testing.assert_array_equal(mixed, found[rows][:, columns])
