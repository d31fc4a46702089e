"""What to do next, with gains the engine itself gives."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from questionnaires.instruments.canon import canonical, load_definition, sha256_of
from scoring import jobs
from scoring.batch import score_many
from scoring.improving import improvements
from scoring.models import Result
from scoring.next_steps import closes, next_steps
from tests.scoring.shipped import definition, score

pytestmark = pytest.mark.django_db

PROFILE = {"region": "330400", "industry": "C36", "size": "small", "employees": 120, "year": 2026}
LOW = {"Q1": ["A"], "Q2": 5, "Q3": 2, "Q4": False, "Q5": "A", "S1": 1, "S2": 0}
HIGH = {"Q1": ["B", "C"], "Q2": 90, "Q3": 20, "Q4": True, "Q5": "C", "S1": 4, "S2": 4}


@pytest.fixture
def result(submission):
    def make(answers, **profile):
        cache.clear()
        submission.state, submission.submitted_at = "submitted", timezone.now()
        submission.profile, submission.answers_json = PROFILE | profile, answers
        submission.receipt = "R"
        submission.save()
        Result.unguarded.all().delete()
        row = Result.unguarded.create(submission=submission)
        assert jobs.run(row.pk)
        return Result.unguarded.get(pk=row.pk)

    return make


def by_question(steps):
    return {step.question: step for step in steps}


def test_a_weak_enterprise_has_at_least_three_steps(result):
    assert len(next_steps(result(LOW))) >= 3


def test_every_gain_is_what_the_engine_gives_for_the_better_answer(result):
    scored = result(LOW)
    version = scored.submission.round.instrument_version
    better = {}
    for one in improvements(load_definition(version.definition), LOW):
        (outcome,) = score_many(version, [("x", PROFILE, {**LOW, one.question: one.answer})])
        gain = Decimal(str(outcome["total"])) - scored.total
        better.setdefault(one.question, set()).add(gain)
    for step in next_steps(scored, limit=None):
        assert step.gain in better[step.question]


def test_bands_options_and_yes_no_go_up_by_one_notch(result):
    steps = by_question(next_steps(result(LOW), limit=None))
    assert steps["Q2"].gain == 2  # from [0,10] to (10,20]
    assert steps["Q2"].change["zh"] == "超过 10%"
    assert steps["Q5"].gain == 5  # from A to B, not to C
    assert steps["Q4"].gain == 10
    assert steps["Q3"].gain == 2  # four of twenty people


def test_the_advice_fits_what_is_lacking(result):
    step = by_question(next_steps(result({**LOW, "Q1": ["B"]}), limit=None))["Q1"]
    assert step.text["zh"] == "建设车间网络。"


def test_steps_toward_the_next_level_come_first(result):
    scored = result(LOW)
    steps = next_steps(scored, limit=None)
    toward = [step.toward_level for step in steps]
    assert toward == sorted(toward, reverse=True)
    if scored.payload["binding"]:
        assert toward[0]


def test_the_best_possible_answers_leave_nothing_to_gain(result):
    assert [step for step in next_steps(result(HIGH)) if step.gain] == []


def test_what_does_not_apply_is_not_recommended(result):
    steps = by_question(next_steps(result({**LOW, "S2": {"not_applicable": "不采购"}}), limit=None))
    assert "S2" not in steps


def test_an_unscored_result_has_no_steps(submission):
    assert next_steps(Result.unguarded.create(submission=submission)) == []


@pytest.fixture
def spending(result, submission):
    """Next steps of an enterprise with a revenue of 10 million that spends so much on IT."""

    def steps(amount):
        version = submission.round.instrument_version
        version.definition = canonical(definition("enterprise-digital-economy"))
        version.sha256 = sha256_of(version.definition)
        version.save()
        return by_question(next_steps(result({"it_spending": amount}, revenue=1000), limit=None))

    return steps


def test_advice_appears_where_the_points_sit_in_a_computed_value(spending):
    step = spending(4)["it_spending"]  # 0.4 % of revenue, advice below 0.5 %
    assert step.text["zh"].startswith("单列信息化预算")
    assert step.change == {"zh": "达到 5万元", "en": "Reach 5 CNY 10,000"}
    assert step.gain > 0


@pytest.mark.parametrize("amount", [5, 30, None])
def test_such_advice_stays_away_where_its_condition_does_not_hold(spending, amount):
    assert "it_spending" not in spending(amount)


def test_a_result_says_which_advice_holds():
    few = {"it_staff": 1, "computers": 90, "it_spending": 4}
    found = score("enterprise-digital-economy", few, {"employees": 100, "revenue": 1000})
    assert found["advice"] == {"it_staff": [0], "it_spending": [0]}


def entry(gap, kind="rungs"):
    return {"level": 2, "kind": kind, "required": 8, "actual": 8 - gap, "gap": gap, "text": {}}


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ([entry(2)], [entry(1)], 0.5),
        ([entry(2)], [entry(2)], 0.0),
        ([entry(1)], [], 1.0),
        ([entry(2), entry(5, "score")], [entry(1), entry(4, "score")], 0.7),
    ],
)
def test_closing_is_measured_in_shares_of_the_gaps(before, after, share):
    outcome = {"level": 1, "binding": after}
    assert closes({"level": 1, "binding": before}, outcome) == pytest.approx(share)


def test_reaching_the_level_closes_everything():
    before = {"level": 1, "binding": [entry(1), entry(2, "score")]}
    assert closes(before, {"level": 2, "binding": [entry(3)]}) == 2
