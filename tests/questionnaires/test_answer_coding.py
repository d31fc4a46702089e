"""Coded frames and the stored text keep what was said; relevance takes out what is not asked."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from questionnaires.answers import (
    asked,
    decode_many,
    encode,
    from_coded,
    read_answers,
    read_profile,
    to_coded,
)
from questionnaires.answers.values import Share
from tests.scoring.engine.support import answers_of, everything, miit, small

PROFILES = st.sampled_from(
    [
        {},
        {"size": "micro"},
        {"industry": "C36", "employees": 20, "revenue": 310.5, "region": "330100"},
    ]
)


def row(definition, profile, answers):
    sheet = read_answers(definition, answers)
    assert not sheet.problems
    return read_profile(profile)[0], sheet.answers


@settings(max_examples=80, deadline=None)
@given(answers_of(everything()), PROFILES)
def test_the_stored_text_keeps_every_answer(answers, profile):
    profile, known = row(everything(), profile, answers)
    text = to_coded(everything(), profile, known)
    kept, again = from_coded(everything(), text)
    assert kept == profile
    given = {code: a.as_json() for code, a in known.items() if a.as_json() is not None}
    assert {code: a.as_json() for code, a in again.items()} == given


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PROFILES, answers_of(everything())), min_size=1, max_size=6))
def test_many_stored_texts_make_the_same_frame_as_the_answers(batch):
    rows = [row(everything(), profile, answers) for profile, answers in batch]
    texts = [to_coded(everything(), *one) for one in rows]
    assert_frame_equal(decode_many(everything(), texts), encode(everything(), rows))


def test_no_stored_texts_make_an_empty_frame():
    assert decode_many(miit(), []).height == 0


@pytest.mark.parametrize(
    "said", ["\",;\n\r\t{}'’", "a\nb", "a\rb", "a\r\nb", '"', "1", "null", "a;b", "，"]
)
def test_texts_with_anything_in_them_are_kept(said):
    answers = {"T1": said, "E1": ['a "b", c.pdf', "d\ne"], "Q1": {"not_applicable": 'a,"b"\nc'}}
    one = row(everything(), {}, answers)
    text = to_coded(everything(), *one)
    assert from_coded(everything(), text) == one
    assert_frame_equal(decode_many(everything(), [text] * 3), encode(everything(), [one] * 3))


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (1, 10, 10.0),
        (2, 10, 20.0),
        (7, 70, 10.0),
        (33, 330, 10.0),
        (1, 3, 100 / 3),
        (0.3, 3, 10.0),
        (3, 5, 60.0),
    ],
)
def test_percentages_of_counts_are_the_nearest_double(part, whole, percent):
    assert Share(None, Decimal(str(part)), Decimal(whole)).as_float() == percent
    frame = encode(everything(), [row(everything(), {}, {"Q4": {"part": part, "whole": whole}})])
    assert frame["Q4"][0] == percent


def test_coded_columns_are_compact():
    frame = encode(everything(), [row(everything(), {}, {"Q1": "C", "Q2": ["B", "D"], "S1": 2})])
    assert frame.select("Q1", "Q2", "S1", "Q1.state", "Q3.state").row(0) == (2, 0b1010, 2, 0, 1)
    assert frame.schema["Q1"] == pl.UInt8


def test_a_section_is_asked_by_profile():
    assert "S1" in asked(everything(), {"size": "small"}, {})
    assert "S1" in asked(everything(), {}, {})
    assert "S1" not in asked(everything(), {"size": "micro"}, {})


def test_a_question_is_asked_by_earlier_answers():
    assert "Q6" not in asked(everything(), {}, {})  # not answered: the condition does not hold
    assert "Q6" not in asked(everything(), {}, {"Q5": False})
    assert "Q6" in asked(everything(), {}, {"Q5": True})
    assert "Q6" not in asked(everything(), {}, {"Q5": "unreadable"})


def test_an_answer_that_is_not_asked_makes_nothing_relevant():
    assert "Q7" in asked(everything(), {}, {"Q5": True, "Q6": 20})
    assert "Q7" not in asked(everything(), {}, {"Q5": False, "Q6": 20})
    assert "Q7" not in asked(everything(), {"size": "micro"}, {"Q5": True, "Q6": 20})


def test_an_instrument_without_conditions_asks_everything():
    question = {"code": "A", "kind": "yes_no", "text": "是否"}
    assert asked(small([question]), {}, {}) == {"A"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(PROFILES, answers_of(everything())), min_size=1, max_size=5))
def test_what_is_asked_is_the_same_alone_and_in_a_batch(batch):
    rows = [row(everything(), profile, answers) for profile, answers in batch]
    frame = encode(everything(), rows)
    for index, (profile, answers) in enumerate(batch):
        together = {c for c in everything().questions if frame[f"{c}.state"][index] != 4}
        assert asked(everything(), profile, answers) == together
