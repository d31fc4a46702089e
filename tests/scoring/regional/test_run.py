"""A regional index from a table to ranks, on an instrument small enough to follow by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questionnaires.instruments import validate
from scoring.index.faults import Impossible
from scoring.regional.choices import Choices
from scoring.regional.composition import compose
from scoring.regional.run import run
from scoring.regional.table import read


def question(code: str, worst: int, best: int) -> dict:
    return {
        "code": code, "kind": "number", "text": {"zh": f"指标{code}", "en": f"Indicator {code}"},
        "indicator": f"i-{code}", "unit": "%", "min": 0,
        "points": {"linear": {"worst": worst, "best": best, "points": 10}},
    }  # fmt: skip


DOCUMENT = {
    "format": "shuheng.instrument/1", "code": "tiny-region", "version": "1", "status": "own",
    "title": {"zh": "小区域", "en": "Tiny region"},
    "notice": {"zh": "测试", "en": "Test"},
    "sections": [{
        "code": "s", "title": {"zh": "一", "en": "One"},
        "questions": [question("a", 0, 50), question("b", 0, 200), question("c", 80, 0)],
    }],
    "tree": {
        "code": "total", "title": {"zh": "总", "en": "Total"}, "aggregate": "weighted_mean",
        "children": [
            {"code": "up", "title": {"zh": "上", "en": "Up"}, "aggregate": "weighted_mean",
             "children": [{"question": "a"}, {"question": "b"}]},
            {"code": "down", "title": {"zh": "下", "en": "Down"}, "aggregate": "weighted_mean",
             "children": [{"question": "c"}]},
        ],
    },
}  # fmt: skip
DIRECTIONS = {"i-a": 1, "i-b": 1, "i-c": -1}
CSV = """region,year,i-a,i-b,i-c
1,2023,10,100,40
1,2024,20,120,40
2,2023,40,50,20
2,2024,30,,20
3,2023,,,60
3,2024,25,60,40
"""
QUICK = Choices(replications=0)


@pytest.fixture(scope="module")
def composition():
    definition, problems = validate(DOCUMENT)
    assert definition is not None, problems
    found = compose(definition)
    assert found is not None
    return found


@pytest.fixture
def made(composition):
    def make(choices: Choices = QUICK, text: str = CSV):
        reading = read(text, "t.csv", composition, "123")
        assert not reading.faults, [str(fault) for fault in reading.faults]
        return run(composition, DIRECTIONS, reading.table(composition), choices)

    return make


def scores(result, node="total"):
    return {(row["region"], row["year"]): row["scores"][node] for row in result["rows"]}


def test_scores_follow_from_the_questionnaires_own_goalposts(made):
    found = scores(made())
    # 2023, region 1: a 10/50, b 100/200, c (80-40)/80 → up (20+50)/2 = 35, down 50 → 42.5
    assert found["1", 2023] == pytest.approx(42.5)
    # 2024, region 2: b is unknown, so up is a alone: 60; down 75 → 67.5
    assert found["2", 2024] == pytest.approx(67.5)


def test_a_node_with_too_few_known_children_has_no_score_rather_than_zero(made):
    result = made(replace(QUICK, available=0.6))
    assert scores(result, "up")["2", 2024] is None
    assert scores(result)["3", 2023] is None  # up unknown: one of two children is less than 0.6
    assert [row["missing"] for row in result["rows"] if row["region"] == "3"] == [
        ["i-a", "i-b"],
        [],
    ]


def test_ranks_are_within_a_year_and_the_scale_is_one_for_all_years(made):
    result = made(replace(QUICK, scale="minmax"))
    ranks = {(row["region"], row["year"]): row["ranks"]["total"] for row in result["rows"]}
    assert {rank for (_, year), rank in ranks.items() if year == 2024} == {1, 2, 3}
    normalised = {(r["region"], r["year"]): r["normalised"]["i-a"] for r in result["rows"]}
    # 10 is the lowest of both years and 40 the highest, so 2024 alone spans 33.3…66.7
    assert normalised["2", 2024] == pytest.approx(200 / 3)


def test_ones_own_weights_count_within_their_parent(made):
    own = {"up": 3.0, "down": 1.0, "i-a": 1.0, "i-b": 0.0}
    result = made(replace(QUICK, weights="own", own=own))
    assert scores(result)["1", 2023] == pytest.approx(0.75 * 20 + 0.25 * 50)
    shares = {one["code"]: one["in_whole"] for one in result["weights"]}
    assert shares["i-a"] == pytest.approx(0.75)
    assert sum(shares[code] for code in DIRECTIONS) == pytest.approx(1)


def test_nothing_is_computed_across_a_break(made):
    whole = {one["region"]: one for one in made()["over_time"]}
    assert whole["1"]["growth"]["absolute"] == pytest.approx(5 + 2.5)
    broken = made(replace(QUICK, breaks={"i-a": (2024,)}))["over_time"]
    assert {one["growth"]["reason"] for one in broken} == {"break"}
    assert all(one["growth"]["absolute"] is None and one["breaks"] == [2024] for one in broken)


def test_a_mean_that_needs_values_above_zero_says_which_is_not(made):
    lowest = CSV.replace("1,2023,10", "1,2023,0")
    with pytest.raises(Impossible) as refused:
        made(replace(QUICK, mean="geometric"), lowest)
    assert refused.value.rule == "not-positive"
    assert made(replace(QUICK, mean="geometric", scale="minmax"), lowest)["rows"]


def test_the_same_choices_give_the_same_ranges(made):
    choices = replace(QUICK, replications=50, seed=7)
    one, other = made(choices)["uncertainty"], made(choices)["uncertainty"]
    assert one == other
    assert all(u["rank_p5"] <= u["rank_median"] <= u["rank_p95"] for u in one["units"])


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("region,year,i-a\n9,2024,1\n", "t.csv:2:region", "no division code"),
        ("region,year,i-a\n1,24,1\n", "t.csv:2:year", "Expected a year"),
        ("region,year,i-a\n1,2024,many\n", "t.csv:2:i-a", "Expected a number"),
        ("region,year,i-a\n1,2024,1\n1,2024,2\n", "t.csv:3:region", "already"),
        ("region,year,other\n1,2024,1\n", "t.csv:1:other", "Unknown column"),
        ("year,i-a\n2024,1\n", "t.csv:1:region", "missing"),
        ("region,year,i-a\n1,2024,1\n", "t.csv:2:region", "two or more"),
        ("region,year,i-a\n1,2024,nan\n", "t.csv:2:i-a", "Expected a number"),
        ("", "t.csv:1:region", "missing"),
    ],
)
def test_a_fault_in_the_table_names_line_and_column(composition, text, place, words):
    (fault, *_) = read(text, "t.csv", composition, "123").faults
    assert str(fault).startswith(place)
    assert words in fault.message


def test_columns_may_be_called_by_name_and_unit_in_either_language(composition):
    text = "地区,年份,指标a（%）,Indicator b (%)\n1 甲,2024年,1,2\n2 乙,2024,3,—\n"
    reading = read(text, "t.csv", composition, "12")
    assert not reading.faults
    assert reading.rows == {("1", 2024): {"i-a": 1, "i-b": 2}, ("2", 2024): {"i-a": 3}}


def test_an_instrument_with_other_questions_cannot_be_an_index():
    document = DOCUMENT | {"sections": [{
        "code": "s", "title": {"zh": "一", "en": "One"},
        "questions": [
            *DOCUMENT["sections"][0]["questions"][1:],
            {"code": "a", "kind": "yes_no", "text": {"zh": "甲", "en": "A"}, "indicator": "i-a",
             "points": {"yes": 10, "no": 0}},
        ],
    }]}  # fmt: skip
    definition, problems = validate(document)
    assert definition is not None, problems
    assert compose(definition) is None
