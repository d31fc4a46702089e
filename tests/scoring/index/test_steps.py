"""Denominate, impute, screen, weigh, and the order they are carried out in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.index.build import build
from scoring.index.denominate import denominate
from scoring.index.faults import Impossible
from scoring.index.impute import impute
from scoring.index.recipe import Impute, Indicator, Normalise, Recipe, Screen, Table, Treat, Weigh
from scoring.index.screen import screen
from scoring.index.tree import compile_tree

NAN = np.nan
TREE = compile_tree("ab", ["top"], {"a": "top", "b": "top"})
RECIPE = Recipe(
    TREE, (Indicator("a"), Indicator("b")), np.ones(3), (Weigh(),), ("arithmetic",), (0.0,)
)


def table(*rows, **more) -> Table:
    values = np.array(rows, dtype=float)
    return Table(tuple(f"u{i}" for i in range(len(rows))), values, **more)


def test_values_are_divided_by_their_denominator_over_its_scale():
    found = denominate(
        np.array([[6.0, 5.0], [NAN, 5.0], [6.0, 5.0]]),
        np.array([[3.0, 1.0], [2.0, 1.0], [NAN, 1.0]]),
        np.array([10.0, 1.0]),
    )
    np.testing.assert_array_equal(found, [[20, 5], [NAN, 5], [NAN, 5]])


def test_a_denominator_of_zero_is_refused_with_its_place():
    with pytest.raises(Impossible) as error:
        denominate(np.ones((2, 1)), np.array([[1.0], [0.0]]), np.ones(1))
    assert (error.value.rule, error.value.values["row"]) == ("zero-denominator", 1)


@pytest.mark.parametrize(
    ("method", "filled"),
    [
        ("none", [1, NAN, 3, 9, 9, NAN, NAN]),
        ("mean", [1, 5.5, 3, 9, 9, 5.5, 5.5]),
        ("median", [1, 6, 3, 9, 9, 6, 6]),
        ("group_mean", [1, 13 / 3, 3, 9, 9, NAN, NAN]),
        ("group_median", [1, 3, 3, 9, 9, NAN, NAN]),
    ],
)
def test_missing_values_are_filled_and_reported(method, filled):
    groups = ["x", "x", "x", "x", "y", "z", None]  # z has no known value, the last no group
    values = np.array([[1, NAN, 3, 9, 9, NAN, NAN]]).T
    found = impute(values, method, groups)
    np.testing.assert_allclose(found.values[:, 0], filled)
    assert found.imputed.sum() + found.missing.sum() == 3
    assert not found.imputed[0, 0]


def test_units_below_a_threshold_are_screened_out_and_units_on_it_stay():
    values = np.array([[1, 0, 0, 0], [1, 2, NAN, NAN], [1, NAN, NAN, NAN], [1, 2, 3, 4]])
    found = screen(values, available=0.5)
    assert found.kept.tolist() == [True, True, False, True]
    assert found.available.tolist() == [1, 0.5, 0.25, 1]
    found = screen(values, available=0.5, nonzero=0.5)
    assert found.low_nonzero.tolist() == [True, False, False, False]
    assert found.kept.tolist() == [False, True, False, True]


def test_units_may_be_kept_or_left_out_by_name():
    recipe = replace(RECIPE, screen=Screen(available=1.0, include=("u1",), exclude=("u0", "u2")))
    built = build(recipe, table([1, 1], [NAN, 2], [3, 3], [4, 4]))
    assert built.table.units == ("u1", "u3")
    assert built.rows.tolist() == [1, 3]


def test_screening_stands_before_imputing_unless_the_imputed_table_is_counted():
    rows = ([1.0, NAN], [3.0, 8.0], [5.0, 10.0])
    recipe = replace(RECIPE, impute=Impute("mean"), screen=Screen(available=1.0))
    assert build(recipe, table(*rows)).table.units == ("u1", "u2")
    recipe = replace(recipe, screen=Screen(available=1.0, on="imputed"))
    built = build(recipe, table(*rows))
    assert built.table.units == ("u0", "u1", "u2")
    assert built.stages["imputed"][0, 1] == 9


def test_screening_everyone_out_is_refused():
    with pytest.raises(Impossible, match="no-units"):
        build(replace(RECIPE, screen=Screen(available=1.0)), table([NAN, 1]))


def test_single_indicators_may_be_treated_and_normalised_otherwise():
    rows = [[float(x), float(x)] for x in (*range(1, 11), 30, 100)]
    recipe = replace(
        RECIPE, treat=Treat(), treat_by={"b": Treat(method="none")},
        normalise=Normalise("minmax"), normalise_by={"a": Normalise("rank")},
    )  # fmt: skip
    built = build(recipe, table(*rows))
    assert built.stages["treated"][-1].tolist() == [30, 100]
    assert built.stages["normalised"][-1].tolist() == [11, 100]
    assert built.treatment.failed.tolist() == [True, False]


def test_weights_of_a_level_come_from_that_level_s_own_scores():
    parents = {"a": "p", "b": "p", "c": "q", "d": "q", "p": "top", "q": "top"}
    tree = compile_tree("abcd", ["p", "q", "top"], parents)
    spread = Weigh("standard_deviation")
    recipe = Recipe(
        tree, tuple(Indicator(code) for code in "abcd"), np.ones(7),
        (Weigh("equal"), Weigh("equal"), spread), ("arithmetic",) * 3, (0.0,) * 3,
        normalise=Normalise("none"),
    )  # fmt: skip
    built = build(recipe, table([0, 0, 0, 0], [2, 2, 6, 6], [4, 4, 12, 12]))
    # p is 0, 2, 4 and q is 0, 6, 12: deviations 2 and 6
    assert built.aggregated.weights[4:].tolist() == pytest.approx([0.25, 0.75, 1])
    assert built.scores[:, 2].tolist() == pytest.approx([0, 5, 10])


def test_weighing_names_the_node_it_cannot_weigh():
    recipe = replace(RECIPE, weigh=(Weigh("entropy"),), normalise=Normalise("zscore"))
    with pytest.raises(Impossible) as error:
        build(recipe, table([1, 2], [3, 5], [4, 9]))
    assert error.value.values["node"] == "top"


def test_years_are_normalised_together_and_ranked_apart():
    times = ("2019", "2019", "2020", "2020")
    recipe = replace(RECIPE, normalise=Normalise("minmax"))
    built = build(recipe, table([0, 0], [5, 5], [6, 6], [10, 10], times=times))
    assert built.scores[:, 0].tolist() == [0, 50, 60, 100]
    assert built.ranks[:, 0].tolist() == [2, 1, 2, 1]
