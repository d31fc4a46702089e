"""The composite index beside plain numpy written by hand for the same three tasks.

    python -m benchmarks.index

1. 51 units × 49 indicators, 1,000 replications of the weights alone: ranges of scores and ranks.
2. The same with treatment, normalisation and aggregation varied as well.
3. 31 regions × 30 indicators × 10 years: one scale for all years, scores, ranks by year, trends.

The baselines know what they are about (complete data, means that are a product of matrices, no
notes, no checks) and must come to the same scores. ``ratio`` is our time over theirs; reading and
writing files are not part of either. Data are made from a seed. Prints one JSON object.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from scoring.index.build import build
from scoring.index.panel.trend import slopes
from scoring.index.recipe import Indicator, Normalise, Recipe, Table, Treat, Weigh
from scoring.index.tree import Tree, compile_tree
from scoring.index.uncertainty import Options, run
from scoring.index.uncertainty.draws import REPLICATIONS, uniforms
from scoring.index.uncertainty.model import Model

SEED, ROUNDS, TIMES = 20241, 25, 1000
UNITS, INDICATORS = 51, 49
REGIONS, COLUMNS, YEARS = 31, 30, 10
LEVELS = (0.25, 0.25, 0.25)


def tree_of(count: int, pillars: int, halves: int) -> Tree:
    """Indicators under pillars under sub-indices under one root, as evenly as it goes."""
    indicators = [f"i{place}" for place in range(count)]
    middle = [f"p{place}" for place in range(pillars)]
    upper = [f"s{place}" for place in range(halves)]
    parents = {code: middle[place * pillars // count] for place, code in enumerate(indicators)}
    parents |= {code: upper[place * halves // pillars] for place, code in enumerate(middle)}
    parents |= dict.fromkeys(upper, "root")
    return compile_tree(indicators, [*middle, *upper, "root"], parents)


def recipe_of(tree: Tree, **changes: Any) -> Recipe:
    nodes = len(tree.nodes)
    return Recipe(
        tree, tuple(Indicator(code) for code in tree.indicators), np.ones(len(tree.codes)),
        (Weigh(),) * nodes, ("arithmetic",) * nodes, (0.0,) * nodes,
        normalise=Normalise("minmax", {"lowest": 1.0, "highest": 100.0}), **changes,
    )  # fmt: skip


def data(rows: int, columns: int) -> np.ndarray:
    """Skewed indicators with something in common, some with outliers; all known."""
    rng = np.random.default_rng(SEED)
    values = np.exp(0.8 * rng.normal(size=(rows, columns)) + 0.5 * rng.normal(size=(rows, 1)))
    values[rng.integers(rows, size=columns // 4), rng.integers(columns, size=columns // 4)] *= 40
    return values


# The work by hand


def hand_weights(tree: Tree, u: np.ndarray) -> np.ndarray:
    """Effective weights of the indicators, (replications, indicators), from uniform numbers."""
    codes = len(tree.codes)
    factor = np.array(LEVELS)[tree.levels[:-1] - 1]
    share = np.ones((len(u), codes))
    share[:, :-1] = 1 + factor * (2 * u - 1)
    for children in tree.children:
        share[:, children] /= share[:, children].sum(axis=1, keepdims=True)
    for place in range(codes - 2, -1, -1):
        share[:, place] *= share[:, tree.parents[place]] if tree.parents[place] < codes - 1 else 1
    return share[:, : tree.indicator_count]


def hand_minmax(values: np.ndarray) -> np.ndarray:
    low, high = values.min(axis=0), values.max(axis=0)
    return 1 + 99 * (values - low) / (high - low)


def hand_ranks(scores: np.ndarray) -> np.ndarray:
    order = np.argsort(-scores, axis=1)
    ranks = np.empty_like(scores)
    np.put_along_axis(ranks, order, np.arange(1.0, scores.shape[1] + 1)[None], axis=1)
    return ranks


def hand_summary(scores: np.ndarray) -> list[np.ndarray]:
    ranks = hand_ranks(scores)
    above = (ranks[:, :, None] < ranks[:, None, :]).mean(axis=0)
    ranges = [np.percentile(table, [5, 50, 95], axis=0) for table in (scores, ranks)]
    return [*ranges, (ranks <= 10).mean(axis=0), above]


def hand_winsorised(values: np.ndarray) -> np.ndarray:
    """Up to five points, by skewness and kurtosis, one indicator at a time."""
    result = values.copy()
    for column in result.T:
        moved = {1: 0, -1: 0}
        while sum(moved.values()) < 5:
            apart, n = column - column.mean(), len(column)
            second = (apart**2).sum()
            skew = np.sqrt(n * (n - 1)) / (n - 2) * np.sqrt(n) * (apart**3).sum() / second**1.5
            tails = n * (apart**4).sum() / second**2 - 3
            kurt = ((n + 1) * tails + 6) * (n - 1) / ((n - 2) * (n - 3))
            if abs(skew) < 2 or kurt < 3.5:
                break
            side, ordered = (1 if skew >= 0 else -1), np.unique(column)
            extreme, following = ordered[[-1, -2]] if skew >= 0 else ordered[[0, 1]]
            moved[side] = int((column == extreme).sum())
            column[column == extreme] = following
    return result


def hand_varied(tree: Tree, u: np.ndarray, values: np.ndarray, treated: np.ndarray) -> np.ndarray:
    """Scores with each row's own treatment, normalisation and mean; each table is made once."""
    weights = hand_weights(tree, u[:, :-3])
    choice = np.floor(u[:, -3:] * [2, 2, 3]).astype(int)
    scores = np.empty((len(u), len(values)))
    for treat, table in enumerate((treated, values)):
        spread = (table - table.mean(axis=0)) / table.std(axis=0, ddof=1)
        for scale, x in enumerate((hand_minmax(table), 50 + 5 * spread)):
            for mean, way in enumerate((_arithmetic, _geometric, _harmonic)):
                rows = (choice == [treat, scale, mean]).all(axis=1)
                scores[rows] = way(weights[rows], x)
    return scores


