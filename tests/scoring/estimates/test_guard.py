"""Sums offered beside published cells."""

from scoring.estimates.guard import safe

A, B, C, D = (frozenset([n]) for n in range(4))


def test_a_sum_that_gives_a_small_group_away_is_not_offered():
    shown, small = [A | B | C | D], [A]
    assert safe(shown, small, {"city": [B | C | D]}) == set()
    assert safe(shown, small, {"city": [C | D]}) == {"city"}


def test_two_harmless_sums_may_be_harmful_together_and_the_first_stays():
    shown, small = [A | B | C | D], [A]
    offered = {"province": [A | B], "city": [B]}
    assert safe(shown, small, {"city": [B]}) == {"city"}
    assert safe(shown, small, offered) == {"province"}


def test_without_small_groups_everything_is_offered():
    assert safe([A | B], [], {"x": [A], "y": []}) == {"x", "y"}
