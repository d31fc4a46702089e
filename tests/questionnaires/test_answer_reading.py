"""Answers are read strictly, and whatever is wrong is said in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.answers import read_answer, read_answers, read_profile
from questionnaires.answers.values import State
from tests.scoring.engine.support import answers_of, everything, miit, small

NAN, INF = float("nan"), float("inf")


def codes(question: str, raw: Any, definition: Any = None) -> list[str]:
    reading = read_answer((definition or everything()).questions[question], raw)
    assert (reading.answer is None) == bool(reading.problems)
    for problem in reading.problems:
        assert problem.question == question
        assert problem.message["zh"]
        assert problem.message["en"]
    return [problem.code for problem in reading.problems]


REFUSED = [
    ("Q1", "Z", "unknown_option"),
    ("Q1", "a", "unknown_option"),
    ("Q1", 1, "wrong_type"),
    ("Q1", ["A"], "wrong_type"),
    ("Q1", True, "wrong_type"),
    ("Q1", {"A": 1}, "wrong_type"),
    ("Q1", "", "unknown_option"),
    ("Q1", "B" * 10**6, "unknown_option"),
    ("Q2", "B", "wrong_type"),
    ("Q2", ["Z"], "unknown_option"),
    ("Q2", ["B", "B"], "duplicate_option"),
    ("Q2", ["A", "B"], "exclusive_option"),
    ("Q2", [1], "wrong_type"),
    ("Q2", [["B"]], "wrong_type"),
    ("Q2", {"B": True}, "wrong_type"),
    ("Q2", ["B"] * 10**5, "too_long"),
    ("Q2", [None], "wrong_type"),
    ("Q3", "35", "not_a_number"),
    ("Q3", True, "not_a_number"),
    ("Q3", NAN, "not_a_number"),
    ("Q3", INF, "too_large"),
    ("Q3", -INF, "too_large"),
    ("Q3", 10**400, "too_large"),
    ("Q3", 1e300, "too_large"),
    ("Q3", -1, "below_min"),
    ("Q3", 1000.01, "above_max"),
    ("Q3", 1.005, "too_many_decimals"),
    ("Q3", [1], "not_a_number"),
    ("Q3", {"value": 1}, "not_a_number"),
    ("Q4", 101, "above_max"),
    ("Q4", -0.1, "below_min"),
    ("Q4", "35%", "not_a_number"),
    ("Q4", "35", "not_a_number"),
    ("Q4", NAN, "not_a_number"),
    ("Q4", False, "not_a_number"),
    ("Q4", [35], "wrong_type"),
    ("Q4", {}, "wrong_type"),
    ("Q4", {"part": 1}, "incomplete_counts"),
    ("Q4", {"part": 1, "whole": 0}, "zero_whole"),
    ("Q4", {"part": 0, "whole": 0}, "zero_whole"),
    ("Q4", {"part": 3, "whole": 2}, "part_above_whole"),
    ("Q4", {"part": -1, "whole": 2}, "negative_count"),
    ("Q4", {"part": 1, "whole": -2}, "negative_count"),
    ("Q4", {"part": "1", "whole": 2}, "not_a_number"),
    ("Q4", {"part": 1, "whole": NAN}, "not_a_number"),
    ("Q4", {"part": True, "whole": 2}, "not_a_number"),
    ("Q4", {"part": 1, "whole": 2, "of": 3}, "unknown_field"),
    ("Q4", {"part": 35, "whole": 100, "percent": 36}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "percent": 33.4}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "percent": 0.33}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "value": 34}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "pct": 34}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "rate": 34}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "percentage": 34}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "percent": 33, "rate": 34}, "percent_contradicts_counts"),
    ("Q4", {"part": 1, "whole": 3, "percent": "33"}, "not_a_number"),
    ("Q4", {"part": 10**400, "whole": 2}, "too_large"),
    ("S1", 4, "unknown_rung"),
    ("S1", -1, "unknown_rung"),
    ("S1", 1.5, "unknown_rung"),
    ("S1", "2", "wrong_type"),
    ("S1", True, "wrong_type"),
    ("S1", NAN, "not_a_number"),
    ("S1", {"rung": 3, "branches": ["z"]}, "unknown_branch"),
    ("S1", {"branches": ["a"]}, "wrong_type"),
    ("S1", {"rung": 2, "branches": ["a"]}, "unknown_branch"),
    ("S1", {"rung": 3, "why": 1}, "unknown_field"),
    ("S1", {"rung": 3, "branches": "a"}, "wrong_type"),
    ("S1", {"rung": 3, "branches": [["a"]]}, "unknown_branch"),
    ("Q5", 1, "wrong_type"),
    ("Q5", "true", "wrong_type"),
    ("Q5", "是", "wrong_type"),
    ("T1", 5, "wrong_type"),
    ("T1", "长" * 21, "too_long"),
    ("T1", "a\x00", "bad_characters"),
    ("T1", "\ud800", "bad_characters"),
    ("T1", ["a"], "wrong_type"),
    ("D1", "2026-13-01", "not_a_date"),
    ("D1", "01.05.2026", "not_a_date"),
    ("D1", "20260501", "not_a_date"),
    ("D1", 20260501, "wrong_type"),
    ("D1", "2019-12-31", "date_too_early"),
    ("D1", "2031-01-01", "date_too_late"),
    ("P1", 5, "wrong_type"),
    ("P1", {"before": 1}, "incomplete_pair"),
    ("P1", {"before": 1, "after": "2"}, "not_a_number"),
    ("P1", {"before": 1, "after": 2, "x": 3}, "unknown_field"),
    ("P1", {"before": NAN, "after": 2}, "not_a_number"),
    ("E1", "a.pdf", "wrong_type"),
    ("E1", ["a"] * 6, "too_many_files"),
    ("E1", [1], "wrong_type"),
    ("E1", ["a" * 501], "too_long"),
    ("E1", [""], "wrong_type"),
    ("Q3", {"not_applicable": "无"}, "not_applicable_not_allowed"),
    ("Q1", {"not_applicable": ""}, "reason_missing"),
    ("Q1", {"not_applicable": True}, "reason_missing"),
    ("Q1", {"unknown": False}, "wrong_type"),
]


@pytest.mark.parametrize(("question", "raw", "code"), REFUSED)
def test_a_wrong_answer_is_refused(question, raw, code):
    assert codes(question, raw) == [code]


@pytest.mark.parametrize(
    ("question", "raw", "canonical"),
    [
        ("Q1", "B", "B"),
        ("Q2", ["D", "B"], ["B", "D"]),
        ("Q2", ["A"], ["A"]),
        ("Q3", 1.25, 1.25),
        ("Q3", 5.0, 5),
        ("Q3", Decimal("1.50"), 1.5),
        ("Q4", 35, 35),
        ("Q4", 0, 0),
        ("Q4", 33.333333333333336, 33.3333333333333),
        ("Q4", {"percent": 35}, 35),
        ("Q4", {"part": 35, "whole": 100}, {"part": 35, "whole": 100}),
        ("Q4", {"part": 1, "whole": 3, "percent": 33.33}, {"part": 1, "whole": 3}),
        ("Q4", {"part": 1, "whole": 3, "percent": 33}, {"part": 1, "whole": 3}),
        ("Q4", {"part": 1, "whole": 8, "percent": 12.5}, {"part": 1, "whole": 8}),
        ("Q4", {"part": 1, "whole": 8, "percent": 13}, {"part": 1, "whole": 8}),
        ("Q4", {"part": 1, "whole": 3, "percent": None}, {"part": 1, "whole": 3}),
        ("S1", 3, 3),
        ("S1", 3.0, 3),
        ("S1", {"rung": 3, "branches": ["b", "a"]}, {"rung": 3, "branches": ["a", "b"]}),
        ("Q5", False, False),
        ("T1", " 好 ", "好"),
        ("D1", "2026-05-01", "2026-05-01"),
        ("P1", {"before": 3, "after": 2}, {"before": 3, "after": 2}),
        ("E1", ["a.pdf"], ["a.pdf"]),
        ("Q1", {"not_applicable": "没有设备"}, {"not_applicable": "没有设备"}),
        ("Q1", {"unknown": True}, {"unknown": True}),
        ("Q1", None, None),
        ("Q2", [], None),
        ("T1", "  ", None),
        ("E1", [], None),
    ],
)
def test_a_good_answer_has_one_canonical_form(question, raw, canonical):
    reading = read_answer(everything().questions[question], raw)
    assert reading.answer is not None, reading.problems
    said = reading.answer.as_json()
    assert said == pytest.approx(canonical) if isinstance(canonical, float) else said == canonical
    again = read_answer(everything().questions[question], said)
    assert again.answer == reading.answer


def test_a_ratio_may_exceed_its_whole_where_the_question_says_so():
    question = {"code": "R", "kind": "ratio", "text": "率", "above_whole": True}
    assert codes("R", {"part": 3, "whole": 2}, small([question])) == []
    assert codes("R", 150, small([question])) == []


def test_not_known_can_be_forbidden():
    question = {"code": "R", "kind": "yes_no", "text": "是否", "allow_unknown": False}
    assert codes("R", {"unknown": True}, small([question])) == ["unknown_not_allowed"]


def test_all_problems_of_a_sheet_are_found_and_good_answers_kept():
    sheet = read_answers(everything(), {"Q1": "Z", "Q3": "x", "Q9": 1, "Q5": True, "Q2": ["B"]})
    assert [problem.code for problem in sheet.problems] == [
        "unknown_option",
        "not_a_number",
        "unknown_question",
    ]
    assert sheet.as_json() == {"Q2": ["B"], "Q5": True}


def test_problems_are_not_listed_without_end():
    sheet = read_answers(everything(), {f"X{n}": "长" * 10_000 for n in range(10_000)})
    assert len(sheet.problems) == 100
    assert all(len(problem.message["zh"]) < 200 for problem in sheet.problems)


@pytest.mark.parametrize("raw", [[], "x", 5, True])
def test_answers_must_be_an_object(raw):
    assert [p.code for p in read_answers(everything(), raw).problems] == ["answers_not_an_object"]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["A", "B", "part"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "part",
                    "whole",
                    "percent",
                    "rung",
                    "branches",
                    "before",
                    "after",
                    "unknown",
                    "not_applicable",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(everything().questions)), ANYTHING)
def test_anything_is_either_an_answer_or_a_problem(question, raw):
    codes(question, raw)


@settings(max_examples=50, deadline=None)
@given(answers_of(miit()))
def test_canonical_answers_read_back_the_same(answers):
    sheet = read_answers(miit(), answers)
    assert not sheet.problems
    assert read_answers(miit(), sheet.as_json()).as_json() == sheet.as_json()


@pytest.mark.parametrize(
    ("raw", "field", "value"),
    [
        ({"industry": "C36"}, "industry", "C36"),
        ({"industry": "36"}, "industry", "C36"),
        ({"industry": "3612"}, "industry", "C36"),
        ({"industry": "c36"}, "section", "C"),
        ({"industry": "C"}, "section", "C"),
        ({"industry": "C"}, "industry", None),
        ({"region": "330100"}, "region", "330100"),
        ({"region": "CN"}, "region", "CN"),
        ({"size": "micro", "industry": "C36", "employees": 500, "revenue": 9000}, "size", "micro"),
        ({"industry": "C36", "employees": 500, "revenue": 9000}, "size", "medium"),
        ({"industry": "65", "employees": 103, "revenue": 15735.28}, "size", "medium"),
        ({"industry": "C36", "employees": 500}, "size", None),
        ({}, "size", None),
        ({"year": 2026}, "year", Decimal(2026)),
        ({"revenue": None}, "revenue", None),
    ],
)
def test_a_profile_is_completed_by_what_follows_from_it(raw, field, value):
    profile, errors, _ = read_profile(raw)
    assert not errors
    assert getattr(profile, field) == value


@pytest.mark.parametrize(
    "raw",
    [
        {"industry": 36},
        {"industry": "Z99"},
        {"industry": "A36"},
        {"size": "huge"},
        {"size": ["micro"]},
        {"employees": "500"},
        {"employees": -1},
        {"employees": NAN},
        {"revenue": True},
        {"year": 5},
        {"region": 330100},
        {"region": "浙江"},
        {"region": ""},
        {"section": "C36"},
        [],
        "x",
        5,
    ],
)
def test_a_wrong_profile_is_an_error(raw):
    assert read_profile(raw)[1]


def test_an_unknown_profile_field_is_only_a_warning():
    _, errors, warnings = read_profile({"colour": "red"})
    assert not errors
    assert [w.code for w in warnings] == ["unknown_profile_field"]


def test_states_are_told_apart():
    sheet = read_answers(
        everything(), {"Q1": {"not_applicable": "无"}, "Q3": {"unknown": True}, "Q5": None}
    )
    states = {code: answer.state for code, answer in sheet.answers.items()}
    assert states == {"Q1": State.NOT_APPLICABLE, "Q3": State.UNKNOWN, "Q5": State.UNANSWERED}
