"""Sobol indices on functions whose indices are known exactly."""

import numpy as np
import pytest

from scoring.index.uncertainty import sobol

ONE_EACH = [np.array([0]), np.array([1]), np.array([2])]


def ishigami(u):
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on (-π, π)³, Ishigami & Homma 1990."""
    x = np.pi * (2 * u - 1)
    return (np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2)[:, None]


def test_ishigami():
    # V₁ = (1 + 0.1 π⁴/5)²/2, V₂ = 49/8, V₁₃ = 0.01 π⁸ (1/18 - 1/50), V₃ = 0.
    first, second = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8
    both = 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    total = first + second + both
    found = sobol.analyse(ishigami, ONE_EACH, 3, 8192, seed=1)
    exact = np.array([first, second, 0]) / total, np.array([first + both, second, both]) / total
    for indices, truth in zip((found.first, found.total), exact, strict=True):
        assert indices.value[:, 0] == pytest.approx(truth, abs=0.03)
        assert (indices.low[:, 0] <= indices.value[:, 0]).all()
        assert (indices.value[:, 0] <= indices.high[:, 0]).all()
        assert (indices.high - indices.low < 0.1).all()


def test_an_additive_function_has_the_same_first_order_and_total():
    # 1, 2 and 3 times a uniform number: shares 1/14, 4/14, 9/14.
    found = sobol.analyse(lambda u: 100 + u @ [[1.0], [2.0], [3.0]], ONE_EACH, 3, 4096, seed=2)
    truth = np.array([1, 4, 9]) / 14
    assert found.first.value[:, 0] == pytest.approx(truth, abs=0.03)
    assert found.total.value[:, 0] == pytest.approx(truth, abs=0.03)


def test_columns_of_one_input_are_taken_together():
    groups = [np.array([0, 1]), np.array([2])]
    found = sobol.analyse(lambda u: u @ [[1.0], [2.0], [3.0]], groups, 3, 4096, seed=3)
    assert found.first.value[:, 0] == pytest.approx([5 / 14, 9 / 14], abs=0.03)


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    truth = 4 / 5
    hits = 0
    for seed in range(40):
        found = sobol.analyse(lambda u: u @ [[1.0], [2.0]], ONE_EACH[:2], 2, 256, seed)
        hits += found.total.low[1, 0] <= truth <= found.total.high[1, 0]
    assert hits >= 33  # 95 % of 40 is 38


def test_what_does_not_vary_has_no_indices():
    found = sobol.analyse(lambda u: np.full((len(u), 1), 3.3), ONE_EACH, 3, 64, seed=1)
    assert np.isnan(found.first.value).all()
    assert np.isnan(found.total.high).all()
