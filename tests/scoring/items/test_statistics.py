"""Item statistics of coded answers: what is counted, withheld and marked."""

from __future__ import annotations

import polars as pl
import pytest

from scoring.items.statistics import item_statistics
from tests.scoring.integrity.firms import batch, firms, instrument

MINIMUM = 5


@pytest.fixture(scope="module")
def coded():
    return batch(firms(1)).coded


@pytest.fixture(scope="module")
def found(coded):
    return item_statistics(instrument().compiled, coded, MINIMUM)


def item(found, code):
    return next(each for each in found["items"] if each["code"] == code)


def test_every_question_is_told_of_with_its_state_counts(found, coded):
    assert [each["code"] for each in found["items"]] == list(instrument().questions)
    for each in found["items"]:
        assert sum(each["states"].values()) == found["n"] == coded.height


def test_difficulty_is_the_mean_share_of_the_points(found, coded):
    expected = coded["s0_q3"].mean() / 4
    assert item(found, "s0_q3")["difficulty"][0] == pytest.approx(expected)


def test_options_add_up_to_those_who_answered(found):
    options = item(found, "s1_q2")["options"]
    assert sum(option["n"] for option in options) == item(found, "s1_q2")["n"]
    assert sum(option["share"] for option in options) == pytest.approx(1)


def test_a_question_without_points_has_counts_and_nothing_to_measure(found):
    number = item(found, "s0_n")
    assert not number["scored"]
    assert number["difficulty"] is None
    assert number["marks"] == []


def test_an_item_everybody_has_is_said_not_to_tell_firms_apart(coded):
    alike = coded.with_columns(pl.lit(4, dtype=pl.UInt8).alias("s0_q0"))
    one = item(item_statistics(instrument().compiled, alike, MINIMUM), "s0_q0")
    assert one["marks"] == ["ceiling", "flat"]
    assert one["discrimination"] is None


def test_chance_answers_are_said_not_to_tell_firms_apart(coded):
    luck = pl.Series("s2_q1", [n * 7 % 5 for n in range(coded.height)], dtype=pl.UInt8)
    one = item(item_statistics(instrument().compiled, coded.with_columns(luck), MINIMUM), "s2_q1")
    assert one["marks"] == ["flat"]
    assert abs(one["discrimination"][0]) < 0.15


def test_a_few_answers_are_never_said_not_to_tell_firms_apart(coded):
    few = coded.head(29).with_columns(pl.lit(4, dtype=pl.UInt8).alias("s0_q0"))
    one = item(item_statistics(instrument().compiled, few, MINIMUM), "s0_q0")
    assert one["ceiling"] == 1
    assert one["marks"] == []


def test_a_round_of_too_few_firms_is_withheld_whole(coded):
    found = item_statistics(instrument().compiled, coded.head(4), MINIMUM)
    assert found["withheld"]
    assert found["items"] == []


def test_a_question_too_few_answered_is_withheld_with_its_options(coded):
    rows = pl.int_range(coded.height, eager=True)
    few = coded.with_columns(
        pl.when(rows < 4).then(pl.col("s0_q0")).alias("s0_q0"),
        pl.when(rows < 4).then(0).otherwise(1).cast(pl.UInt8).alias("s0_q0.state"),
    )
    one = item(item_statistics(instrument().compiled, few, MINIMUM), "s0_q0")
    assert one["withheld"]
    assert one["options"] == []
    measures = ("difficulty", "discrimination", "upper_lower", "ceiling", "floor", "alpha_without")
    assert all(one[name] is None for name in measures)


def test_questions_of_few_firms_do_not_empty_a_dimension(coded):
    """Two thirds were not asked a question: alpha is that of the other items, and says so."""
    rows = pl.int_range(coded.height, eager=True)
    few = coded.with_columns(
        pl.when(rows % 3 == 0).then(pl.col("s0_q0")).alias("s0_q0"),
        pl.when(rows % 3 == 0).then(0).otherwise(4).cast(pl.UInt8).alias("s0_q0.state"),
    )
    compiled = {**instrument().compiled, "sha256": "not asked"}
    compiled["questions"] = [{**q, "conditional": True} for q in compiled["questions"]]
    whole = item_statistics(compiled, few, MINIMUM)["dimensions"][0]
    assert whole["left_out"] == ["s0_q0"]
    assert whole["n"] == coded.height
    assert 0.5 < whole["alpha"][0] < 1


def test_the_order_of_the_firms_makes_no_difference(found, coded):
    again = item_statistics(instrument().compiled, coded.reverse(), MINIMUM)
    for one, other in zip(found["items"], again["items"], strict=True):
        assert one["discrimination"] == pytest.approx(other["discrimination"])
        assert one["upper_lower"] == pytest.approx(other["upper_lower"])
