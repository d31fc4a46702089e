"""Results over the API: who may see which, and what is said."""

from __future__ import annotations

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from scoring import jobs
from scoring.aggregates import refresh
from scoring.models import Result

pytestmark = pytest.mark.django_db

PROFILE = {"region": "330400", "industry": "C36", "size": "small", "employees": 120, "year": 2026}


@pytest.fixture
def result(submission):
    submission.state, submission.submitted_at, submission.receipt = "submitted", timezone.now(), "R"
    submission.profile, submission.answers_json = PROFILE, {"Q2": 35, "Q4": True}
    submission.save()
    row = Result.unguarded.create(submission=submission)
    jobs.run(row.pk)
    return Result.unguarded.get(pk=row.pk)


def get(user, path):
    client = APIClient()
    if user:
        client.force_authenticate(user)
    return client.get(f"/api/v1/results/{path}")


@pytest.mark.parametrize("path", ["", "state/", "benchmark/", "next-steps/"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("enterprise", 200), ("colleague", 200), ("viewer", 200), ("consultant", 200),
        ("officer", 200), ("operator", 200), ("outsider", 404), ("visitor", 401),
    ],
)  # fmt: skip
def test_a_result_is_seen_by_whom_its_submission_is_seen(cast, result, role, status, path):
    found = get(cast[role], f"{result.submission_id}/{path}").status_code
    assert found in ({401, 403} if status == 401 else {status})


def test_the_list_holds_only_what_one_may_see(cast, result):
    assert get(cast["enterprise"], "").json()["count"] == 1
    assert get(cast["outsider"], "").json()["count"] == 0


def test_an_officer_sees_no_result_by_name_where_the_round_does_not_say_so(cast, result, round_):
    round_.names_visible = False
    round_.save()
    assert get(cast["officer"], f"{result.submission_id}/").status_code == 404


def test_the_result_carries_the_engines_output_and_its_hashes(cast, result):
    data = get(cast["enterprise"], f"{result.submission_id}/").json()
    assert data["payload"]["trace"]["sum"] == data["payload"]["total"]
    assert data["inputs_sha256"] == result.inputs_sha256


def test_the_state_can_be_polled_until_the_score_is_there(cast, result):
    Result.unguarded.update(state="pending")
    path = f"{result.submission_id}/state/"
    assert get(cast["enterprise"], path).json()["state"] == "pending"
    Result.unguarded.update(state="done")
    assert get(cast["enterprise"], path).json()["state"] == "done"


def test_the_benchmark_says_who_is_compared_or_why_nobody_is(cast, result, score, round_):
    path = f"{result.submission_id}/benchmark/"
    alone = get(cast["enterprise"], path).json()
    assert alone["cohort"] is None
    assert alone["missing"]["zh"]
    for total in (5, 10, 14, 40, 45):
        score(total)
    refresh(round_)
    data = get(cast["enterprise"], path).json()
    assert (data["cohort"]["n"], data["percentile"]) == (6, 60.0)
    assert data["total"]["n"] == 6


def test_next_steps_are_texts_with_gains(cast, result):
    steps = get(cast["enterprise"], f"{result.submission_id}/next-steps/").json()
    assert {"question", "text", "gain", "toward_level"} <= set(steps[0])


@pytest.mark.parametrize("number", ["999999", "0", "1e3", "../1"])
def test_an_unknown_number_is_not_found(cast, result, number):
    assert get(cast["enterprise"], f"{number}/").status_code == 404
