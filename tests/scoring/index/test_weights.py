"""Weights of the children of one parent, on published examples and by their properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.index.faults import Impossible
from scoring.index.weights import (
    ahp,
    critic,
    entropy,
    equal,
    global_entropy,
    pca,
    standard_deviation,
)
from scoring.index.weights.varimax import varimax

NAN = np.nan
DATA_DRIVEN = [standard_deviation, entropy, critic, pca]

# Eight industrial firms: profitability, market share, productivity. Diakoulaki, Mavrotas &
# Papayannakis 1995, "Determining objective weights in multiple criteria problems: the CRITIC
# method", Computers & Operations Research 22(7), 763-770. Matrix and weights to eight decimals as
# reproduced in the tests of scikit-criteria.
FIRMS = np.array(
    [
        [61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65],
        [5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.10], [-34.6, 3.31, 0.98],
    ]
)  # fmt: skip

# Choice of a fighter aircraft: speed, range, payload, cost, reliability, manoeuvrability. Hwang &
# Yoon 1981, Multiple Attribute Decision Making, Springer. The matrix is found in several copies
# that cite the book; its entropy weights, quoted below, were not checked against a copy of the book
# itself. They lie within 0.002 of exact arithmetic, as work in four decimals may. The exact test of
# the method is the one by hand.
AIRCRAFT = np.array(
    [
        [2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5.0, 5, 5],
    ]
)  # fmt: skip

# How much more of one drink than of another is consumed in the United States: coffee, wine, tea,
# beer, sodas, milk, water. Saaty 2008, "Decision making with the analytic hierarchy process",
# International Journal of Services Sciences 1(1), 83-98: vector to three decimals, CR 0.022.
# Matrix as in the tests of the Python package ahpy, which cite the paper.
DRINKS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]


def codes(found):
    return [note.code for note in found.notes]


def test_critic_gives_the_weights_of_its_authors():
    assert critic(FIRMS).weights == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8)


def test_entropy_gives_the_weights_of_hwang_and_yoon():
    found = entropy(AIRCRAFT)
    assert found.weights == pytest.approx(
        [0.0649, 0.2055, 0.0133, 0.0829, 0.3570, 0.2764], abs=0.002
    )
    assert found.details["entropy"] == pytest.approx(
        [0.9946, 0.9829, 0.9989, 0.9931, 0.9703, 0.9770], abs=2e-4
    )


def test_entropy_worked_by_hand():
    # Column 1: shares 1/4, 3/4; e = (1/4 ln 4 + 3/4 ln 4/3) / ln 2 = 0.811278; column 2: shares
    # 0 and 1, e = 0 by the zero rule. Weights 0.188722 : 1.
    found = entropy([[1, 0], [3, 5]])
    assert found.details["entropy"] == pytest.approx([0.8112781245, 0])
    assert found.weights == pytest.approx([0.158760, 0.841240], abs=1e-6)


def test_a_negative_value_stops_entropy_and_names_its_column():
    with pytest.raises(Impossible) as fault:
        entropy([[1, 2], [2, -1]])
    assert (fault.value.rule, fault.value.values) == ("negative-values", {"columns": [1]})


def test_global_entropy_takes_its_shares_over_all_years():
    # One indicator differs between units but never between years, the other the reverse.
    panel = np.array([[[1.0, 1.0], [1.0, 2.0]], [[2.0, 1.0], [2.0, 2.0]]])
    assert global_entropy(panel).weights == pytest.approx([0.5, 0.5])
    assert entropy(panel[:, 0]).weights == pytest.approx([1, 0])


def test_standard_deviation_weighs_by_spread():
    # Deviations 1 and 3.
    assert standard_deviation([[1, 1], [2, 4], [3, 7]]).weights == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize("method", DATA_DRIVEN)
def test_a_constant_child_weighs_nothing_and_is_named(method):
    found = method([[1.0, 5.1, 3.0], [2.0, 5.1, 1.0], [4.0, 5.1, 2.0], [3.0, 5.1, 3.5]])
    assert found.weights[1] == 0
    assert [note.params for note in found.notes if note.code == "constant-columns"] == [
        {"columns": [1]}
    ]


@pytest.mark.parametrize("method", DATA_DRIVEN)
def test_nothing_that_varies_gives_equal_weights_with_a_note(method):
    found = method([[0.1, 5, 0], [0.1, 5, 0], [0.1, 5, 0]])
    assert found.weights == pytest.approx([1 / 3] * 3)
    assert codes(found) == ["no-spread"]


@pytest.mark.parametrize("method", [standard_deviation, entropy, critic])
def test_a_missing_value_is_left_out_not_read_as_zero(method):
    with_gap = method([[1.0, 2.0], [2.0, NAN], [3.0, 4.0], [5.0, 9.0], [NAN, 3.0]])
    assert np.isfinite(with_gap.weights).all()
    as_zero = method([[1.0, 2.0], [2.0, 0.0], [3.0, 4.0], [5.0, 9.0], [0.0, 3.0]])
    assert with_gap.weights != pytest.approx(as_zero.weights)


def test_critic_counts_a_pair_without_common_units_as_uncorrelated():
    found = critic([[1, NAN], [2, NAN], [3, NAN], [NAN, 1], [NAN, 2], [NAN, 3]])
    assert found.weights == pytest.approx([0.5, 0.5])
    assert found.notes[0].code == "uncorrelated-pairs"
    assert found.notes[0].params == {"pairs": [[0, 1]]}


def test_critic_has_no_use_for_twins():
    found = critic([[1, 10], [2, 20], [3, 30], [5, 50]])
    assert codes(found) == ["no-spread"]


def test_pca_squares_the_loadings_of_the_first_component():
    # Two equal columns and one uncorrelated with them: the component is (1, 1, 0)/√2.
    a, b = [1, 1, -1, -1], [1, -1, 1, -1]
    found = pca(np.column_stack([a, a, b]))
    assert found.weights == pytest.approx([0.5, 0.5, 0])
    assert found.details["explained"] == pytest.approx([2 / 3, 1 / 3, 0], abs=1e-12)


def test_pca_names_a_child_that_runs_against_the_others():
    rng = np.random.default_rng(1)
    common = rng.normal(size=60)
    matrix = common[:, None] * [1, 1, 1, -1] + 0.3 * rng.normal(size=(60, 4))
    kept, zeroed = pca(matrix), pca(matrix, opposed="zero")
    assert codes(kept) == ["opposed-columns"]
    assert kept.notes[0].params["columns"] == [3]
    assert (kept.weights > 0.2).all()
    assert zeroed.weights[3] == 0
    assert zeroed.weights.sum() == pytest.approx(1)
    with pytest.raises(Impossible) as fault:
        pca(matrix, opposed="refuse")
    assert fault.value.rule == "opposed-columns"


def test_pca_does_not_depend_on_the_sign_of_its_input():
    matrix = np.random.default_rng(2).normal(size=(40, 5))
    assert pca(-matrix).weights == pytest.approx(pca(matrix).weights)


def test_children_without_anything_in_common_weigh_alike_and_the_tie_is_noted():
    found = pca(np.column_stack([[1, 1, -1, -1], [1, -1, 1, -1]]))
    assert found.weights == pytest.approx([0.5, 0.5])
    assert codes(found) == ["tied-components"]


def test_of_two_opponents_the_same_one_is_always_named():
    matrix = np.column_stack([[1.0, 2, 4], [4.0, 3, 1]])
    for scale in (1, 7):
        assert pca(matrix * scale).notes[0].params["columns"] == [1]


def test_rotated_factors_weigh_two_independent_pairs_alike():
    # λ = 2, 2: any turn of the plane is a component, varimax finds the pairs again.
    a, b = [1, 1, -1, -1], [1, -1, 1, -1]
    found = pca(np.column_stack([a, a, b, b]), method="factors")
    assert found.weights == pytest.approx([0.25] * 4)


def test_varimax_finds_the_axes_from_any_turn():
    simple = np.array([[0.9, 0], [0.8, 0], [0, 0.7], [0, 0.9]])
    for angle in (0.0, 0.3, np.pi / 4, 1.2):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        found = np.abs(varimax(simple @ turn))
        assert np.sort(found, axis=1) == pytest.approx(np.sort(simple, axis=1), abs=1e-6)
    even = np.array([[1.0, 1], [1, 1], [1, -1], [1, -1]])  # exactly between: no gradient
    assert np.sort(np.abs(varimax(even)), axis=1) == pytest.approx(np.tile([0, np.sqrt(2)], (4, 1)))


def test_pca_says_how_many_units_it_left_out_and_gives_up_below_three():
    matrix = [[1.0, 2.0], [2.0, NAN], [3.0, 3.0], [4.0, 5.5]]
    assert pca(matrix).notes[0].params == {"left_out": 1}
    assert codes(pca(matrix[:3])) == ["incomplete-units", "too-few-complete-units"]


def test_ahp_gives_the_weights_and_the_consistency_of_saaty():
    found = ahp(DRINKS)
    assert found.weights.round(3).tolist() == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert found.details["cr"] == pytest.approx(0.022, abs=5e-4)
    assert (found.details["ri"], found.details["ri_source"]) == (1.32, "Saaty 1980")
    assert found.notes == ()


def test_both_ways_of_ahp_agree_on_consistent_judgements():
    true = np.array([0.5, 0.3, 0.2])
    for method in ("eigenvector", "geometric_mean"):
        found = ahp(true[:, None] / true, method)
        assert found.weights == pytest.approx(true)
        assert found.details["cr"] == pytest.approx(0, abs=1e-12)


def test_geometric_means_of_rows_worked_by_hand():
    # Row products 1·2·4 = 8, 1/2·1·8 = 4, 1/4·1/8·1 = 1/32; cube roots 2, 1.587401, 0.314980.
    found = ahp([[1, 2, 4], [1 / 2, 1, 8], [1 / 4, 1 / 8, 1]], "geometric_mean")
    assert found.weights == pytest.approx([0.512507, 0.406777, 0.080714], abs=5e-6)


def test_contradicting_judgements_are_noted():
    found = ahp([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    assert codes(found) == ["inconsistent"]
    assert found.details["cr"] > 1


def test_rounded_reciprocals_are_read_as_what_they_mean():
    found = ahp([[1, 3, 7], [0.33, 1, 2], [0.14, 0.5, 1]])
    assert codes(found) == ["rounded-reciprocals"]
    assert found.weights == pytest.approx(ahp([[1, 3, 7], [1 / 3, 1, 2], [1 / 7, 0.5, 1]]).weights)


@pytest.mark.parametrize(
    ("matrix", "rule"),
    [
        ([[1, 2], [2, 1]], "not-reciprocal"),
        ([[2, 1], [1, 1]], "not-reciprocal"),
        ([[1, -2], [-0.5, 1]], "not-positive"),
        ([[1, NAN], [1, 1]], "not-positive"),
        ([[1, 2, 3], [0.5, 1, 2]], "not-square"),
    ],
)
def test_a_matrix_that_is_no_comparison_is_refused(matrix, rule):
    with pytest.raises(Impossible) as fault:
        ahp(matrix)
    assert fault.value.rule == rule


def test_beyond_the_table_of_random_indices_consistency_is_unknown():
    found = ahp(np.ones((16, 16)))
    assert found.details["cr"] is None
    assert codes(found) == ["no-random-index"]


def test_equal_weights_are_equal():
    assert equal(4).weights.tolist() == [0.25] * 4
    with pytest.raises(Impossible):
        equal(0)


matrices = arrays(
    float, st.tuples(st.integers(3, 12), st.integers(1, 5)), elements=st.integers(0, 9).map(float)
)


@settings(max_examples=40, deadline=None)
@given(matrices, st.randoms(use_true_random=False))
def test_weights_sum_to_one_and_do_not_depend_on_the_order_of_units(matrix, random):
    order = random.sample(range(len(matrix)), len(matrix))
    for method in (standard_deviation, entropy, critic):
        weights = method(matrix).weights
        assert weights.sum() == pytest.approx(1)
        assert (weights >= 0).all()
        assert method(matrix[order]).weights == pytest.approx(weights)
    assert pca(matrix).weights.sum() == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(matrices, st.floats(0.01, 1000))
def test_the_unit_of_measurement_does_not_matter_to_entropy_and_critic(matrix, factor):
    scaled = matrix * np.linspace(1, factor, matrix.shape[1])
    for method in (entropy, critic):
        assert method(scaled).weights == pytest.approx(method(matrix).weights, abs=1e-9)
