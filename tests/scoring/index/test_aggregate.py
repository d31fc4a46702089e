"""Trees, means, TOPSIS, Copeland, missing children and ranks: by hand, then in general."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.index.aggregate import METHODS, aggregate
from scoring.index.faults import Impossible
from scoring.index.ranks import ranks
from scoring.index.tree import compile_tree

FLAT = compile_tree("abc", ["top"], dict.fromkeys("abc", "top"))
DEEP = compile_tree(
    "abcd", ["top", "left", "right"],
    {"a": "left", "b": "left", "c": "right", "d": "top", "left": "top", "right": "top"},
)  # fmt: skip
NAN = np.nan


def flat(method: str, rows, weights=(1, 1, 1), availability=0.0):
    found = aggregate(FLAT, np.array(rows, dtype=float), np.array([*weights, 1.0]), method,
                      availability)[:, 0]  # fmt: skip
    return [None if np.isnan(score) else pytest.approx(float(score)) for score in found]


def test_nodes_stand_one_level_above_their_highest_child():
    assert DEEP.codes == ("a", "b", "c", "d", "left", "right", "top")
    assert DEEP.levels.tolist() == [1, 1, 1, 1, 2, 2, 3]
    assert DEEP.root == "top"


@pytest.mark.parametrize(
    ("nodes", "parents", "rule"),
    [
        (["t", "u"], {"a": "t", "b": "u"}, "several-roots"),
        (["t", "u"], {"a": "t", "t": "u", "u": "t"}, "no-root"),
        (["r", "t", "u"], {"a": "t", "t": "u", "u": "t"}, "childless"),
        (["t"], {"a": "x"}, "unknown-parent"),
        (["t"], {"a": "t", "b": "a"}, "indicator-as-parent"),
        (["t", "u"], {"a": "t", "b": "t"}, "several-roots"),
    ],
)
def test_what_is_no_tree_is_refused(nodes, parents, rule):
    indicators = [code for code in ("a", "b") if code in parents]
    with pytest.raises(Impossible) as error:
        compile_tree(indicators, nodes, parents)
    assert error.value.rule == rule


def test_weights_sum_to_one_in_a_parent_and_multiply_down_the_tree():
    weights = np.array([1, 3, 7, 1, 2, 1, 9], dtype=float)
    assert DEEP.normalised(weights).tolist() == [0.25, 0.75, 1, 0.25, 0.5, 0.25, 1]
    assert DEEP.effective(weights).tolist() == [0.125, 0.375, 0.25, 0.25, 0.5, 0.25, 1]


@settings(max_examples=25, deadline=None)
@given(arrays(np.float64, 7, elements=st.floats(0.1, 10)))
def test_any_weights_sum_to_one_in_every_parent_and_over_the_indicators(weights):
    found = DEEP.normalised(weights)
    for children in DEEP.children:
        assert found[children].sum() == pytest.approx(1)
    assert DEEP.effective(weights)[:4].sum() == pytest.approx(1)


def test_siblings_without_any_weight_are_refused():
    with pytest.raises(Impossible, match="zero-weights"):
        DEEP.normalised(np.array([0, 0, 1, 1, 1, 1, 1], dtype=float))


def test_means_by_hand():
    rows, weights = [[2, 4, 8]], (1, 2, 1)
    assert flat("arithmetic", rows, weights) == [18 / 4]
    assert flat("geometric", rows, weights) == [(2 * 4 * 4 * 8) ** 0.25]
    assert flat("harmonic", rows, weights) == [4 / (1 / 2 + 2 / 4 + 1 / 8)]


@pytest.mark.parametrize(
    ("row", "weights", "middle"),
    [
        ([9, 1, 5], (1, 1, 1), 5),
        ([9, 1, NAN], (1, 1, 1), 5),  # two values: their mean
        ([9, 1, 5], (2, 1, 1), 7),  # half of the weight lies on 9: the mean of 5 and 9
        ([9, 1, 5], (3, 1, 1), 9),
        ([9, 1, 5], (1, 0, 1), 7),  # no weight, no say
    ],
)
def test_weighted_median_by_hand(row, weights, middle):
    assert flat("median", [row], weights) == [middle]


def test_missing_children_are_dropped_and_the_others_weigh_more():
    rows, weights = [[2, NAN, 8], [NAN, NAN, NAN]], (1, 5, 2)
    assert flat("arithmetic", rows, weights) == [(2 + 16) / 3, None]
    assert flat("geometric", rows, weights) == [(2 * 8 * 8) ** (1 / 3), None]
    assert flat("harmonic", rows, weights) == [3 / (1 / 2 + 2 / 8), None]


def test_too_few_children_make_a_node_unknown():
    rows = [[1, 2, 3], [1, 2, NAN], [1, NAN, NAN]]
    assert flat("arithmetic", rows, availability=2 / 3) == [2, 1.5, None]
    assert flat("arithmetic", rows, availability=0.7) == [2, None, None]


def test_units_with_too_few_children_take_no_part_in_comparisons():
    rows = [[1, 2, 3], [2, 1, 4], [9, NAN, NAN]]
    alone = flat("topsis", rows[:2])
    assert flat("topsis", rows, availability=0.5) == [*alone, None]
    assert flat("copeland", rows, availability=0.5) == [1 / 3, 2 / 3, None]
    assert flat("geometric", [[1, 1, 1], [-1, NAN, NAN]], availability=0.5) == [1, None]


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
def test_means_of_logs_and_inverses_name_what_is_not_positive(method):
    with pytest.raises(Impossible) as error:
        flat(method, [[1, 2, 3], [1, 0, -3]])
    assert error.value.rule == "not-positive"
    assert error.value.values == {
        "node": "top", "child": "b", "row": 1, "value": 0.0, "count": 1,
    }  # fmt: skip


def test_topsis_by_hand():
    # w = ½, ½, 0: v = (2, 0), (0, 1), (1, 1); best (2, 1), worst (0, 0)
    rows = [[4, 0, 7], [0, 2, 7], [2, 2, 7]]
    one, five = 1.0, 5**0.5
    assert flat("topsis", rows, (1, 1, 0)) == [
        2 / (one + 2), 1 / (2 + 1), 2**0.5 / (1 + 2**0.5),
    ]  # fmt: skip
    # divided by √Σx² first: √20 and √8
    a, b = 2 / five, 1 / 2**0.5
    assert flat("topsis_vector", rows, (1, 1, 0))[0] == a / (a + b)


def test_topsis_of_equal_units_is_unknown():
    assert flat("topsis", [[1, 2, 3], [1, 2, 3]]) == [None, None]


def test_copeland_by_hand():
    # weights ½, ¼, ¼. 1 against 2: a ½ + c equal ⅛ = ⅝; 1 against 3: b ¼ + a equal ¼ = ½
    rows = [[3, 2, 5], [1, 4, 5], [3, 1, 9]]
    # 2 against 3: b ¼
    assert flat("copeland", rows, (2, 1, 1)) == [5 / 8 + 1 / 2, 3 / 8 + 1 / 4, 1 / 2 + 3 / 4]
    assert flat("copeland_wins", rows, (2, 1, 1)) == [1, -2, 1]


def test_copeland_compares_what_both_units_have():
    # 1 against 2 share only a; 1 against 3 share nothing of weight but a half each
    rows = [[1, 5, NAN], [2, NAN, 1], [NAN, NAN, 3]]
    assert flat("copeland", rows) == [0 + 0.5, 1 + 0, 0.5 + 1]


def test_a_method_may_differ_from_node_to_node():
    rows = np.array([[1, 4, 5, 6]], dtype=float)
    found = aggregate(DEEP, rows, np.ones(7), ["geometric", "arithmetic", "harmonic"])
    assert found[0] == pytest.approx([2, 5, 3 / (1 / 2 + 1 / 5 + 1 / 6)])


def test_ties_share_the_better_rank_and_unknown_has_none():
    scores = np.array([[3.0], [1.0], [NAN], [3.0], [0.1 + 0.2], [0.3]])
    assert ranks(scores)[:, 0].tolist()[:2] == [1, 3]
    np.testing.assert_array_equal(ranks(scores)[:, 0], [1, 3, NAN, 1, 4, 4])


POSITIVE = st.floats(1, 100)
ROWS = arrays(np.float64, st.tuples(st.integers(2, 8), st.just(4)), elements=POSITIVE)
WEIGHTS = arrays(np.float64, 7, elements=st.floats(0.1, 10))


@settings(max_examples=25, deadline=None)
@given(ROWS, st.lists(WEIGHTS, min_size=1, max_size=3))
@pytest.mark.parametrize("method", METHODS)
def test_many_weight_sets_at_once_give_what_each_gives_alone(method, rows, weights):
    rows = rows.copy()
    rows[0, 1] = np.nan
    positive = method in ("arithmetic", "geometric", "harmonic", "median")
    methods = [method, method, method if positive else "arithmetic"]
    together = aggregate(DEEP, rows, np.array(weights), methods)
    for index, one in enumerate(weights):
        np.testing.assert_array_equal(together[index], aggregate(DEEP, rows, one, methods))


@settings(max_examples=25, deadline=None)
@given(ROWS, WEIGHTS)
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "median"])
def test_means_lie_between_their_lowest_and_highest_indicator(method, rows, weights):
    found = aggregate(DEEP, rows, weights, method)[:, -1]
    assert np.all(found >= rows.min(axis=1) * (1 - 1e-12))
    assert np.all(found <= rows.max(axis=1) * (1 + 1e-12))


@settings(max_examples=25, deadline=None)
@given(ROWS, WEIGHTS, st.floats(0.1, 10))
@pytest.mark.parametrize("method", METHODS)
def test_only_the_ratio_of_weights_counts(method, rows, weights, factor):
    weights_left = weights.copy()
    weights_left[:2] *= factor
    methods = [method, "arithmetic", "arithmetic"]
    found, other = (aggregate(DEEP, rows, w, methods) for w in (weights, weights_left))
    np.testing.assert_allclose(other, found, rtol=1e-9, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(ROWS, WEIGHTS, st.randoms())
@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_units_does_not_matter(method, rows, weights, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    methods = [method, "arithmetic", "arithmetic"]
    found = aggregate(DEEP, rows, weights, methods)
    mixed = aggregate(DEEP, rows[order], weights, methods)
    np.testing.assert_allclose(mixed, found[order], rtol=1e-12)


@settings(max_examples=25, deadline=None)
@given(ROWS, WEIGHTS, st.permutations(range(4)))
def test_the_order_of_indicators_does_not_matter(rows, weights, order):
    parents = {"a": "left", "b": "left", "c": "right", "d": "top", "left": "top", "right": "top"}
    other = compile_tree(["abcd"[i] for i in order], ["top", "left", "right"], parents)
    found = aggregate(DEEP, rows, weights)
    mixed = aggregate(other, rows[:, order], np.concatenate([weights[:4][order], weights[4:]]))
    np.testing.assert_allclose(mixed, found, rtol=1e-12)
