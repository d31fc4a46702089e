"""Served mode does the main job: submitted over HTTP, scored by a worker, whatever dies."""

from __future__ import annotations

import signal

import pytest

from tests.conftest import PASSWORD
from tests.served.conftest import start_worker

pytestmark = [pytest.mark.served, pytest.mark.postgres, pytest.mark.redis]

SEED = f"""
import datetime as dt
from decimal import Decimal
from assessment.models import Invitation, Membership, Organisation, Round, User
from questionnaires.models import Industry, InstrumentVersion, Region

region = Region.objects.get(code="330400")
version = InstrumentVersion.objects.get(instrument__code="miit-sme-2024")
operator = User.objects.create_superuser("operator@example.cn", {PASSWORD!r})
today = dt.date.today()
for number, code in enumerate(["91350100M000100Y43", "91110108551385082Q", "91110000600037341L"]):
    owner = User.objects.create_user(f"owner{{number}}@example.cn", {PASSWORD!r}, name="陈海")
    firm = Organisation.unguarded.create(
        credit_code=code, name=f"海宁精密 {{number}}", region=region,
        industry=Industry.objects.get(code="C36"), employees=120, revenue=Decimal(5000),
        assets=Decimal(4000), size="small",
    )
    Membership.objects.create(user=owner, organisation=firm, role="owner")
    round_ = Round.unguarded.create(
        title=f"评估 {{number}}", region=region, instrument_version=version, year=2026,
        opens_on=today - dt.timedelta(2), closes_on=today + dt.timedelta(2), opened_by=operator,
    )
    Invitation.objects.create(round=round_, organisation=firm)
"""
ANSWERS = {"Q1": ["B", "C"], "Q2": {"part": 35, "whole": 100}, "Q5": "C", "S1": 2, "Q12": "C"}
POINTS = 4 + 3 + 5 + 7


@pytest.fixture(scope="module")
def seeded(site, manage):
    manage("shell", "-v", "0", stdin=SEED)
    return site


def submit(site, number: int) -> int:
    """Sign in as an owner, answer and submit; the submission's key."""
    site.token = ""
    signed = {"username": f"owner{number}@example.cn", "password": PASSWORD}
    status, body = site.call("POST", "/api/v1/token/", signed)
    assert status == 200, body
    site.token = body["token"]
    rounds = site.call("GET", "/api/v1/rounds/")[1]["results"]
    round_ = next(found for found in rounds if found["title"] == f"评估 {number}")
    (firm,) = site.call("GET", "/api/v1/organisations/")[1]["results"]
    begun = {"round": round_["id"], "organisation": firm["id"]}
    status, draft = site.call("POST", "/api/v1/submissions/", begun)
    assert status == 201, draft
    path = f"/api/v1/submissions/{draft['id']}"
    answers = {code: {"value": value, "version": 0} for code, value in ANSWERS.items()}
    status, body = site.call("PUT", f"{path}/answers/", {"answers": answers})
    assert status == 200, body
    status, body = site.call("POST", f"{path}/submit/", {"pledge_name": "陈海"})
    assert status == 200, body
    assert body["receipt"]
    return draft["id"]


def is_scored(site, submission: int) -> bool:
    return site.call("GET", f"/api/v1/results/{submission}/state/")[1].get("state") == "done"


def total(site, submission: int) -> float:
    return float(site.call("GET", f"/api/v1/results/{submission}/")[1]["total"])


def test_a_submission_over_http_is_scored_by_the_worker(seeded):
    submission = submit(seeded, 0)
    seeded.wait_for("the score", lambda: is_scored(seeded, submission))
    assert total(seeded, submission) == POINTS


def test_a_worker_killed_outright_loses_no_submission(seeded):
    seeded.processes.stop("worker", signal.SIGKILL)
    submission = submit(seeded, 1)
    assert not is_scored(seeded, submission)
    start_worker(seeded.processes)
    seeded.wait_for("the score", lambda: is_scored(seeded, submission))
    assert total(seeded, submission) == POINTS


def test_beat_has_a_result_scored_whose_message_the_broker_lost(seeded, redis_url):
    import redis

    seeded.processes.stop("worker")
    submission = submit(seeded, 2)
    redis.Redis.from_url(redis_url).flushdb()
    start_worker(seeded.processes)
    seeded.wait_for("the score", lambda: is_scored(seeded, submission))
    assert total(seeded, submission) == POINTS
