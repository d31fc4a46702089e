"""The demo: made once, synthetic everywhere, scored by the real engine."""

from __future__ import annotations

from collections import Counter
from statistics import median

import pytest
from django.core.management import call_command
from django.test import override_settings

from assessment.models import Answer, Organisation, Round, Submission, User
from questionnaires import credit_code
from reports.demo import people
from scoring.integrity import keeping
from scoring.models import Flag, Result, RoundAggregate

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(kept_for_a_module, tmp_path_factory):
    """One small demo for the whole module."""
    folder = tmp_path_factory.mktemp("var")
    with override_settings(VAR_DIR=folder), kept_for_a_module():
        call_command("demo", "--enterprises", "60", "--password", "a long and quiet river")
        yield folder


def test_everything_made_up_says_so(demo):
    assert not Organisation.unguarded.filter(synthetic=False).exists()
    assert not Round.unguarded.filter(synthetic=False).exists()
    assert not Submission.unguarded.filter(synthetic=False).exists()
    assert not User.objects.filter(synthetic=False).exists()
    assert all("合成" in name for name in Organisation.unguarded.values_list("name", flat=True))


def test_credit_codes_are_valid_and_of_a_division_that_does_not_exist(demo):
    codes = Organisation.unguarded.values_list("credit_code", flat=True)
    assert all(credit_code.is_valid(code) for code in codes)
    assert {code[2:8] for code in codes} == {"990000"}


def test_every_submission_has_a_score_of_the_engine(demo):
    submitted = Submission.unguarded.filter(state="submitted")
    assert submitted.count() > 60
    assert Counter(Result.unguarded.values_list("state", flat=True)) == {"done": submitted.count()}
    assert len(set(Result.unguarded.values_list("level", flat=True))) >= 3
    assert all(s.answers_coded for s in submitted)


# Where the middle of all enterprises must lie.
PLAUSIBLE = {
    "it-staff-share": (1, 6),
    "it-spending-share": (0.3, 2.5),
    "computers-per-100-employees": (25, 70),
    "cloud-system-share": (30, 60),
    "equipment-digital-rate": (25, 60),
    "e-purchase-share": (8, 30),
    "e-sales-share": (8, 30),
    "digital-investment-share-3y": (0.3, 2.5),
}
MOST = {
    "it-staff-share": 34,  # one of three in the smallest
    "it-spending-share": 3,
    "digital-investment-share-3y": 3,
    "e-purchase-share": 45,
    "e-sales-share": 45,
}


def values_of(indicator: str) -> list[float]:
    payloads = Result.unguarded.values_list("payload", flat=True)
    return [p["values"][indicator] for p in payloads if indicator in p["values"]]


@pytest.mark.parametrize("indicator", PLAUSIBLE)
def test_made_up_values_lie_where_real_ones_would(demo, indicator):
    values = values_of(indicator)
    low, high = PLAUSIBLE[indicator]
    assert low <= median(values) <= high
    assert max(values) <= MOST.get(indicator, 100)


def test_few_contradict_themselves(demo):
    payloads = Result.unguarded.values_list("payload", flat=True)
    doubtful = sum(bool(payload["warnings"]) for payload in payloads)
    assert doubtful < 0.3 * len(payloads)


def test_the_demo_enterprise_stands_at_the_second_level_with_the_third_in_sight(demo):
    own = Result.unguarded.get(submission__organisation__memberships__user__email__startswith="own")
    assert own.level == 2
    assert [entry["level"] for entry in own.payload["binding"]] == [3] * len(own.payload["binding"])
    assert 1 <= len(own.payload["binding"]) <= 2


def test_some_were_only_invited_and_some_have_only_begun(demo):
    for cell in RoundAggregate.objects.filter(region="330000", industry="", size=""):
        assert cell.invited > cell.started > cell.submitted == cell.scored > 0


def test_the_owner_has_one_result_and_one_draft_half_filled(demo):
    mine = Submission.unguarded.filter(organisation__memberships__user__email__startswith="owner@")
    states = {s.round.instrument_version.instrument.code: s for s in mine}
    assert states["enterprise-digital-economy"].result.state == "done"
    draft = states["miit-sme-2024"]
    asked = sum(len(s["questions"]) for s in draft.round.instrument_version.definition["sections"])
    assert draft.state == "draft"
    assert asked * 0.3 < Answer.objects.filter(submission=draft).count() < asked * 0.7


def test_everybody_can_sign_in_and_has_their_role(demo):
    for role, *_ in people.PEOPLE:
        assert User.objects.get(email=f"{role}@{people.DOMAIN}").check_password(
            "a long and quiet river"
        )
    officer = User.objects.get(email=f"officer@{people.DOMAIN}")
    assert Round.objects.visible_to(officer).count() == 3
    consultant = User.objects.get(email=f"consultant@{people.DOMAIN}")
    assert Submission.objects.visible_to(consultant).count() == 2


def test_the_accounts_are_kept_in_a_file_for_the_owner_of_the_process_only(demo):
    path = demo / "demo-accounts.txt"
    assert "a long and quiet river" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0


def test_a_second_run_changes_nothing_and_shows_the_accounts_again(demo, capsys):
    before = (Submission.unguarded.count(), User.objects.count(), RoundAggregate.objects.count())
    call_command("demo")
    after = (Submission.unguarded.count(), User.objects.count(), RoundAggregate.objects.count())
    assert after == before
    assert "owner@demo.example" in capsys.readouterr().out


def test_a_second_run_scores_what_a_killed_first_run_left(demo):
    Result.unguarded.filter(pk__in=list(Result.unguarded.values_list("pk", flat=True)[:5])).delete()
    call_command("demo")
    assert not Submission.unguarded.filter(state="submitted", result=None).exists()


def test_a_password_is_made_up_and_typeable():
    first, second = people.new_password(), people.new_password()
    assert first != second
    assert [len(part) for part in first.split("-")] == [4, 4, 4, 4]


def test_a_few_odd_answers_wait_to_be_looked_at(demo):
    code = "enterprise-digital-economy"
    rounds = Round.unguarded.filter(instrument_version__instrument__code=code)
    keeping.refresh(rounds.order_by("-year").first())
    kinds = Counter(Flag.unguarded.values_list("kind", flat=True))
    assert kinds["twin"] >= 2
    assert kinds["counts"] >= 1
