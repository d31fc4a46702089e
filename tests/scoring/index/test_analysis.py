"""Correlations, reliability, effective weights, strengths and weaknesses, worked by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.index.analysis import (
    cronbach,
    effective_weights,
    groups,
    links,
    reliabilities,
    strengths_and_weaknesses,
)
from scoring.index.correlation import kendall, pearson, spearman
from scoring.index.tree import compile_tree

NAN = np.nan
TREE = compile_tree(
    ["a", "b", "c"], ["left", "right", "top"],
    {"a": "left", "b": "left", "c": "right", "left": "top", "right": "top"},
)  # fmt: skip


def test_correlations_worked_by_hand():
    # x 1 2 3 4, y 1 3 2 4: Σ(x-x̄)(y-ȳ) = 4, both squares 5; five of six pairs agree, one does not.
    matrix = np.column_stack([[1.0, 2, 3, 4], [1.0, 3, 2, 4]])
    assert pearson(matrix)[0, 1] == pytest.approx(0.8)
    assert spearman(matrix)[0, 1] == pytest.approx(0.8)
    assert kendall(matrix)[0, 1] == pytest.approx(4 / 6)


def test_ties_lower_kendalls_tau_b_as_kendall_has_it():
    # x 1 1 2 3, y 1 2 2 3: concordant 4, discordant 0, one pair tied in each: 4 / √(5 · 5).
    assert kendall(np.column_stack([[1.0, 1, 2, 3], [1.0, 2, 2, 3]]))[0, 1] == pytest.approx(0.8)


@pytest.mark.parametrize("method", [pearson, spearman, kendall])
def test_a_pair_uses_the_units_that_have_both(method):
    matrix = np.column_stack([[1.0, 2, 3, 4, 9], [2.0, 4, 6, 8, NAN], [5.0, 5, 5, 5, 1]])
    found = method(matrix)
    assert found[0, 1] == pytest.approx(1)
    assert np.isnan(found[1, 2])  # the third is constant where the second is known
    assert method(matrix[:2, :2])[0, 1] != method(matrix[:2, :2])[0, 1]  # two units: unknown


def test_twins_and_opponents_are_flagged_inside_their_group():
    scores = np.array([[1, 1, 4], [2, 2.1, 3], [3, 2.9, 2.5], [4, 4, 1.0]])
    tree = compile_tree(["a", "b", "c"], ["top"], dict.fromkeys("abc", "top"))
    group = groups(tree, scores)[0]
    assert [(one, other, flag) for one, other, flag, _ in group.flags] == [
        ("a", "b", "collinear"), ("a", "c", "negative"), ("b", "c", "negative"),
    ]  # fmt: skip


def test_an_indicator_is_set_beside_every_node_above_it():
    rng = np.random.default_rng(4)
    found = links(TREE, rng.normal(size=(30, 6)), "spearman")
    assert [(link.indicator, link.ancestor) for link in found] == [
        ("a", "left"), ("a", "top"), ("b", "left"), ("b", "top"), ("c", "right"), ("c", "top"),
    ]  # fmt: skip
    for link in found:
        r = link.correlation
        assert link.flag == ("negative" if r < 0 else "weak" if r < 0.3 else "")


def test_alpha_worked_by_hand():
    # Variances 5/3 and 5/3, covariance 4/3: α = 2 (1 - (10/3) / (10/3 + 8/3)) = 8/9.
    found = cronbach(np.column_stack([[1.0, 2, 3, 4], [1.0, 3, 2, 4]]))
    assert found.alpha == pytest.approx(8 / 9)
    assert found.standardised == pytest.approx(2 * 0.8 / 1.8)


def test_alpha_is_not_given_where_it_means_nothing():
    scores = np.array([[1.0, 2, 7, 1.5, 7, 3], [2, 2, 8, 2, 8, 4], [3, 2, 9, 2.5, 9, 5]])
    found = {one.node: one for one in reliabilities(TREE, scores)}
    assert (found["right"].alpha, found["right"].reason) == (None, "one-child")
    assert (found["left"].alpha, found["left"].reason) == (None, "undefined-correlation")
    assert found["top"].alpha is not None
    opposed = cronbach(np.column_stack([[1.0, 2, 3], [3.0, 2, 1]]))
    assert (opposed.alpha, opposed.reason) == (None, "no-variance")


@settings(max_examples=50, deadline=None)
@given(arrays(float, (8, 3), elements=st.sampled_from([0.0, 1.0, 2.0, 5.0, NAN])))
def test_alpha_never_exceeds_one_even_with_missing_values(matrix):
    alpha = cronbach(matrix).alpha
    assert alpha is None or alpha <= 1 + 1e-12


def test_effective_weights_are_products_down_the_tree():
    found = effective_weights(TREE, np.array([1.0, 3, 1, 2, 1, 1]))
    assert found == pytest.approx(
        {"a": 1 / 6, "b": 1 / 2, "c": 1 / 3, "left": 2 / 3, "right": 1 / 3, "top": 1}
    )


def test_strengths_come_first_and_carry_the_units_own_value_and_the_median():
    raw = np.array([[10.0, 1, 3], [20, 2, 2], [30, 3, 1]])
    best, worst = strengths_and_weaknesses(TREE, raw * [-1, 1, 1], raw, unit=0, n=1)
    assert [(one.indicator, one.rank, one.of, one.value, one.median) for one in best] == [
        ("a", 1, 3, 10, 20)
    ]
    assert [(one.indicator, one.rank) for one in worst] == [("b", 3)]


def test_what_is_unknown_or_the_same_everywhere_is_no_strength_and_nothing_is_both():
    raw = np.array([[NAN, 1.0, 3], [20, 1, 2], [30, 1, 1]])
    best, worst = strengths_and_weaknesses(TREE, raw, raw, unit=0)
    assert [one.indicator for one in best] == ["c"]
    assert worst == ()
