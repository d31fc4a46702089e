"""Joining strata that are too small, in the stated order."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import suppression
from scoring.estimates.strata import cell_of, collapse

SECTIONS = {"C34": "C", "C36": "C", "C38": "C", "I65": "I"}


def joined(population, n, least=5):
    return [set(one.cells) for one in collapse(population, n, SECTIONS, least)]


def test_usable_cells_stand_alone():
    population = {("C34", "small"): 90, ("C34", "micro"): 80}
    assert joined(population, {("C34", "small"): 9, ("C34", "micro"): 5}) == [
        {("C34", "micro")},
        {("C34", "small")},
    ]


def test_a_small_size_class_joins_its_neighbour_with_fewer_respondents():
    population = dict.fromkeys([("C34", s) for s in ("large", "medium", "small", "micro")], 100)
    n = {
        ("C34", "large"): 6,
        ("C34", "medium"): 2,
        ("C34", "small"): 30,
        ("C34", "micro"): 9,
    }
    assert {("C34", "large"), ("C34", "medium")} in joined(population, n)
    assert len(joined(population, n)) == 3


def test_divisions_join_within_their_section_before_sections_join():
    population = {("C34", ""): 50, ("C36", ""): 50, ("C38", ""): 50, ("I65", ""): 50}
    n = {("C34", ""): 3, ("C36", ""): 2, ("C38", ""): 20, ("I65", ""): 8}
    assert joined(population, n) == [{("C34", ""), ("C36", "")}, {("C38", "")}, {("I65", "")}]


def test_where_a_section_is_not_enough_its_smallest_stratum_helps():
    population = {("C34", ""): 50, ("C36", ""): 50, ("C38", ""): 50}
    n = {("C34", ""): 3, ("C36", ""): 12, ("C38", ""): 20}
    assert {("C34", ""), ("C36", "")} in joined(population, n)


def test_a_section_too_small_joins_another():
    population = {("C38", ""): 50, ("I65", ""): 50}
    assert len(joined(population, {("C38", ""): 20, ("I65", ""): 4})) == 1


def test_more_respondents_than_enterprises_is_not_usable():
    population = {("C34", "small"): 6, ("C34", "micro"): 90}
    assert len(joined(population, {("C34", "small"): 8, ("C34", "micro"): 9})) == 1


def test_an_enterprise_stands_in_the_finest_cell_the_table_lists():
    table = {("C34", "small"), ("C", "large"), ("I", "")}
    assert cell_of(("C3411", "C34", "C", ""), "small", table) == ("C34", "small")
    assert cell_of(("C36", "C", ""), "large", table) == ("C", "large")
    assert cell_of(("I65", "I", ""), "micro", table) == ("I", "")
    assert cell_of(("C36", "C", ""), "micro", table) is None


def test_classes_the_tables_withhold_are_joined_with_each_other():
    """Large and micro are hidden for each other's sake; medium is shown and stays alone."""
    sizes = ("large", "medium", "small", "micro")
    population = dict.fromkeys([("C34", size) for size in sizes], 100)
    n = dict.fromkeys(population, 9) | {("C34", "large"): 3}
    shown = {("C34", "medium"), ("C34", "small"), ("C34", ""), ("C", ""), ("", "")}
    found = [set(one.cells) for one in collapse(population, n, SECTIONS, 5, shown)]
    assert {("C34", "large"), ("C34", "micro")} in found
    assert len(found) == 3


def test_what_an_unshown_industry_hides_is_joined_in_its_section():
    population = {("C34", "small"): 90, ("C36", "small"): 80, ("C38", "small"): 70}
    n = dict.fromkeys(population, 9)
    shown = {("C38", "small"), ("C38", ""), ("C", ""), ("", "")}
    found = [set(one.cells) for one in collapse(population, n, SECTIONS, 5, shown)]
    assert found == [{("C34", "small"), ("C36", "small")}, {("C38", "small")}]


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(sorted(SECTIONS)),
            st.sampled_from(["large", "medium", "small", "micro"]),
        ),
        st.tuples(st.integers(0, 60), st.integers(0, 14)),
        min_size=1,
    )
)
def test_joining_loses_nobody_and_leaves_only_usable_strata_or_one(cells):
    population = {cell: people for cell, (people, _) in cells.items()}
    n = {cell: min(n, people) for cell, (people, n) in cells.items()}
    found = collapse(population, n, SECTIONS, 5)
    assert sum(one.population for one in found) == sum(population.values())
    assert sum(one.n for one in found) == sum(n.values())
    members = [cell for one in found for cell in one.cells]
    assert len(members) == len(set(members))
    assert len(found) <= 1 or all(one.usable(5) for one in found)


SIZES = ("large", "medium", "small", "micro")
WAYS = (
    {"P": ("P",)},
    {c: (c, s, "") for c, s in SECTIONS.items()} | {s: (s, "") for s in "CI"} | {"": ("",)},
    {size: (size, "") for size in SIZES} | {"": ("",)},
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.just("P"), st.sampled_from(sorted(SECTIONS)), st.sampled_from(SIZES)),
        min_size=12,
        max_size=70,
    )
)
def test_a_stratum_s_sum_follows_from_the_tables(firms):
    """Whoever loads a population to single a stratum out learns what the tables say already."""
    cube = suppression.build(firms, WAYS)
    hidden = suppression.hidden(cube, 5)
    shown = {(i, s) for (_, i, s) in cube.counts if ("P", i, s) not in hidden}
    n = {
        (i, s): cube.counts["P", i, s]
        for i in SECTIONS
        for s in SIZES
        if ("P", i, s) in cube.counts
    }
    strata = collapse(dict.fromkeys(n, 1000), n, SECTIONS, 5, shown)

    def row(cells):
        line = np.zeros(len(cube.atom_counts))
        for cell in cells:
            line[list(cube.atoms["P", *cell])] = 1
        return line

    if ("", "") in shown:
        known = [row([cell]) for cell in shown]
        together = np.array([*known, *(row(one.cells) for one in strata)])
        assert np.linalg.matrix_rank(together) == np.linalg.matrix_rank(np.array(known))
        assert all(one.n >= 5 for one in strata)