def _arithmetic(w: np.ndarray, x: np.ndarray) -> np.ndarray:
    return w @ x.T


def _geometric(w: np.ndarray, x: np.ndarray) -> np.ndarray:
    return np.exp(w @ np.log(x).T)


def _harmonic(w: np.ndarray, x: np.ndarray) -> np.ndarray:
    return 1 / (w @ (1 / x).T)


def hand_panel(tree: Tree, panel: np.ndarray) -> tuple[np.ndarray, ...]:
    weights = hand_weights(tree, np.full((1, len(tree.codes) - 1), 0.5))[0]
    scores = (hand_minmax(panel.reshape(-1, COLUMNS)) @ weights).reshape(REGIONS, YEARS)
    years = np.arange(YEARS) - (YEARS - 1) / 2
    slope = scores @ years / (years**2).sum()
    left = scores - scores.mean(axis=1, keepdims=True) - slope[:, None] * years
    error = np.sqrt((left**2).sum(axis=1) / (YEARS - 2) / (years**2).sum())
    return scores, hand_ranks(scores.T).T, slope, error


# Both beside each other


def seconds(work: Callable[[], Any]) -> float:
    """The quickest of several runs, after one that does not count: others disturb, none helps."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def beside(ours: Callable[[], Any], theirs: Callable[[], Any], goal: float) -> dict[str, Any]:
    mine, plain = seconds(ours), seconds(theirs)
    return {
        "seconds": round(mine, 4),
        "numpy_seconds": round(plain, 4),
        "ratio": round(mine / plain, 2),
        "goal_seconds": goal,
    }


def weights_only() -> dict[str, Any]:
    tree, values = tree_of(INDICATORS, 8, 2), data(UNITS, INDICATORS)
    index = build(recipe_of(tree), Table(tuple(str(row) for row in range(UNITS)), values))
    options = Options(sobol=0, leave_out=False)
    u = uniforms(SEED, REPLICATIONS, TIMES, len(tree.codes) - 1)

    def by_hand() -> list[np.ndarray]:
        drawn = uniforms(SEED, REPLICATIONS, TIMES, len(tree.codes) - 1)
        return hand_summary(hand_weights(tree, drawn) @ hand_minmax(values).T)

    np.testing.assert_allclose(
        Model(index, options).scores(u), hand_weights(tree, u) @ hand_minmax(values).T, rtol=1e-9
    )
    return beside(lambda: run(index, TIMES, SEED, options), by_hand, 1.0)


def all_varied() -> dict[str, Any]:
    tree, values = tree_of(INDICATORS, 8, 2), data(UNITS, INDICATORS)
    table = Table(tuple(str(row) for row in range(UNITS)), values)
    index = build(recipe_of(tree, treat=Treat(log=None)), table)
    options = Options(
        treat=(None,), normalise=(Normalise("zscore", {"centre": 50.0, "spread": 5.0}),),
        aggregate=("geometric", "harmonic"), sobol=0, leave_out=False,
    )  # fmt: skip
    width = len(tree.codes) + 2
    u = uniforms(SEED, REPLICATIONS, TIMES, width)

    def by_hand() -> list[np.ndarray]:
        drawn = uniforms(SEED, REPLICATIONS, TIMES, width)
        return hand_summary(hand_varied(tree, drawn, values, hand_winsorised(values)))

    np.testing.assert_allclose(
        Model(index, options).scores(u), hand_varied(tree, u, values, hand_winsorised(values)),
        rtol=1e-9,
    )  # fmt: skip
    return beside(lambda: run(build(index.recipe, table), TIMES, SEED, options), by_hand, 5.0)


def panel() -> dict[str, Any]:
    tree = tree_of(COLUMNS, 5, 2)
    recipe = recipe_of(tree)
    values = data(REGIONS * YEARS, COLUMNS)
    years = tuple(str(2013 + row % YEARS) for row in range(REGIONS * YEARS))
    table = Table(tuple(str(row // YEARS) for row in range(REGIONS * YEARS)), values, times=years)

    def ours() -> tuple[np.ndarray, ...]:
        found = build(recipe, table)
        scores, ranks = (
            part[:, -1].reshape(REGIONS, YEARS) for part in (found.scores, found.ranks)
        )
        return scores, ranks, *slopes(np.arange(YEARS), scores)

    cube = values.reshape(REGIONS, YEARS, COLUMNS)
    for mine, plain in zip(ours()[:3], hand_panel(tree, cube)[:3], strict=True):
        np.testing.assert_allclose(mine, plain, rtol=1e-9, atol=1e-12)
    return beside(ours, lambda: hand_panel(tree, cube), 1.0)


def main() -> None:
    tasks = {
        "weights_1000_of_51x49": weights_only(),
        "varied_1000_of_51x49": all_varied(),
        "panel_31x30x10": panel(),
    }
    print(json.dumps({"index": {"seed": SEED, "same_scores": True, "tasks": tasks}}, indent=2))


if __name__ == "__main__":
    main()
