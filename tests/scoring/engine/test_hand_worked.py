"""Scores worked out by hand: points, policies, levels, traces."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scoring.engine import words
from scoring.one import score_one
from tests.scoring.engine.support import everything, miit, small, tree


def options(*points: float, exclusive: bool = False) -> list[dict[str, Any]]:
    """Options A, B, C … with these points; the first may exclude the others."""
    found: list[dict[str, Any]] = [
        {"code": chr(65 + n), "text": "选项", "points": p} for n, p in enumerate(points)
    ]
    if exclusive:
        found[0]["exclusive"] = True
    return found


def ask(code: str, kind: str, **rest: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "text": "题"} | rest


def item(question: dict[str, Any], raw: Any) -> Any:
    result = score_one(small([question], tree=tree(question["code"])), {}, {question["code"]: raw})
    assert not result["errors"], result["errors"]
    return result["items"][question["code"]]


BANDS = {
    "bands": [
        {"interval": "[0,10]", "points": 0},
        {"interval": "(10,20]", "points": 1.5},
        {"interval": "(20,40]", "points": 3},
        {"interval": "(40,60]", "points": 4.5},
        {"interval": "(60,100]", "points": 6},
    ]
}
LINE = {"linear": {"worst": 0, "best": 80, "points": 10}}
DOWN = {"linear": {"worst": 30, "best": 10, "points": 3}}
MANY = ask("Q", "multiple", options=options(*[0.7] * 13, 0.9))
CAPPED = ask("Q", "multiple", max_points=5, options=options(0, 2, 2.5, 2.7, exclusive=True))


@pytest.mark.parametrize(
    ("question", "raw", "points"),
    [
        (ask("Q", "single", options=options(0, 2.5, 5)), "B", 2.5),
        (MANY, [chr(65 + n) for n in range(14)], 10),
        (MANY, [chr(65 + n) for n in range(13)], 9.1),
        (MANY, ["A", "B", "C"], 2.1),
        (CAPPED, ["B", "C"], 4.5),
        (CAPPED, ["C", "D"], 5),
        (CAPPED, ["A"], 0),
        (ask("Q", "ratio", points=BANDS), 10, 0),
        (ask("Q", "ratio", points=BANDS), 10.000001, 1.5),
        (ask("Q", "ratio", points=BANDS), 20, 1.5),
        (ask("Q", "ratio", points=BANDS), 40, 3),
        (ask("Q", "ratio", points=BANDS), 60, 4.5),
        (ask("Q", "ratio", points=BANDS), {"part": 7, "whole": 70}, 0),
        (ask("Q", "ratio", points=BANDS), {"part": 71, "whole": 700}, 1.5),
        (ask("Q", "ratio", points=BANDS), {"part": 3, "whole": 5}, 4.5),
        (ask("Q", "ratio", points=BANDS), {"part": 0.57, "whole": 0.95}, 4.5),
        (ask("Q", "number", points=LINE), 40, 5),
        (ask("Q", "number", points=LINE), 1, 0.125),
        (ask("Q", "number", points=LINE), 0.000004, 0.000001),  # half a millionth goes up
        (ask("Q", "number", points=LINE), 100, 10),
        (ask("Q", "number", points=LINE), -5, 0),
        (ask("Q", "ratio", points=LINE), {"part": 1, "whole": 3}, 4.166667),
        (ask("Q", "number", points=DOWN), 20, 1.5),
        (ask("Q", "number", points=DOWN), 10, 3),
        (ask("Q", "number", points=DOWN), 35, 0),
        (ask("Q", "ladder", rungs=[{"text": "一", "points": p} for p in (0, 1, 2.2)]), 2, 2.2),
        (ask("Q", "yes_no", points={True: 5, False: 1}), False, 1),
        (ask("Q", "yes_no", points={"yes": 5}), True, 5),
        (
            ask("Q", "before_after", points={"linear": {"worst": 0, "best": -20, "points": 4}}),
            {"before": 50, "after": 45},
            2,
        ),
        (
            ask("Q", "before_after", points={"linear": {"worst": 0, "best": -20, "points": 4}}),
            {"before": 0, "after": 45},
            0,
        ),
        (ask("Q", "evidence", points={"bands": [{"interval": "[1,5]", "points": 2}]}), ["a"], 2),
        (ask("Q", "number", points={"expression": "Q * 0.7", "max": 7}), 3, 2.1),
        (ask("Q", "number", points={"expression": "Q * 0.7", "max": 7}), 50, 7),
        (ask("Q", "number", points={"expression": "0 - Q", "max": 7}), 50, 0),
        (ask("Q", "number", points={"expression": "1 / Q", "max": 7}), 0, 0),
        (ask("Q", "text", points={"expression": "LENGTH(Q)", "max": 7}), "四个汉字", 4),
        (
            ask(
                "Q",
                "date",
                points={"expression": "CASE WHEN Q < DATE '2026-01-01' THEN 1 END", "max": 1},
            ),
            "2025-12-31",
            1,
        ),
    ],
)
def test_an_answer_earns(question, raw, points):
    assert item(question, raw) == points


A, B, C = (ask(c, "single", options=options(0, 5, 10)) for c in "ABC")


def total(aggregate: str, answers: dict[str, Any], *questions: dict[str, Any], **rest: Any) -> Any:
    codes = [q["code"] for q in questions]
    return score_one(
        small(list(questions), tree=tree(*codes, aggregate=aggregate, **rest)), {}, answers
    )["total"]


@pytest.mark.parametrize(
    ("aggregate", "answers", "expected"),
    [
        ("sum", {"A": "B", "B": "C", "C": "A"}, 15),
        ("weighted_mean", {"A": "B", "B": "C", "C": "A"}, 50),
        ("weighted_mean", {"A": "B", "B": "B", "C": "A"}, 33.333333),
        ("weighted_mean", {"A": "C", "B": "C", "C": "A"}, 66.666667),
        ("minimum", {"A": "B", "B": "C", "C": "C"}, 50),
        ("minimum", {"A": "B", "B": "C"}, 0),
        ("geometric_mean", {"A": "B", "B": "C", "C": "C"}, 79.370053),
        ("geometric_mean", {"A": "B", "B": "B", "C": "B"}, 50),
        ("geometric_mean", {"A": "C", "B": "C", "C": "A"}, 0),
    ],
)
def test_a_node_combines_its_children(aggregate, answers, expected):
    assert total(aggregate, answers, A, B, C) == expected


def test_weights_are_relative_to_siblings():
    weighted = tree(
        {"question": "A", "weight": 0.3},
        {"question": "B", "weight": 0.7},
        aggregate="weighted_mean",
    )
    assert score_one(small([A, B], tree=weighted), {}, {"A": "C", "B": "B"})["total"] == 65


@pytest.mark.parametrize(
    ("aggregate", "policy", "expected"),
    [
        ("sum", "zero", 5),
        ("sum", "full", 15),
        ("sum", "reweight", 10),
        ("weighted_mean", "zero", 25),
        ("weighted_mean", "full", 75),
        ("weighted_mean", "reweight", 50),
        ("minimum", "zero", 0),
        ("minimum", "full", 50),
        ("minimum", "reweight", 50),
        ("geometric_mean", "zero", 0),
        ("geometric_mean", "full", 70.710678),
        ("geometric_mean", "reweight", 50),
    ],
)
@pytest.mark.parametrize("said", [None, {"unknown": True}, {"not_applicable": "没有"}])
def test_policies_say_what_a_missing_answer_does(aggregate, policy, expected, said):
    open_question = B | {"missing": policy, "not_applicable": policy}
    assert total(aggregate, {"A": "B", "B": said}, A, open_question) == expected


def test_a_stretched_sum_is_rounded_half_up_and_never_exceeds_the_maximum():
    thirds = ask("T", "single", options=options(0, 1, 7), missing="reweight")
    assert total("sum", {"A": "B"}, A, thirds) == 8.5
    assert total("sum", {"A": "C"}, A, thirds) == 17
    result = score_one(small([A, thirds], tree=tree("A", "T")), {}, {"A": "B"})
    assert [p["contribution"] for p in result["trace"]["parts"]] == [8.5, 0]


def test_nothing_left_in_the_tree_gives_no_total():
    gone = A | {"missing": "reweight"}
    result = score_one(small([gone], tree=tree("A")), {}, {})
    assert result["total"] is None
    assert result["nodes"] == {"total": None}
    assert result["trace"] == {"parts": [], "sum": None}


def test_a_node_whose_children_are_all_left_out_is_left_out():
    gone = B | {"missing": "reweight"}
    inner = {"code": "inner", "title": "内", "aggregate": "sum", "children": [{"question": "B"}]}
    outer = tree("A", inner, aggregate="weighted_mean")
    result = score_one(small([A, gone], tree=outer), {}, {"A": "B"})
    assert (result["total"], result["nodes"]["inner"]) == (50, None)


def test_sixty_questions_in_one_mean_are_exact_and_quick():
    questions = [ask(f"Q{n}", "single", options=options(0, 1, 3 + n % 7)) for n in range(60)]
    codes = [{"question": q["code"], "weight": 1 + n % 5} for n, q in enumerate(questions)]
    definition = small(questions, tree=tree(*codes, aggregate="weighted_mean"))
    assert score_one(definition, {}, {q["code"]: "C" for q in questions})["total"] == 100
    assert len(str(definition.compiled)) < 60_000


def rise(at_least: Any, **conditions: Any) -> dict[str, Any]:
    return {
        "steps": [
            {
                "code": "L1",
                "name": "一级",
                "all": [{"score": {"node": "total", "at_least": at_least}}],
            }
        ]
    } | conditions


@pytest.mark.parametrize(("at_least", "level"), [(10, 1), (10.000001, 0), (9.999999, 1)])
def test_a_threshold_is_reached_by_exactly_its_number(at_least, level):
    definition = small([MANY], tree=tree("Q"), levels=rise(at_least))
    assert score_one(definition, {}, {"Q": [chr(65 + n) for n in range(14)]})["level"] == level


def steps(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {
        "steps": [{"code": f"L{n}", "name": "级", "all": [c]} for n, c in enumerate(conditions, 1)]
    }


LADDERS = [
    ask("S1", "ladder", rungs=[{"text": "级"}] * 5, tags=["marked"]),
    ask("S2", "ladder", rungs=[{"text": "级"}] * 5, tags=["marked"], allow_not_applicable=True),
    ask("S3", "ladder", rungs=[{"text": "级"}] * 5, relevant="A = 'C'"),
]
NONE = {"not_applicable": "无"}


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        ({"score": {"node": "total", "at_least": 5}}, {"A": "B"}, True),
        ({"score": {"node": "total", "at_least": 5.1}}, {"A": "B"}, False),
        ({"minimum": {"nodes": ["total"], "at_least": 10}}, {"A": "C"}, True),
        ({"rungs": {"rung": 2, "at_least": 2}}, {"S1": 2, "S2": 4}, True),
        ({"rungs": {"rung": 2, "at_least": 2}}, {"S1": 1, "S2": 4}, False),
        ({"rungs": {"questions": ["S1"], "rung": 4, "at_least": 1}}, {"S1": 3, "S2": 4}, False),
        (
            {"rungs": {"tagged": "marked", "rung": 1, "at_least": 2}},
            {"A": "C", "S1": 1, "S3": 4},
            False,
        ),
        ({"rungs": {"rung": 1, "at_least": 1}}, {"S3": 4}, False),  # S3 is not asked
        ({"rungs": {"rung": 1, "share": 50}}, {"S1": 1}, True),  # S3 is not asked: one of two
        ({"rungs": {"rung": 1, "share": 50.000001}}, {"S1": 1}, False),
        ({"rungs": {"rung": 1, "share": 100}}, {"S1": 1, "S2": NONE}, True),
        ({"rungs": {"rung": 1, "share": 34}}, {"A": "C", "S1": 1}, False),
        ({"rungs": {"questions": ["S3"], "rung": 0, "share": 1}}, {}, False),  # none asked
        ({"veto": {"when": "A = 'A'"}}, {"A": "A"}, False),
        ({"veto": {"when": "A = 'A'"}}, {"A": "B"}, True),
        ({"veto": {"when": "A = 'A'"}}, {}, True),  # unknown is not true
        ({"holds": {"when": "points.A >= 5"}}, {"A": "B"}, True),
        ({"holds": {"when": "score.total >= 5 AND A = 'B'"}}, {"A": "B"}, True),
        ({"holds": {"when": "A = 'B'"}}, {}, False),
        (
            {"any": [{"holds": {"when": "A = 'A'"}}, {"rungs": {"rung": 4, "at_least": 1}}]},
            {"S1": 4},
            True,
        ),
        (
            {"any": [{"holds": {"when": "A = 'A'"}}, {"rungs": {"rung": 4, "at_least": 1}}]},
            {"S1": 3},
            False,
        ),
        ({"any": [{"any": [{"holds": {"when": "A = 'B'"}}]}]}, {"A": "B"}, True),
    ],
)
def test_a_level_condition(condition, answers, holds):
    definition = small([A, *LADDERS], tree=tree("A"), levels=steps(condition))
    result = score_one(definition, {}, answers)
    assert result["level"] == int(holds)
    assert bool(result["binding"]) == (not holds)
    for entry in result["binding"]:
        assert entry["kind"] == next(iter(condition))
        assert entry["text"]["zh"]


def test_the_highest_level_that_holds_is_the_result_even_above_one_that_does_not():
    levels = steps({"holds": {"when": "A = 'A'"}}, {"holds": {"when": "A = 'B'"}})
    assert score_one(small([A], tree=tree("A"), levels=levels), {}, {"A": "B"})["level"] == 2


def test_a_prerequisite_level_must_hold_too():
    levels = steps({"holds": {"when": "A = 'A'"}}, {"level": "L1"}, {"level": "L2"})
    definition = small([A], tree=tree("A"), levels=levels)
    assert score_one(definition, {}, {"A": "A"})["level"] == 3
    result = score_one(definition, {}, {"A": "B"})
    assert (result["level"], result["level_code"]) == (0, None)


def test_binding_names_what_is_required_and_what_is_lacking():
    answers = {f"S{n}": 4 for n in range(1, 17)} | {"Q1": ["B"], "Q2": 10, "Q5": "E"}
    result = score_one(miit(), {}, answers)
    assert (result["total"], result["level"]) == (12, 0)
    [entry] = result["binding"]
    assert (entry["kind"], entry["required"], entry["actual"], entry["gap"]) == ("score", 20, 12, 8)
    assert (entry["level"], entry["level_code"]) == (1, "L1")


def test_the_best_level_has_nothing_binding():
    result = score_one(miit(), {}, full())
    assert (result["total"], result["level"], result["binding"]) == (100, 4, [])


def full() -> dict[str, Any]:
    """The best answers to every question of the shipped instrument."""
    best: dict[str, Any] = {}
    for code, question in miit().questions.items():
        if question.kind == "multiple":
            best[code] = [o.code for o in question.options if not o.exclusive]
        elif question.kind == "single":
            best[code] = max(question.options, key=lambda o: o.points or 0).code
        else:
            best[code] = 4 if question.kind == "ladder" else 100
    return best


def test_a_hundred_points_without_scenarios_are_no_level():
    answers = {code: said for code, said in full().items() if code.startswith("Q")}
    result = score_one(miit(), {}, answers)
    assert (result["total"], result["level"]) == (100, 0)
    assert {entry["kind"] for entry in result["binding"]} == {"rungs"}


def test_an_error_check_stops_the_scoring_and_a_warning_does_not():
    result = score_one(everything(), {}, {"N1": 5, "N2": 3})
    assert [e["code"] for e in result["errors"]] == ["C1"]
    assert (result["total"], result["level"], result["nodes"]) == (None, None, {})
    result = score_one(everything(), {}, {"Q1": "A", "Q4": {"part": 60, "whole": 90}})
    assert [w["code"] for w in result["warnings"]] == ["C2"]
    assert result["errors"] == []
    assert result["total"] is not None


def test_values_are_those_of_indicators():
    answers = {"Q3": 12.5, "Q4": {"part": 1, "whole": 3}, "N1": 1, "N2": 8}
    values = score_one(everything(), {}, answers)["values"]
    assert values == {"machines": 12.5, "digital-rate": 33.333333, "it-share": 12.5}


def test_a_computed_value_of_what_is_not_asked_is_left_out():
    questions = [A, ask("N", "number", relevant="A = 'C'")]
    bands = {"bands": [{"interval": "(-inf,1]", "points": 0}, {"interval": "(1,inf)", "points": 2}]}
    computed = [{"code": "twice", "title": "倍", "value": "N * 2", "points": bands}]
    definition = small(questions, computed=computed, tree=tree("A", {"computed": "twice"}))
    result = score_one(definition, {}, {"A": "B", "N": 9})
    assert result["items"] == {"A": 5, "twice": None}
    assert result["total"] == 6
    assert score_one(definition, {}, {"A": "C"})["items"]["twice"] == 0
    assert score_one(definition, {}, {"A": "C", "N": 9})["total"] == 12


def test_an_answer_to_a_question_not_asked_is_not_counted_and_says_so():
    result = score_one(everything(), {"size": "micro"}, {"S1": 3})
    assert "S1" in result["not_asked"]
    assert [w["code"] for w in result["warnings"]] == ["not_asked_answered"]
    assert result["items"]["S1"] is None


def test_states_are_listed_apart():
    result = score_one(
        everything(), {}, {"Q1": {"not_applicable": "无"}, "Q3": {"unknown": True}, "Q5": False}
    )
    assert result["not_applicable"] == ["Q1"]
    assert {"Q2", "Q3"} <= set(result["unanswered"])
    assert "Q5" not in result["unanswered"]
    assert {"Q6", "Q7"} == set(result["not_asked"])


def test_a_geometric_mean_shows_what_unevenness_costs():
    parts = score_one(small([A, B, C], tree=tree("A", "B", "C", aggregate="geometric_mean")), {},
                      {"A": "B", "B": "C", "C": "C"})["trace"]["parts"]  # fmt: skip
    assert [p["contribution"] for p in parts] == [16.666667, 33.333333, 33.333333, -3.96328]
    assert sum(Decimal(str(p["contribution"])) for p in parts) == Decimal("79.370053")
    assert parts[-1]["points"] is None


def test_a_minimum_is_traced_to_its_weakest_part():
    result = score_one(small([A, B, C], tree=tree("A", "B", "C", aggregate="minimum")), {},
                       {"A": "C", "B": "B", "C": "B"})  # fmt: skip
    assert [p["contribution"] for p in result["trace"]["parts"]] == [0, 50, 0]


def test_contributions_of_a_mean_share_out_the_last_millionth():
    result = score_one(small([A, B, C], tree=tree("A", "B", "C", aggregate="weighted_mean")), {},
                       {"A": "C", "B": "C", "C": "B"})  # fmt: skip
    assert result["total"] == 83.333333
    assert [p["contribution"] for p in result["trace"]["parts"]] == [
        33.333333,
        33.333333,
        16.666667,
    ]


def test_the_trace_says_how_each_answer_was_judged():
    answers = {"Q1": "B", "Q2": ["B", "C"], "Q3": 40, "Q4": 10, "Q5": True, "S1": 2}
    parts = {p["code"]: p for p in score_one(everything(), {}, answers)["trace"]["parts"]}
    assert parts["Q1"]["rule"]["zh"] == "选项 B，计 2.5 分"
    assert parts["Q1"]["path"] == ["total", "sums"]
    assert "3.5" in parts["Q2"]["rule"]["zh"]
    assert "[0,10]" in parts["Q4"]["rule"]["en"]
    assert parts["Q3"]["answer"] == 40
    assert parts["share"]["rule"]["en"] == "not answered: counts as 0"
    assert parts["P1"]["rule"]["en"] == "not answered: left out, the others carry its weight"
    assert parts["P1"]["points"] is None


def test_hashes_depend_on_what_was_said_and_not_on_how():
    one = score_one(everything(), {"industry": "36"}, {"Q2": ["C", "B"], "Q3": 5.0})
    same = score_one(everything(), {"industry": "C36"}, {"Q3": 5, "Q2": ["B", "C"], "Q5": None})
    other = score_one(everything(), {"industry": "C36"}, {"Q3": 6, "Q2": ["B", "C"]})
    assert one["inputs_sha256"] == same["inputs_sha256"] != other["inputs_sha256"]
    assert one["instrument_sha256"] == everything().sha256


@pytest.mark.parametrize(
    ("actual", "shown"),
    [(54_396_065, 54_400_000), (54_960_000, 54_960_000), (54_999_999, 54_999_999), (0, 0)],
)
def test_what_falls_short_is_shown_rounded_but_never_as_reaching(actual, shown):
    assert words.in_short(actual, 55_000_000) == shown
