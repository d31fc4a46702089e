"""Weights that a round chooses are data over the published edition."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.changes import changes
from questionnaires.instruments import Definition, validate
from questionnaires.instruments.canon import canonical
from questionnaires.instruments.weighting import (
    check,
    chosen_by_assessor,
    groups,
    normal_form,
    sha256_of,
    weighted,
)
from questionnaires.wording import Wording
from scoring.one import score_one
from tests.scoring.shipped import definition as shipped

EQUAL = {"total": {"left": "1", "right": "1"}, "right": {"b": "1", "c": "1"}}


@cache
def small(aggregate: str = "weighted_mean") -> Definition:
    """total = mean of left (a) and right (mean of b and c); every answer earns 0 to 10."""
    questions = [
        {"code": code, "kind": "number", "text": code, "min": 0, "max": 10,
         "points": {"linear": {"worst": 0, "best": 10, "points": 10}}}
        for code in "abc"
    ]  # fmt: skip
    right = {"code": "right", "title": "R", "aggregate": aggregate,
             "children": [{"question": "b"}, {"question": "c"}]}  # fmt: skip
    left = {"code": "left", "title": "L", "aggregate": "sum", "children": [{"question": "a"}]}
    found, problems = validate(
        {
            "format": "shuheng.instrument/1", "code": "weighed", "version": "1", "status": "own",
            "title": "W", "notice": "own", "weights": "assessor",
            "defaults": {"missing": "reweight"},
            "sections": [{"code": "s", "title": "S", "questions": questions}],
            "tree": {"code": "total", "title": "T", "aggregate": aggregate,
                     "children": [left, right]},
        }
    )  # fmt: skip
    assert found is not None, problems
    return found


def total(weights=None, answers=None, aggregate="weighted_mean"):
    answers = {"a": 10, "b": 5, "c": 0} if answers is None else answers
    result = score_one(small(aggregate), {}, answers, weights=weights)
    return result["total"], result


def test_only_some_instruments_leave_their_weights_to_the_assessor():
    assert chosen_by_assessor(shipped("region-zhejiang-2017"))
    assert not chosen_by_assessor(shipped("smart-enterprise"))


def test_zhejiang_s_own_weights_are_equal_in_every_group():
    for group in groups(shipped("region-zhejiang-2017")):
        assert len({branch.share for branch in group.branches}) == 1


def test_the_page_of_the_instrument_and_its_change_log_say_that_rounds_choose():
    free = canonical(shipped("region-zhejiang-2017"))
    fixed = {key: value for key, value in free.items() if key != "weights"}
    assert "each round may choose its own" in " ".join(Wording(free).policies)
    [head] = changes(fixed, free)
    assert "each round may choose its own" in head.details[0].after


def test_an_edition_without_the_flag_keeps_the_hash_it_was_published_with():
    assert "weights" not in shipped("smart-enterprise").model_dump(mode="json", exclude_none=True)


def test_chosen_weights_count_as_if_the_edition_had_them():
    assert total()[0] == Decimal("62.5")  # (100 + (50 + 0) / 2) / 2
    assert total({"total": {"left": "1", "right": "3"}})[0] == Decimal("43.75")
    assert total({"right": {"b": "3", "c": "1"}})[0] == Decimal("68.75")


def test_equal_weights_chosen_by_hand_change_nothing():
    plain, own = total()
    chosen, result = total(EQUAL)
    assert chosen == plain
    assert result["trace"] == own["trace"]


def test_a_weight_of_nothing_leaves_a_part_without_influence():
    assert total({"total": {"left": "0", "right": "1"}})[0] == 25
    aside = {"total": {"left": "1", "right": "0"}}
    assert total(aside, {"a": 4, "b": 0, "c": 0}, "geometric_mean")[0] == 40


def test_what_has_no_weight_cannot_stand_for_what_is_missing():
    assert total({"total": {"left": "0", "right": "1"}}, {"a": 10})[0] is None


def test_the_result_names_the_published_edition_and_the_weights_with_their_hash():
    weights = normal_form(small(), {"total": {"left": "1", "right": "3"}})
    _, result = total(weights)
    assert result["instrument_sha256"] == small().sha256
    assert result["weights"] == {"sha256": sha256_of(weights), "values": weights}
    assert "weights" not in total()[1]


def test_the_trace_adds_up_under_chosen_weights():
    _, result = total({"total": {"left": "2", "right": "1.5"}, "right": {"b": "1", "c": "7"}})
    assert sum(Decimal(str(p["contribution"])) for p in result["trace"]["parts"]) == Decimal(
        str(result["trace"]["sum"])
    )


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"nothing": {"a": "1"}}, ("nothing", "", "unknown")),
        ({"left": {"a": "1"}}, ("left", "", "unknown")),
        ({"right": {"x": "1"}}, ("right", "x", "unknown")),
        ({"right": {"b": ""}}, ("right", "b", "not_a_number")),
        ({"right": {"b": "NaN"}}, ("right", "b", "not_a_number")),
        ({"right": {"b": "-1"}}, ("right", "b", "negative")),
        ({"right": {"b": "1000001"}}, ("right", "b", "too_large")),
        ({"right": {"b": "0.0000001"}}, ("right", "b", "too_fine")),
        ({"right": {"b": "0", "c": "0.0"}}, ("right", "", "all_zero")),
    ],
)
def test_unusable_weights_are_named_with_their_node(given, fault):
    found = [(one.node, one.child, one.kind) for one in check(small(), given)]
    assert found == [fault]


def test_stored_weights_say_every_branch_in_its_shortest_form():
    assert normal_form(small(), {"right": {"b": "2.50"}}) == {
        "total": {"left": "1", "right": "1"},
        "right": {"b": "2.5", "c": "1"},
    }


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(*[st.integers(0, 20)] * 2).filter(any),
    st.integers(2, 9),
    st.tuples(*[st.integers(0, 10)] * 3),
)
def test_only_proportions_count_and_a_total_stays_between_its_parts(pair, factor, values):
    answers = dict(zip("abc", values, strict=True))
    one = {"total": {"left": str(pair[0]), "right": str(pair[1])}}
    more = {"total": {code: str(int(w) * factor) for code, w in one["total"].items()}}
    score, result = total(one, answers)
    assert score == total(more, answers)[0]
    nodes = [result["nodes"]["left"] * 10, result["nodes"]["right"]]
    assert min(nodes) - Decimal("0.00001") <= score <= max(nodes) + Decimal("0.00001")


def test_the_derived_definition_is_made_once_and_the_published_stays_as_it_is():
    weights = {"total": {"left": "1", "right": "3"}}
    before = small().sha256
    assert weighted(small(), weights) is weighted(small(), dict(weights))
    assert weighted(small(), None) is small()
    assert small().sha256 == before != weighted(small(), weights).sha256
