"""How sure a rank is: replications, sensitivity, and leaving one out."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.index.build import build
from scoring.index.faults import Impossible
from scoring.index.recipe import Impute, Indicator, Normalise, Recipe, Table, Treat, Weigh
from scoring.index.tree import compile_tree
from scoring.index.uncertainty import COLUMNS, Noise, Options, columns, plain, run
from scoring.index.uncertainty.draws import REPLICATIONS, uniforms
from scoring.index.uncertainty.model import Model
from scoring.index.uncertainty.summary import not_told_apart, ranged, share_above, share_of_first

NAN = np.nan
TREE = compile_tree(
    ["a", "b", "c", "d"], ["left", "right", "top"],
    {"a": "left", "b": "left", "c": "right", "d": "right", "left": "top", "right": "top"},
)  # fmt: skip
QUICK = Options(sobol=0, leave_out=False)
STILL = replace(QUICK, noise=Noise(levels={}))
RANGE = Normalise("minmax", {"lowest": 1.0, "highest": 100.0})


def built(values=None, times=None, **changes):
    values = np.random.default_rng(7).normal(size=(12, 4)) if values is None else np.array(values)
    recipe = Recipe(
        TREE, tuple(Indicator(code) for code in "abcd"), np.ones(7), (Weigh(),) * 3,
        ("arithmetic",) * 3, (0.0,) * 3, normalise=RANGE,
    )  # fmt: skip
    units = tuple(f"u{row}" for row in range(len(values)))
    return build(replace(recipe, **changes), Table(units, values, times=times))


EVERYTHING = Options(
    impute=(Impute("mean"),),
    treat=(Treat(),),
    normalise=(Normalise("zscore", {"centre": 50.0, "spread": 5.0}),),
    weigh=(Weigh("critic"),),
    aggregate=("geometric", "copeland"),
    sobol=16,
)


def digest(found):
    arrays = [*columns(found).values(), found.above, found.in_first]
    if found.sobol:
        arrays += [found.sobol.first.low, found.sobol.total.value, found.sobol.total.high]
    arrays += [one.ranks for one in found.left_out]
    return b"".join(array.tobytes() for array in arrays)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    index = built()
    assert digest(run(index, 60, 5, EVERYTHING)) == digest(run(index, 60, 5, EVERYTHING))
    assert digest(run(index, 60, 5, EVERYTHING)) != digest(run(index, 60, 6, EVERYTHING))


def test_what_is_computed_at_once_changes_no_bit():
    model = Model(built(), EVERYTHING)
    table = uniforms(3, REPLICATIONS, 100, model.width)
    whole = model.scores(table)
    for at_once in (1, 100, 10**9):
        assert model.scores(table, at_once).tobytes() == whole.tobytes()
    assert model.scores(table[17:40]).tobytes() == whole[17:40].tobytes()


def test_more_replications_continue_the_same_series():
    assert uniforms(1, REPLICATIONS, 2000, 3)[:900].tolist() == (
        uniforms(1, REPLICATIONS, 900, 3).tolist()
    )


def test_without_anything_uncertain_intervals_have_no_width_and_hold_the_nominal():
    index = built()
    found = run(index, 50, 1, STILL)
    assert found.factors == ()
    assert found.rank.p5.tolist() == found.rank.p95.tolist() == index.ranks[:, -1].tolist()
    assert found.score.p5.tolist() == found.score.p95.tolist()
    assert found.score.median == pytest.approx(index.scores[:, -1], abs=1e-12)
    assert found.mean_shift == 0
    assert not not_told_apart(found.above).any()


def test_a_replication_is_the_index_with_the_drawn_weights():
    index = built()
    options = replace(QUICK, noise=Noise(levels={1: 0.5, 2: 0.2}))
    model = Model(index, options)
    table = uniforms(9, REPLICATIONS, 3, model.width)
    level = np.array([0.5, 0.5, 0.5, 0.5, 0.2, 0.2])
    for u, scores in zip(table, model.scores(table), strict=True):
        weights = np.append(1 + level * (2 * u - 1), 1.0)
        again = built(weights=weights).scores[:, -1]
        assert scores == pytest.approx(again, abs=1e-12)


def test_an_alternative_gives_what_a_recipe_with_it_gives():
    index = built(treat=Treat())
    options = replace(STILL, treat=(None,), normalise=(Normalise("zscore"),), aggregate=("median",))
    model = Model(index, options)
    chosen = np.full((1, 3), 0.9)  # the second alternative of each
    direct = built(treat=None, normalise=Normalise("zscore"), methods=("median",) * 3)
    assert model.scores(chosen)[0] == pytest.approx(direct.scores[:, -1])
    assert model.scores(np.full((1, 3), 0.1))[0] == pytest.approx(index.scores[:, -1])


def test_weights_drawn_from_data_are_drawn_anew_for_each_alternative():
    index = built(weigh=(Weigh("critic"),) * 3)
    model = Model(index, replace(STILL, aggregate=("geometric",)))
    direct = built(weigh=(Weigh("critic"),) * 3, methods=("geometric",) * 3)
    assert model.scores(np.array([[0.9]]))[0] == pytest.approx(direct.scores[:, -1])


def test_the_own_choice_is_always_among_the_alternatives_once():
    found = run(built(), 10, 1, replace(STILL, aggregate=("geometric", "arithmetic")))
    assert found.factors[0].alternatives == (("arithmetic",) * 3, ("geometric",) * 3)


def test_scores_on_another_scale_take_part_in_ranks_only():
    found = run(built(), 400, 1, replace(STILL, normalise=(Normalise("zscore"),)))
    assert 150 < found.score_replications < 250
    assert found.score.p5 == pytest.approx(found.nominal_score)
    same = run(built(), 400, 1, replace(STILL, aggregate=("median",)))
    assert same.score_replications == 400


def test_an_impossible_combination_names_its_alternatives():
    with pytest.raises(Impossible) as fault:
        run(
            built(),
            50,
            1,
            replace(QUICK, normalise=(Normalise("zscore"),), aggregate=("geometric",)),
        )
    assert fault.value.rule == "not-positive"
    assert "zscore" in fault.value.values["alternatives"]["normalise"]


@pytest.mark.parametrize(
    ("replications", "options", "rule"),
    [
        (0, QUICK, "replications-or-seed"),
        (5, replace(QUICK, noise=Noise(levels={1: 1.5})), "noise-out-of-range"),
        (5, replace(QUICK, noise=Noise("dirichlet", {1: 0.0})), "noise-out-of-range"),
        (5, replace(QUICK, noise=Noise("normal")), "unknown-draw"),
        (5, replace(QUICK, weigh=(Weigh("ahp"),)), "ahp-alternative"),
        (5, replace(QUICK, impute=(Impute("group_mean", "coast"),)), "unknown-group"),
        (5, replace(QUICK, normalise=(Normalise("goalposts"),)), "missing-goalposts"),
    ],
)
def test_options_that_mean_nothing_are_refused(replications, options, rule):
    with pytest.raises(Impossible) as fault:
        run(built(), replications, 1, options)
    assert fault.value.rule == rule


def test_dirichlet_weights_have_the_moments_of_the_distribution():
    # Siblings 1 : 3, c = 20: mean 1/4 and 3/4, variance w (1 - w) / 21.
    index = built(weights=np.array([1.0, 3, 1, 1, 1, 1, 1]))
    model = Model(index, replace(QUICK, noise=Noise("dirichlet", {1: 20.0})))
    drawn = model._weights(index.aggregated.weights, uniforms(2, REPLICATIONS, 20_000, model.width))
    assert drawn[:, :2].sum(axis=1) == pytest.approx(1)
    assert drawn[:, 0].mean() == pytest.approx(0.25, abs=0.003)
    assert drawn[:, 0].var() == pytest.approx(0.25 * 0.75 / 21, rel=0.05)


def test_ranks_of_a_panel_are_of_one_year():
    values = np.random.default_rng(3).normal(size=(6, 4))
    index = built(values, times=("2019", "2020") * 3)
    found = run(index, 20, 1, QUICK)
    assert found.rank.p95.max() <= 3
    assert np.isnan(found.above[0, 1])
    assert np.isfinite(found.above[0, 2])


def test_a_unit_without_a_score_has_no_interval_and_hurts_nobody():
    values = np.random.default_rng(3).normal(size=(6, 4))
    values[2] = NAN
    found = run(built(values), 30, 1, Options(sobol=8))
    assert np.isnan(found.rank.median[2])
    assert np.isfinite(np.delete(found.rank.median, 2)).all()
    assert np.isnan(found.in_first[2])
    assert np.isfinite(found.mean_shift)
    assert np.isfinite(found.sobol.total.value[:, 0]).all()


def test_thousands_of_units_are_not_set_against_each_other():
    index = built(np.random.default_rng(1).normal(size=(1001, 4)))
    found = run(index, 3, 1, Options(sobol=4, leave_out=False))
    assert found.above is None
    assert found.outputs == ("mean_rank_shift",)
    assert plain(found, index.table.units)["not_told_apart"] is None


def test_shares_of_first_places_and_of_pairs_worked_by_hand():
    places = np.array([[1.0, 2, 3], [2, 1, 3], [1, 1, 3], [1, 2, 3]])
    assert share_of_first(places, 1).tolist() == [0.75, 0.5, 0]
    above = share_above(places, None)
    assert above[0, 1] == 0.625  # above twice, below once, once level
    assert above[1, 0] == 0.375
    assert not_told_apart(above).tolist() == [
        [False, True, False],
        [True, False, False],
        [False] * 3,
    ]


def test_percentiles_are_of_type_seven():
    found = ranged(np.arange(11.0)[:, None])
    assert (found.p5[0], found.median[0], found.p95[0]) == (0.5, 5, 9.5)


def test_left_out_indicators_move_ranks_as_a_smaller_index_has_them():
    index = built(weigh=(Weigh("standard_deviation"),) * 3)
    found = {one.code: one for one in run(index, 1, 1, Options(sobol=0)).left_out}
    assert set(found) == {"a", "b", "c", "d", "left", "right"}
    # Without "left" the index is "right", whose weights are those of c and d.
    right = index.scores[:, index.recipe.tree.nodes.index("right")]
    assert found["left"].ranks.tolist() == (1 + (right[:, None] < right).sum(axis=1)).tolist()
    shifts = np.abs(found["left"].ranks - index.ranks[:, -1])
    assert (found["left"].mean_shift, found["left"].largest_shift) == (shifts.mean(), shifts.max())


def test_leaving_out_takes_rows_and_columns_out_of_comparisons():
    matrix = [[1, 4], [1 / 4, 1]]
    weigh = (Weigh("ahp", {"matrix": matrix}), Weigh(), Weigh("ahp", {"matrix": matrix}))
    found = {one.code: one for one in run(built(weigh=weigh), 1, 1, Options(sobol=0)).left_out}
    assert np.isfinite(found["a"].mean_shift)


def test_an_only_child_takes_its_parent_along_and_nothing_is_left_of_one():
    tree = compile_tree(["a"], ["top"], {"a": "top"})
    recipe = Recipe(tree, (Indicator("a"),), np.ones(2), (Weigh(),), ("arithmetic",), (0.0,))
    index = build(recipe, Table(("x", "y"), np.array([[1.0], [2.0]])))
    found = run(index, 3, 1, Options())
    assert [(one.code, one.reason) for one in found.left_out] == [("a", "nothing-left")]
    assert found.sobol is None


def test_the_report_is_plain_and_names_every_input():
    index = built()
    report = plain(run(index, 40, 1, EVERYTHING), index.table.units)
    assert [one["name"] for one in report["inputs"]] == [
        "weights-1", "weights-2", "impute", "treat", "normalise", "weigh", "aggregate",
    ]  # fmt: skip
    assert set(COLUMNS) < set(report["units"][0])
    assert report["sobol"]["outputs"][0]["output"] == "mean_rank_shift"
    for pair in report["not_told_apart"]:
        assert 0.05 <= pair["share"] <= 0.95
