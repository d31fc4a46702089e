"""One set of answers under several instruments: exact, or left open."""

from __future__ import annotations

import copy
import io
import json
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.crosswalk import derivations
from questionnaires.instruments import Definition, validate
from scoring.crosswalk import coverage, links, translate
from scoring.crosswalk_bounds import bounds
from scoring.crosswalk_results import under
from scoring.numbers import decimal
from scoring.one import score_one
from tests.scoring.shipped import definition, score
from tests.scoring.test_enterprise_digital_economy import FACTORY, MIDDLE

OWN = "enterprise-digital-economy"
LEVELS = [{"zh": "无", "en": "none"}, {"zh": "有", "en": "some"}, {"zh": "全", "en": "all"}]


def text(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


def instrument(code: str, questions: list[dict[str, Any]], **more: Any) -> Definition:
    """A small instrument of these questions, all in one sum where they earn points."""
    found, problems = validate(
        {
            "format": "shuheng.instrument/1",
            "code": code,
            "version": "1",
            "status": "official",
            "title": text(code),
            "sections": [{"code": "s", "title": text("s"), "questions": questions}],
            **more,
        }
    )
    assert found is not None, problems
    return found


def question(kind: str, code: str = "q", **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "text": text(code), "indicator": "thing", **more}


def options(*texts: str, exclusive: str = "") -> list[dict[str, Any]]:
    letters = "ABCDEF"
    return [
        {"code": letters[n], "text": text(t), "exclusive": t == exclusive}
        for n, t in enumerate(texts)
    ]


def carried(source: dict[str, Any], target: dict[str, Any], answer: Any) -> Any:
    """What ``answer`` to one question gives for the other; None when it stays open."""
    a, b = instrument("a", [source]), instrument("b", [target])
    return translate({"q": answer}, a, b).answers.get("q")


def test_a_number_is_carried_where_the_unit_is_the_same():
    ten_thousand = {"zh": "万元", "en": "CNY 10,000"}
    asked = question("number", unit=ten_thousand)
    assert carried(asked, asked, 12.5) == 12.5
    assert carried(asked, question("number", unit={"zh": "亿元", "en": "x"}), 12.5) is None


def test_a_number_outside_the_range_stays_open():
    assert carried(question("number"), question("number", max=10), 11) is None
    assert carried(question("number"), question("number", decimals=0), 1.5) is None


def test_a_ratio_and_a_number_in_percent_are_one_thing():
    ratio, percent = question("ratio"), question("number", unit="%", min=0, max=100)
    assert carried(ratio, percent, {"part": 1, "whole": 8}) == 12.5
    assert carried(ratio, percent, 35) == 35
    assert carried(percent, ratio, 35.5) == 35.5
    assert carried(ratio, question("number", unit=text("家")), 35) is None


def test_a_percentage_that_does_not_end_stays_open_rather_than_be_rounded():
    assert carried(question("ratio"), question("number", unit="%"), {"part": 1, "whole": 3}) is None


def test_counts_stay_counts_in_one_unit_and_become_percent_in_another():
    machines = question("ratio", unit=text("台"))
    counts = {"part": 1, "whole": 3}
    assert carried(machines, machines, counts) == counts
    assert carried(machines, question("ratio", unit=text("条")), counts) is None
    assert carried(machines, question("ratio", unit=text("条")), {"part": 1, "whole": 4}) == 25


def test_options_are_matched_by_what_they_say_not_by_their_letter():
    one = question("multiple", options=options("无", "甲", "乙", exclusive="无"))
    other = question("multiple", options=options("乙", "甲", "无", exclusive="无"))
    assert sorted(carried(one, other, ["B", "C"])) == ["A", "B"]
    assert carried(one, other, ["A"]) == ["C"]


def test_one_option_more_makes_another_question():
    one = question("multiple", options=options("无", "甲", exclusive="无"))
    more = question("multiple", options=options("无", "甲", "乙", exclusive="无"))
    assert carried(one, more, ["B"]) is None
    assert carried(more, one, ["B"]) is None
    single = question("single", options=options("无", "甲"))
    assert carried(one, single, ["B"]) is None


def test_a_rung_is_carried_only_between_equal_ladders():
    ladder = question("ladder", rungs=[{"text": level} for level in LEVELS])
    other = copy.deepcopy(ladder)
    assert carried(ladder, other, 2) == 2
    other["rungs"][1]["text"] = text("一些")
    assert carried(ladder, other, 2) is None


def test_not_applicable_goes_only_where_it_is_allowed_and_not_known_never():
    takes = question("yes_no", allow_not_applicable=True)
    reason = {"not_applicable": "没有"}
    assert carried(takes, takes, reason) == reason
    assert carried(takes, question("yes_no"), reason) is None
    assert carried(takes, takes, {"unknown": True}) is None


def test_another_indicator_is_another_question():
    other = {**question("yes_no"), "indicator": "other"}
    a, b = instrument("a", [question("yes_no")]), instrument("b", [other])
    assert translate({"q": True}, a, b).answers == {}
    assert [link.why for link in links(a, b)] == ["not_asked_there"]
    number = instrument("c", [question("number")])
    assert [link.why for link in links(number, a)] == ["asked_differently"]


def test_a_question_without_an_indicator_is_never_answered_by_another():
    bare = {k: v for k, v in question("yes_no").items() if k != "indicator"}
    a, b = instrument("a", [bare]), instrument("b", [bare])
    assert translate({"q": True}, a, b).answers == {}


def weighted() -> Definition:
    """a (weight 3 of 4); and of the rest a sum: b 2 of 10 points, c (from b and d) 8 of 10."""
    return instrument(
        "w",
        [
            question("yes_no", "a", points={"yes": 1, "no": 0}),
            question("number", "b", min=0, points={"linear": {"worst": 0, "best": 9, "points": 2}}),
            question("number", "d", min=0),
            question("yes_no", "e"),
        ],
        computed=[
            {
                "code": "c",
                "title": text("c"),
                "value": "b + d",
                "points": {"linear": {"worst": 0, "best": 1, "points": 8}},
            }
        ],
        tree={
            "code": "t",
            "title": text("t"),
            "aggregate": "weighted_mean",
            "children": [
                {"question": "a", "weight": 3},
                {
                    "code": "n",
                    "title": text("n"),
                    "aggregate": "sum",
                    "children": [{"question": "b"}, {"computed": "c"}],
                },
            ],
        },
    )


def test_coverage_counts_questions_scored_items_and_their_share_of_the_score():
    found = coverage(weighted(), ["a", "b"])
    assert (found.questions, found.all_questions) == (2, 4)
    assert (found.scored, found.all_scored) == (2, 3)
    # 3/4 for a; b is 2 of the 10 points of the last quarter
    assert found.points == Fraction(3, 4) + Fraction(1, 4) * Fraction(2, 10)


def test_a_computed_value_is_covered_once_all_it_rests_on_is_answered():
    assert coverage(weighted(), ["b", "d"]).points == Fraction(1, 4)
    assert coverage(weighted(), ["a", "b", "d"]).points == 1


def test_what_is_not_asked_counts_nowhere():
    found = coverage(weighted(), ["a"], not_asked=["d"])
    # c rests on d and falls away: b alone carries its node
    assert (found.all_questions, found.all_scored) == (3, 2)
    assert found.points == Fraction(3, 4)


def test_without_a_tree_there_is_no_share_of_the_score():
    found = coverage(instrument("a", [question("yes_no")]), ["q"])
    assert (found.points, found.all_scored, found.questions) == (None, 0, 1)


@pytest.mark.parametrize("code", ["miit-sme-2024", "dmat-sme", "smart-enterprise", OWN])
def test_all_questions_together_are_the_whole_score(code):
    one = definition(code)
    assert coverage(one, one.questions).points == 1
    assert coverage(one, []).points == 0


def test_an_instrument_covers_itself():
    answers = {c: a for c, a in MIDDLE.items() if c in definition(OWN).questions}
    found = translate(answers, definition(OWN), definition(OWN))
    assert found.answers == answers
    assert score(OWN, found.answers, FACTORY)["total"] == score(OWN, MIDDLE, FACTORY)["total"]


OTHERS = {
    "miit-sme-2024": {"Q2", "Q3", "Q6", "Q7"},
    "smart-enterprise": {"nc_rate", "equip_networked", "design_tools", "ai_uses", "fuse_business"},
    "supply-chain-resilience": {"sys_psi", "sys_logistics", "ec_purchase", "sec_recovery"},
}


@pytest.mark.parametrize(("code", "expected"), OTHERS.items())
def test_one_answer_set_scores_under_other_instruments_with_coverage_stated(code, expected):
    target = definition(code)
    found = translate(MIDDLE, definition(OWN), target)
    assert expected <= set(found.covered)
    assert {*found.covered} | {*found.open} == set(target.questions)
    result = score_one(target, FACTORY, found.answers)
    assert result["errors"] == []
    assert float(result["total"]) > 0
    assert 0 < found.coverage.points < 1
    assert found.coverage.scored < found.coverage.all_scored


def test_answers_carried_to_the_sme_indicators_earn_their_printed_points():
    found = translate(MIDDLE, definition(OWN), definition("miit-sme-2024"))
    result = score_one(definition("miit-sme-2024"), FACTORY, found.answers)
    # digital 40 % → 3, networked 30 % → 3, two of four measures of each security: 2.5 + 2.5
    assert float(result["total"]) == 11
    assert found.coverage.points == Fraction(22, 100)


def test_a_question_the_firm_is_not_asked_is_neither_covered_nor_open():
    target = definition("smart-enterprise")
    service = {"section": "I"}
    not_asked = score_one(target, service, {})["not_asked"]
    found = translate(MIDDLE, definition(OWN), target, not_asked)
    assert "nc_rate" in not_asked
    assert not {"nc_rate", "smart_design"} & {*found.covered, *found.open}


def test_open_questions_at_nothing_and_at_their_most_are_the_exact_ends():
    found = bounds(weighted(), {}, {"a": True}, ["b", "d"])
    assert (found.low, found.high, found.max) == (75, 100, 100)
    assert found.covered == 100  # over what is answered alone, a is all there is
    assert bounds(weighted(), {}, {"a": True, "b": 9}, ["d"]).low == 80
    assert bounds(weighted(), {}, {"a": False, "b": 0, "d": 0, "e": True}, []).settled


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_answered_later_the_score_and_the_level_lie_between_the_ends(random):
    target = definition("miit-sme-2024")
    drawn = {code: some(question, random) for code, question in target.questions.items()}
    kept = {code: said for code, said in drawn.items() if random.random() < 0.4}
    ends = bounds(target, FACTORY, kept, set(drawn) - set(kept))
    full = score("miit-sme-2024", drawn, FACTORY)
    assert ends.low <= decimal(full["total"]) <= ends.high
    assert ends.level_low <= full["level"] <= ends.level_high


def some(question: Any, random: Any) -> Any:
    """Any answer."""
    if question.kind == "multiple":
        alone = [o.code for o in question.options if o.exclusive]
        rest = [o.code for o in question.options if not o.exclusive]
        return random.sample(rest, random.randint(1, len(rest))) if random.random() < 0.7 else alone
    if question.kind == "single":
        return random.choice(question.options).code
    return random.randint(0, len(question.rungs) - 1 if question.kind == "ladder" else 100)


def test_the_ends_are_reached_by_the_worst_and_the_best_answers():
    target = definition("miit-sme-2024")
    kept = {"Q2": 40, "S1": 2}
    ends = bounds(target, FACTORY, kept, set(target.questions) - set(kept))
    worst, best = (score("miit-sme-2024", {**every(target, n), **kept}, FACTORY) for n in (0, -1))
    assert (ends.low, ends.high) == (decimal(worst["total"]), decimal(best["total"]))
    assert (ends.level_low, ends.level_high) == (worst["level"], best["level"])


def every(target: Definition, end: int) -> dict[str, Any]:
    """The first (worst) or last (best) answer to every question."""
    return {code: extreme(question, end) for code, question in target.questions.items()}


def extreme(question: Any, end: int) -> Any:
    if question.kind == "multiple":
        return [o.code for o in question.options if o.exclusive is (end == 0)]
    if question.kind == "single":
        return question.options[end].code
    return (0 if end == 0 else len(question.rungs) - 1) if question.kind == "ladder" else -end * 100


def test_a_stated_rule_concludes_use_from_use_and_nothing_from_its_absence():
    own, eu = definition("enterprise-digital-economy-2"), definition("dmat-sme")
    used = translate({"design_tool_kinds": ["B"]}, own, eu)
    assert used.answers == {"Q18_3": 5}
    assert used.given["Q18_3"].rule.from_ == "firm-design-tool-kinds"
    assert translate({"design_tool_kinds": ["A"]}, own, eu).answers == {}
    assert translate({"sys_production": 1}, own, eu).answers == {}
    assert translate({"sys_production": 3}, own, eu).answers == {"Q18_4": 5}


def test_what_follows_by_a_rule_raises_the_lower_end_but_not_the_score_of_the_covered_part():
    own, eu = definition("enterprise-digital-economy-2"), definition("dmat-sme")
    _done, ends = under(eu, {"design_tool_kinds": ["B"]}, own, FACTORY)
    assert ends.low > 0
    assert ends.covered is None


def test_every_derivation_fits_questions_that_are_shipped():
    shipped = [definition(code) for code in ("enterprise-digital-economy-2", "dmat-sme")]
    questions = [q for one in shipped for q in one.questions.values()]
    for rule in derivations():
        assert any(rule.fits(a, b) for a in questions for b in questions), rule


THREE = ["smart-enterprise", "miit-sme-2024", "supply-chain-resilience"]


def test_one_answer_set_gives_results_with_both_ends_under_three_other_instruments():
    own = definition("enterprise-digital-economy-2")
    answers = {c: a for c, a in MIDDLE.items() if c in own.questions}
    for code in THREE:
        done, ends = under(definition(code), answers, own, FACTORY)
        assert 0 < done.coverage.points < 1
        assert 0 < ends.low < ends.high < ends.max
        assert ends.level_low <= ends.level_high
        assert len(done.open) + len(done.covered) <= len(definition(code).questions)


def run(*names: str) -> tuple[int, str, str]:
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("crosswalk", *names, stdout=out, stderr=err)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def no_database(monkeypatch):
    monkeypatch.setattr("scoring.instruments._database_exists", lambda: False)


def test_the_command_prints_coverage_and_what_remains(no_database):
    with translation.override("en"):
        status, out, _ = run(f"{OWN}@1.0", "miit-sme-2024")
    assert status == 0
    assert "Questions answered: 4 of 31" in out
    assert "Share of the whole score: 22.0%" in out
    assert "equip_digital → Q2  What share of the production equipment is digital?" in out
    assert "  Q8  " in out.split("Remaining:")[1]


def test_the_command_speaks_chinese(no_database):
    with translation.override("zh-hans"):
        status, out, _ = run(f"{OWN}@1.0", "smart-enterprise")
    assert status == 0
    assert "目标问卷：智慧企业评估" in out
    assert "还需回答的题目：" in out
    assert "Remaining" not in out


def test_the_command_scores_one_answer_set_under_three_instruments(no_database, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"profile": FACTORY, "answers": MIDDLE}), "utf-8")
    with translation.override("en"):
        status, out, _ = run(f"{OWN}@1.0", *THREE, "--answers", str(file))
    assert status == 0
    assert out.count("Full score: from ") == out.count("Share of the whole score: ") == 3
    assert "Level: from No level to " in out


def test_answers_that_cannot_be_read_end_with_status_2(no_database, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text("[", "utf-8")
    status, out, err = run(f"{OWN}@1.0", "dmat-sme", "--answers", str(file))
    assert (status, out) == (2, "")
    assert "answers.json" in err


def test_an_unknown_instrument_ends_with_status_2(no_database):
    status, out, err = run(OWN, "nothing-such")
    assert (status, out) == (2, "")
    assert "nothing-such" in err
