"""Series over years: growth, trends, and the breaks nothing is computed across."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.index.normalise import minmax
from scoring.index.panel import (
    Series,
    breaks_of_nodes,
    growth,
    ranks_by_year,
    segments,
    stack,
    trend,
    trend_by_segment,
    unstack,
)
from scoring.index.tree import compile_tree

NAN = np.nan


def test_one_scale_serves_all_years_and_ranks_are_of_one_year():
    panel = np.array([[[0.0], [10.0]], [[5.0], [20.0]]])  # two units, two years
    scores = unstack(minmax(stack(panel), np.ones(1)), units=2)
    assert scores[:, :, 0].tolist() == [[0, 50], [25, 100]]
    assert ranks_by_year(scores)[:, :, 0].tolist() == [[2, 2], [1, 1]]


def test_growth_worked_by_hand():
    found = growth(Series((2018, 2019, 2020), (100.0, NAN, 121.0)), 2018, 2020)
    assert (found.absolute, found.percent) == (21, 21)
    assert found.cagr == pytest.approx(10)  # 1.1² = 1.21


@pytest.mark.parametrize(
    ("values", "start", "end", "reason"),
    [
        ((100.0, 110.0), 2018, 2020, "unknown"),
        ((0.0, 110.0), 2018, 2019, "base-not-positive"),
        ((10.0, -1.0), 2018, 2019, "end-not-positive"),
        ((10.0, 11.0), 2019, 2019, "not-later"),
    ],
)
def test_growth_that_means_nothing_is_not_given(values, start, end, reason):
    found = growth(Series((2018, 2019), values), start, end)
    assert (found.cagr, found.reason) == (None, reason)


def test_nothing_is_computed_across_a_break():
    series = Series(tuple(range(2015, 2022)), (1.0, 2, 3, 10, 11, 12, 13), frozenset({2018}))
    found = growth(series, 2016, 2019)
    assert (found.absolute, found.percent, found.cagr) == (None, None, None)
    assert (found.reason, found.broken) == ("break", 2018)
    assert growth(series, 2018, 2019).absolute == 1  # the year of the break is of the new kind
    assert growth(series, 2015, 2017).absolute == 2
    whole = trend(series)
    assert (whole.slope, whole.low, whole.reason, whole.broken) == (None, None, "break", 2018)
    assert [(one.start, one.end, one.slope) for one in trend_by_segment(series)] == [
        (2015, 2017, pytest.approx(1)), (2018, 2021, pytest.approx(1)),
    ]  # fmt: skip


def test_a_break_before_all_known_years_breaks_nothing():
    series = Series((2015, 2016, 2017, 2018), (NAN, 1.0, 2.0, 3.0), frozenset({2016}))
    assert trend(series).slope == pytest.approx(1)


def test_a_trend_with_its_interval_worked_by_hand():
    # Years 0 1 2 3, values 1 2 2 4: slope 0.9, residuals .1 .2 -.7 .4, Σr² = 0.7, variance 0.35,
    # error √(0.35 / 5) = 0.264575, t(2; 0.975) = 4.302653: 0.9 ± 1.138375.
    found = trend(Series((2000, 2001, 2002, 2003), (1.0, 2, 2, 4)))
    assert (found.slope, found.low, found.high) == (
        pytest.approx(0.9), pytest.approx(-0.238375, abs=1e-6), pytest.approx(2.038375, abs=1e-6),
    )  # fmt: skip


def test_two_points_are_no_trend():
    found = trend(Series((2000, 2001, 2002), (1.0, NAN, 4.0)))
    assert (found.n, found.slope, found.low, found.reason) == (2, None, None, "too-few")


def test_a_break_of_an_indicator_is_one_of_all_nodes_above_it():
    tree = compile_tree(
        ["a", "b"], ["left", "right", "top"],
        {"a": "left", "b": "right", "left": "top", "right": "top"},
    )  # fmt: skip
    found = breaks_of_nodes(tree, {"a": [2018], "b": []})
    assert found["left"] == found["top"] == {2018}
    assert found["right"] == set()


def test_years_out_of_order_are_refused():
    with pytest.raises(ValueError, match="rising"):
        Series((2001, 2000), (1.0, 2.0))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(2001, 2009), max_size=4),
    st.lists(st.floats(-9, 9), min_size=10, max_size=10),
)
def test_segments_hold_every_year_once_and_no_break(breaks, values):
    series = Series(tuple(range(2000, 2010)), tuple(values), frozenset(breaks))
    parts = segments(series)
    assert [year for part in parts for year in part.years] == list(series.years)
    assert all(series.break_between(part.years[0], part.years[-1]) is None for part in parts)
