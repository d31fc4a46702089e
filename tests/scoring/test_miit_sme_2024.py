"""Worked examples of the 2024 indicators, each added up by hand in a comment."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from tests.scoring.shipped import score, score_many

CODE = "miit-sme-2024"
CONSTRAINED = [f"S{n}" for n in (1, 3, 6, 7, 8, 9, 10, 11, 12, 13)]
GUIDING = [f"S{n}" for n in (2, 4, 5, 14, 15, 16)]
ALL = [f"S{n}" for n in range(1, 17)]
Answers = dict[str, Any]

# 8 + 6 + 6 + 10 + 10 + 5 + 5 = 50, 4 × 7.5 = 30, 7 + 7 + 3 + 3 = 20
BEST: Answers = {
    "Q1": list("BCDE"),
    "Q2": 61,
    "Q3": 61,
    "Q4": list("BCDEFGHIJKLMNO"),
    "Q5": "E",
    "Q6": list("BCDE"),
    "Q7": list("BCDE"),
    "Q8": "F",
    "Q9": list("BCDE"),
    "Q10": list("BCDEF"),
    "Q11": 61,
    "Q12": "C",
    "Q13": "C",
    "Q14": "C",
    "Q15": "C",
}
NO_OUTCOME: Answers = {"Q12": "A", "Q13": "A", "Q14": "A", "Q15": "A"}  # 20 points less
NO_MANAGEMENT: Answers = {"Q8": "A", "Q9": ["A"], "Q10": ["A"], "Q11": 0}  # 30 points less
THREE_LESS: Answers = {"Q4": list("EFGHIJKLMNO")}  # 3 × 0.7 = 2.1 points less


def points(**changes: Any) -> Answers:
    return BEST | changes


def rungs(codes: Iterable[str], rung: int, others: int = 0) -> Answers:
    return dict.fromkeys(ALL, others) | dict.fromkeys(codes, rung)


def result(*parts: Answers) -> dict[str, Any]:
    answers: Answers = {}
    for part in parts:
        answers |= part
    return score(CODE, answers)


def total(found: dict[str, Any]) -> Decimal:
    return Decimal(str(found["total"]))


def bound_by(found: dict[str, Any]) -> list[tuple[str, Decimal, Decimal]]:
    return [
        (b["kind"], Decimal(str(b["required"])), Decimal(str(b["actual"])))
        for b in found["binding"]
    ]


def test_everything_best_is_one_hundred_points_and_the_collaborative_level():
    found = result(BEST, rungs(ALL, 4))
    assert (total(found), found["level"], found["level_name"]) == (100, 4, "协同级")
    assert found["level_name_en"] == "Collaborative"
    assert (found["binding"], found["unanswered"]) == ([], [])
    nodes = {code: Decimal(str(value)) for code, value in found["nodes"].items()}
    assert [nodes[code] for code in ("foundation", "management", "outcome")] == [50, 30, 20]


def test_the_parts_of_the_trace_add_up_to_the_total():
    found = result(points(**NO_OUTCOME, **THREE_LESS), rungs(ALL, 4))
    parts = [Decimal(str(part["contribution"])) for part in found["trace"]["parts"]]
    assert sum(parts) == Decimal(str(found["trace"]["sum"])) == total(found) == Decimal("77.9")


def test_one_hundred_points_without_a_scenario_have_no_level_and_the_scenarios_bind():
    found = result(BEST, rungs([], 0))
    assert (total(found), found["level"], found["level_name"]) == (100, 0, "无等级")
    assert bound_by(found) == [("rungs", 6, 0), ("rungs", 3, 0)]


def test_all_scenarios_at_four_with_79_3_points_are_level_three_and_the_score_binds():
    # 100 − 20 (outcome) − 0.7 (one area of data collection) = 79.3
    found = result(points(**NO_OUTCOME, Q4=list("CDEFGHIJKLMNO")), rungs(ALL, 4))
    assert (total(found), found["level"]) == (Decimal("79.3"), 3)
    assert bound_by(found) == [("score", 80, Decimal("79.3"))]


def test_fourteen_areas_of_data_collection_are_exactly_ten_points():
    found = result({"Q4": BEST["Q4"]})
    assert total(found) == Decimal(str(found["items"]["Q4"])) == 10


@pytest.mark.parametrize(("areas", "expected"), [("B", "0.7"), ("O", "0.9"), ("BCD", "2.1")])
def test_an_area_of_data_collection_counts_its_own_weight(areas, expected):
    assert total(result({"Q4": list(areas)})) == Decimal(expected)


BANDS = [0, 10, 10.01, 20, 20.01, 40, 40.01, 60, 60.01, 100]
SIX = ["0", "0", "1.5", "1.5", "3", "3", "4.5", "4.5", "6", "6"]
SPENDING = ["0", "0", "1.875", "1.875", "3.75", "3.75", "5.625", "5.625", "7.5", "7.5"]


@pytest.mark.parametrize(("code", "expected"), [("Q2", SIX), ("Q3", SIX), ("Q11", SPENDING)])
def test_an_end_of_a_band_belongs_to_the_lower_band(code, expected):
    found = score_many(CODE, [{code: value} for value in BANDS])
    assert [total(f) for f in found] == [Decimal(e) for e in expected]


@pytest.mark.parametrize(("part", "expected"), [(10, "0"), (20, "1.5"), (40, "3"), (41, "4.5")])
def test_two_counts_earn_the_same_as_their_percentage(part, expected):
    assert total(result({"Q2": {"part": part, "whole": 100}})) == Decimal(expected)


# How to reach each threshold, exactly and just below:
#   80  = 100 − 20 (outcome)              79.9 = 100 − 2.1 − 6 (Q2) − 6 (Q3) − 3 − 3 (Q14, Q15)
#   60  = 80 − 8 (Q1) − 6 (Q2) − 6 (Q3)   59.9 = 100 − 2.1 − 20 − 6 − 6 − 6 (three options of Q1)
#   40  = 100 − 30 − 20 − 10 (Q5)         39.9 = 100 − 2.1 − 30 − 20 − 8 (Q1)
#   20  = 10 (Q4) + 10 (Q5)               19.9 = 7.9 (Q4) + 10 (Q5) + 2 (Q1)
EDGES = [
    ("80", 4, points(**NO_OUTCOME)),
    ("79.9", 3, points(**THREE_LESS, Q2=0, Q3=0, Q14="A", Q15="A")),
    ("60", 3, points(**NO_OUTCOME, Q1=["A"], Q2=0, Q3=0)),
    ("59.9", 2, points(**NO_OUTCOME, **THREE_LESS, Q1=["B"], Q2=0, Q3=0)),
    ("40", 2, points(**NO_OUTCOME, **NO_MANAGEMENT, Q5="A")),
    ("39.9", 1, points(**NO_OUTCOME, **NO_MANAGEMENT, **THREE_LESS, Q1=["A"])),
    ("20", 1, {"Q4": BEST["Q4"], "Q5": "E"}),
    ("19.9", 0, {**THREE_LESS, "Q5": "E", "Q1": ["B"]}),
]


@pytest.mark.parametrize(("expected", "level", "answers"), EDGES, ids=[e[0] for e in EDGES])
def test_a_level_begins_at_exactly_its_score(expected, level, answers):
    found = result(answers, rungs(ALL, 4))
    assert (total(found), found["level"]) == (Decimal(expected), level)
    assert [kind for kind, *_ in bound_by(found)] == (["score"] if level < 4 else [])


# level: (scenarios asked for, constrained ones among them)
COUNTS = {4: (10, 6), 3: (8, 5), 2: (6, 3), 1: (6, 3)}


def mixed(rung: int, constrained: int, guiding: int) -> Answers:
    """That many of each at ``rung``, all others one below."""
    return rungs([*CONSTRAINED[:constrained], *GUIDING[:guiding]], rung, rung - 1)


@pytest.mark.parametrize("level", COUNTS)
def test_the_exact_number_of_scenarios_reaches_the_level(level):
    every, constrained = COUNTS[level]
    found = result(BEST, mixed(level, constrained, every - constrained))
    assert found["level"] == level


@pytest.mark.parametrize("level", COUNTS)
def test_one_scenario_too_few_misses_the_level_and_says_so(level):
    every, constrained = COUNTS[level]
    found = result(BEST, mixed(level, constrained, every - constrained - 1))
    assert found["level"] == level - 1
    assert bound_by(found) == [("rungs", every, every - 1)]


@pytest.mark.parametrize("level", COUNTS)
def test_one_constrained_scenario_too_few_misses_the_level_and_says_so(level):
    every, constrained = COUNTS[level]
    found = result(BEST, mixed(level, constrained - 1, every - constrained + 1))
    assert found["level"] == level - 1
    assert bound_by(found) == [("rungs", constrained, constrained - 1)]


def test_what_binds_is_said_in_the_words_of_the_method():
    found = result(BEST, mixed(4, 5, 4))
    every, constrained = (binding["text"] for binding in found["binding"])
    assert "经营场景中需有 10 个" in every["zh"]
    assert "约束性场景中需有 6 个" in constrained["zh"]
    assert constrained["en"].startswith("6 constrained scenarios")


def test_score_and_scenarios_are_both_named_when_both_bind():
    # 20 points and six scenarios at one: level 1; level 2 lacks score and scenarios
    found = result({"Q4": BEST["Q4"], "Q5": "E"}, rungs(CONSTRAINED[:6], 1))
    assert found["level"] == 1
    assert bound_by(found) == [("score", 40, 20), ("rungs", 6, 0), ("rungs", 3, 0)]


def test_no_answers_are_no_points_and_the_unanswered_are_named():
    found = result({})
    assert (total(found), found["level"], len(found["unanswered"])) == (0, 0, 31)


def test_an_unanswered_question_earns_no_points_and_its_weight_stays():
    answers = {code: value for code, value in BEST.items() if code != "Q13"}
    found = result(answers, rungs(ALL, 4))
    assert (total(found), found["unanswered"]) == (93, ["Q13"])


def test_a_branch_makes_the_rung():
    found = result(BEST, rungs(ALL, 4), {"S7": {"rung": 4, "branches": ["b"]}})
    assert found["level"] == 4


WRONG = {
    "none together with others": {"Q1": ["A", "B"]},
    "an unknown option": {"Q5": "F"},
    "an unknown question": {"Q16": "A"},
    "a rung that is not there": {"S1": 5},
    "a part above its whole": {"Q2": {"part": 11, "whole": 10}},
    "a percentage that contradicts its counts": {"Q2": {"percent": 40, "part": 30, "whole": 100}},
    "more than everything": {"Q11": 101},
    "does not apply": {"Q12": {"not_applicable": "没有能耗"}},
}


@pytest.mark.parametrize("answers", WRONG.values(), ids=WRONG)
def test_an_impossible_answer_is_an_error_and_gives_no_score(answers):
    found = result(BEST, rungs(ALL, 4), answers)
    assert found["errors"]
    assert not found.get("total")


@pytest.mark.parametrize("code", ["Q1", "Q4", "Q6", "Q7", "Q9", "Q10"])
def test_none_alone_earns_nothing_and_none_with_others_is_an_error(code):
    alone, together = score_many(CODE, [{code: ["A"]}, {code: ["A", "B"]}])
    assert (total(alone), alone["errors"]) == (0, [])
    assert together["errors"]


DOUBTS = [
    ("networked_above_digital", {"Q2": 30, "Q3": 50}),
    ("machine_totals_differ", {"Q2": {"part": 5, "whole": 10}, "Q3": {"part": 5, "whole": 20}}),
    ("rate_as_fraction", {"Q2": 0.35, "Q3": 0}),
    ("full_coverage_without_data", {"Q4": ["A"]}),
    ("networked_without_network", {"Q1": ["A"]}),
    ("top_rung_without_network", {"Q3": 0}),
    ("system_rung_without_system", {"Q5": "A"}),
    ("production_data_not_collected", {"Q4": list("BCDEFHIJKLMNO")}),
    ("equipment_data_not_collected", {"Q4": list("BCDEFGHJKLMNO")}),
    ("energy_data_not_collected", {"Q4": list("BCDEFGHIJLMNO")}),
    ("unusual_investment", {"Q11": 30.5}),
]


@pytest.mark.parametrize(("code", "answers"), DOUBTS, ids=[d[0] for d in DOUBTS])
def test_a_contradiction_warns_and_does_not_stop_the_score(code, answers):
    plain = {"Q11": 30}
    found = result(BEST, rungs(ALL, 4), plain, answers)
    assert code in [warning["code"] for warning in found["warnings"]]
    assert found["errors"] == []
    assert total(found) > 0


def test_plausible_answers_raise_no_warning():
    assert result(BEST, rungs(ALL, 3), {"Q11": 5})["warnings"] == []


def test_every_better_answer_raises_the_total_or_leaves_it():
    steps = {
        **{code: list("ABCDE") for code in ("Q5",)},
        "Q8": list("ABCDEF"),
        **{code: list("ABC") for code in ("Q12", "Q13", "Q14", "Q15")},
        **dict.fromkeys(("Q2", "Q3", "Q11"), BANDS),
    }
    for code, values in steps.items():
        totals = [total(f) for f in score_many(CODE, [{code: value} for value in values])]
        assert totals == sorted(totals)
