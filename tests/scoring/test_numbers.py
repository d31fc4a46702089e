"""Quartiles and standing, against their definitions."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.benchmarks import rank
from scoring.coarse import coarsened
from scoring.columns import Column
from scoring.numbers import (
    FOR_A_TENTH,
    Stats,
    decimal,
    mid_rank,
    percentiles,
    quantile,
    summarise,
    summarise_columns,
)

numbers = st.lists(st.integers(-1000, 1000).map(lambda n: n / 8), min_size=1, max_size=60)


def by_hand(values, share):
    """Type 7 from its definition: h = (n − 1)·p, between the two neighbours."""
    ordered = sorted(values)
    h = (len(ordered) - 1) * share
    low = int(h)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (h - low) * (ordered[high] - ordered[low])


@given(numbers, st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]))
def test_a_quantile_lies_between_order_statistics_as_type_7_says(values, share):
    column = np.sort(np.array(values))[:, None]
    found = quantile(column, np.array([len(values)]), share)[0]
    assert abs(found - by_hand(values, share)) < 1e-9
    assert abs(found - np.quantile(values, share, method="linear")) < 1e-9


@given(numbers)
def test_quartiles_are_in_order_and_inside_the_values(values):
    stats = summarise(values)
    assert min(values) <= stats.q1 <= stats.median <= stats.q3 <= max(values)
    if len(values) >= FOR_A_TENTH:
        assert min(values) <= stats.p10 <= stats.q1
        assert stats.q3 <= stats.p90 <= max(values)


def test_the_best_tenth_of_nine_is_not_told_and_depends_on_what_is_better():
    assert summarise(range(9)).best() is None
    stats = summarise(range(11))
    assert (stats.best(), stats.best(falling=True)) == (9, 1)


def test_what_is_not_known_is_not_counted():
    stats = summarise([1.0, float("nan"), 3.0])
    assert (stats.n, stats.mean) == (2, Decimal(2))
    assert summarise([float("nan")]) is None


@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(-9, 9)), min_size=3, max_size=3), min_size=1)
)
def test_many_columns_at_once_are_the_same_as_each_alone(rows):
    matrix = np.array(rows, dtype=float)
    assert summarise_columns(matrix) == [summarise(matrix[:, place]) for place in range(3)]


def test_the_share_counts_values_above_zero():
    assert summarise([0, 0, 1, 2]).share == 50


def test_a_distribution_comes_back_from_json_as_it_was():
    stats = summarise([0.1, 0.2, 0.4])
    assert Stats.from_json(stats.as_json()) == stats


def test_decimals_keep_six_places_and_no_trailing_zeros():
    assert str(decimal(0.1 + 0.2)) == "0.3"
    assert str(decimal("80.000000")) == "80"
    assert str(decimal("0.0000005")) == "0.000001"


@given(numbers, st.integers(-1000, 1000).map(lambda n: n / 8))
def test_the_rank_counts_what_lies_below_and_beside(values, own):
    found, counts = np.unique(np.array(values), return_counts=True)
    below, equal = rank(list(zip(found.tolist(), counts.tolist(), strict=True)), own)
    assert below == sum(v < own for v in values)
    assert equal == sum(v == own for v in values)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_standing_is_symmetrical(below, equal, above):
    n = below + equal + above
    if n:
        assert abs(mid_rank(below, equal, n) + mid_rank(above, equal, n) - 100) < Decimal("0.001")


def test_ties_count_half():
    assert mid_rank(2, 4, 10) == 40
    assert mid_rank(0, 0, 0) is None


pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(-20, 20)), min_size=1, max_size=40)


def table(rows):
    groups, values = (np.array(column) for column in zip(*rows, strict=True))
    return groups, values.astype(float), percentiles(groups, values.astype(float))


@given(pairs)
def test_a_percentile_table_is_the_mid_rank_of_each_row_among_the_others(rows):
    groups, values, found = table(rows)
    for group, value, place in zip(groups, values, found, strict=True):
        own = values[groups == group]
        expected = mid_rank((own < value).sum(), (own == value).sum() - 1, len(own) - 1)
        assert np.isnan(place) if expected is None else abs(place - float(expected)) < 1e-5


@given(pairs)
def test_percentiles_lie_within_a_hundred_and_grow_with_the_value(rows):
    groups, values, found = table(rows)
    assert ((found >= 0) & (found <= 100) | np.isnan(found)).all()
    for group in set(groups.tolist()):
        order = np.argsort(values[groups == group], kind="stable")
        assert (np.diff(found[groups == group][order]) >= -1e-9).all() or len(order) < 2


@given(pairs)
def test_turned_round_the_percentiles_are_what_is_left_of_a_hundred(rows):
    groups, values, found = table(rows)
    turned = percentiles(groups, -values)
    alone = np.isnan(found)
    assert np.allclose((found + turned)[~alone], 100)
    assert np.isnan(turned[alone]).all()


def test_an_unknown_value_has_no_percentile_and_counts_for_nobody():
    found = percentiles(np.zeros(3, dtype=int), np.array([1.0, np.nan, 2.0]))
    assert found[0] == 0
    assert found[2] == 100
    assert np.isnan(found[1])


def test_quantiles_of_few_are_rounded_and_those_of_many_are_not():
    column = Column("node", "node", np.array([]))
    few = coarsened(summarise([11.0, 23, 31, 47, 52]), column, 5)
    assert (few.q1, few.median, few.mean) == (25, 30, Decimal("32.8"))
    many = summarise(range(60))
    assert coarsened(many, column, 5) == many


def test_an_indicators_quantiles_are_rounded_on_the_scale_of_the_value():
    column = Column("staff", "indicator", np.array([]))
    few = coarsened(summarise([0, 0.37, 1.2, 37, 4100]), column, 5)
    assert (few.q1, few.median, few.q3) == (Decimal("0.35"), 1, 35)
