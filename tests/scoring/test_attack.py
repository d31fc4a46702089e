"""A reader with every public table, of all dates, cannot pin down what is withheld."""

from __future__ import annotations

import pytest

from scoring.bounds import NARROW
from scoring.columns import Column
from tests.scoring.attack import Reader, World, population

OPEN = 0.01  # of the scale: what quantiles, too, leave of a small cell's mean


def narrowest(world: World, column: Column, *, quantiles: bool = False) -> float:
    """The smallest share of the scale within which a small cell's mean is known."""
    reader = Reader(world, column, quantiles=quantiles)
    scale = column.high - column.low
    widths = [(high - low) / scale for low, high in map(reader.bounds, reader.secrets())]
    return min(widths, default=1.0)


@pytest.mark.parametrize("seed", range(5))
def test_means_of_one_date_bound_no_small_cell_closely(seed):
    world = population(seed, most=40, dates=1)
    assert all(narrowest(world, column) >= NARROW for column in world.known.columns)


@pytest.mark.parametrize("seed", range(10, 14))
def test_nor_do_the_means_of_two_and_three_dates(seed):
    world = population(seed, most=45, dates=2 + seed % 2)
    assert len(world.tables) > 1
    assert all(narrowest(world, column) >= NARROW for column in world.known.columns)


def test_nor_do_quantiles():
    world = population(5, most=24, dates=2)
    for column in world.known.columns[:2]:
        assert narrowest(world, column, quantiles=True) >= OPEN


def test_the_reader_finds_what_careless_tables_give_away(monkeypatch):
    """The attack is one: with the small cells hidden and nothing else it succeeds."""
    from scoring import patterns, publishing

    def only_small(cube, minimum, *rest, **more):
        return {cell: "small" for cell, n in cube.counts.items() if n < minimum}

    monkeypatch.setattr(publishing, "hidden", only_small)
    monkeypatch.setattr(patterns, "hidden", only_small)
    monkeypatch.setattr(patterns, "narrowed", lambda *_: set())
    world = population(11, dates=2)
    assert narrowest(world, world.known.columns[0]) < 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 60, 20))
def test_no_small_cell_in_sixty_populations(start):
    for seed in range(start, start + 20):
        world = population(seed, dates=1 + seed % 3)
        for column in world.known.columns:
            assert narrowest(world, column) >= NARROW, (seed, column.code)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 9, 13])
def test_no_small_cell_by_quantiles_of_two_dates(seed):
    world = population(seed, most=40, dates=1 + seed % 2)
    for column in world.known.columns[:2]:
        assert narrowest(world, column, quantiles=True) >= OPEN, column.code
