"""An officer marks submissions as verified, or takes that back; who is told what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.errors import Refused
from assessment.models import AuditEvent, Invitation, Submission
from assessment.open_round import change_round
from assessment.participation import participants
from assessment.verify import verify

pytestmark = pytest.mark.django_db
NOTE = "看过设备台账"


@pytest.fixture
def handed_in(submission, enterprise):
    submission.state, submission.receipt = "submitted", "R-1"
    submission.submitted_at, submission.submitted_by = timezone.now(), enterprise
    submission.save()
    return submission


@pytest.fixture
def another(round_, organisations):
    """A second submitted enterprise of the round."""
    other = organisations("91110108551385082Q", "嘉兴他厂")
    Invitation.objects.create(round=round_, organisation=other)
    return Submission.unguarded.create(
        round=round_, organisation=other, state="submitted", receipt="R-2",
        submitted_at=timezone.now(),
    )  # fmt: skip


def stored(submission) -> Submission:
    return Submission.unguarded.get(pk=submission.pk)


def events(submission) -> list[tuple]:
    rows = AuditEvent.objects.filter(target_id=str(submission.pk), verb__contains="verif")
    return list(rows.order_by("pk").values_list("verb", "actor__email", "data"))


def test_an_officer_verifies_and_takes_back_and_the_trail_keeps_both(handed_in, round_, officer):
    assert verify(officer, round_, [handed_in.pk], verified=True, note=NOTE) == 1
    one = stored(handed_in)
    assert (one.verified_by, one.verified_note) == (officer, NOTE)
    assert verify(officer, round_, [handed_in.pk], verified=False, note="台账有误") == 1
    one = stored(handed_in)
    assert (one.verified_at, one.verified_by, one.verified_note) == (None, None, "")
    assert events(handed_in) == [
        ("submission.verified", officer.email, {"note": NOTE}),
        ("submission.verification_taken_back", officer.email, {"note": "台账有误"}),
    ]


def test_verifying_twice_keeps_the_first_day_and_note(handed_in, round_, officer):
    verify(officer, round_, [handed_in.pk], verified=True, note=NOTE)
    first = stored(handed_in).verified_at
    assert verify(officer, round_, [handed_in.pk], verified=True, note="again") == 0
    assert (stored(handed_in).verified_at, stored(handed_in).verified_note) == (first, NOTE)
    assert len(events(handed_in)) == 1


def test_taking_back_asks_for_a_reason(handed_in, round_, officer):
    verify(officer, round_, [handed_in.pk], verified=True)
    with pytest.raises(Refused) as refused:
        verify(officer, round_, [handed_in.pk], verified=False, note="  ")
    assert (refused.value.code, refused.value.field) == ("no_note", "note")
    assert stored(handed_in).verified_at


@pytest.mark.parametrize("who", ["enterprise", "consultant", "outsider"])
def test_nobody_but_officers_of_the_region_verifies(cast, handed_in, round_, who):
    with pytest.raises(Refused) as refused:
        verify(cast[who], round_, [handed_in.pk], verified=True)
    assert refused.value.status == 403
    assert stored(handed_in).verified_at is None


def test_an_officer_of_another_region_does_not_verify(handed_in, round_, people, regions):
    from assessment.models import Jurisdiction

    stranger = people("shenzhen@example.cn")
    Jurisdiction.objects.create(officer=stranger, region=regions["440300"])
    with pytest.raises(Refused):
        verify(stranger, round_, [handed_in.pk], verified=True)


@pytest.mark.parametrize("who", ["officer", "operator"])
def test_where_no_names_are_shown_nothing_is_verified(cast, handed_in, round_, who):
    round_.names_visible = False
    round_.save()
    with pytest.raises(Refused):
        verify(cast[who], round_, [handed_in.pk], verified=True)


def test_with_one_draft_among_them_nothing_is_written(submission, another, round_, officer):
    with pytest.raises(Refused) as refused:
        verify(officer, round_, [another.pk, submission.pk], verified=True)
    assert refused.value.code == "not_submitted"
    assert stored(another).verified_at is None


def test_several_are_ticked_counted_and_verified(client, officer, handed_in, another, round_):
    client.force_login(officer)
    address = reverse("assessment:round-verify", args=[round_.pk])
    ticked = {"submission": [handed_in.pk, another.pk], "verified": "yes"}
    asked = client.post(address, ticked)
    assert "Mark 2 submissions as verified?" in asked.content.decode()
    assert stored(another).verified_at is None
    client.post(address, {**ticked, "confirmed": "yes", "note": NOTE})
    assert all(stored(one).verified_at for one in (handed_in, another))
    page = client.get(reverse("assessment:round-detail", args=[round_.pk]) + "?state=verified")
    assert "嘉兴他厂" in page.content.decode()
    assert not participants(round_, "not_verified").exists()


def test_a_refusal_keeps_what_was_typed_on_the_page(client, officer, handed_in, round_):
    verify(officer, round_, [handed_in.pk], verified=True)
    client.force_login(officer)
    data = {"submission": handed_in.pk, "verified": "no", "confirmed": "yes", "note": ""}
    page = client.post(reverse("assessment:round-verify", args=[round_.pk]), data)
    assert page.status_code == 409
    assert "Say why" in page.content.decode()


@pytest.mark.parametrize("who", ["enterprise", "consultant"])
def test_the_enterprise_sees_day_and_office_but_no_note(cast, as_user, handed_in, round_, who):
    verify(cast["officer"], round_, [handed_in.pk], verified=True, note=NOTE)
    page = as_user(cast[who]).get(reverse("assessment:submission-detail", args=[handed_in.pk]))
    words = page.content.decode()
    day = timezone.localdate(stored(handed_in).verified_at)
    assert f"Verified on {day} by the office of" in words
    assert NOTE not in words
    assert "Take the verification back" not in words
    told = as_user(cast[who]).get(f"/api/v1/submissions/{handed_in.pk}/")
    assert told.json()["verified_at"]
    assert NOTE not in told.content.decode()


def test_the_officer_sees_the_note_and_the_button(as_user, officer, handed_in, round_):
    verify(officer, round_, [handed_in.pk], verified=True, note=NOTE)
    page = as_user(officer).get(reverse("assessment:submission-detail", args=[handed_in.pk]))
    assert NOTE in page.content.decode()
    assert "Take the verification back" in page.content.decode()


def test_the_api_verifies_and_refuses_in_words(as_user, officer, handed_in):
    address = f"/api/v1/submissions/{handed_in.pk}/verify/"
    client = as_user(officer)
    done = client.post(address, {"verified": True}, content_type="application/json")
    assert (done.status_code, bool(done.json()["verified_at"])) == (200, True)
    back = client.post(address, {"verified": False}, content_type="application/json")
    assert (back.status_code, back.json()["code"]) == (409, "no_note")


def values(round_, **other) -> dict:
    names = ("title", "region", "instrument_version", "year", "opens_on", "closes_on")
    return {name: getattr(round_, name) for name in (*names, "names_visible")} | other


def test_what_a_round_counts_is_fixed_once_it_has_opened(officer, round_):
    with pytest.raises(Refused) as refused:
        change_round(officer, round_, **values(round_, counts="verified"))
    assert refused.value.code == "has_opened"
    round_.opens_on = timezone.localdate() + dt.timedelta(days=2)
    round_.save()
    assert change_round(officer, round_, **values(round_, counts="verified")).counts == "verified"


def test_a_round_without_names_cannot_count_verified_only(officer, round_):
    round_.opens_on = timezone.localdate() + dt.timedelta(days=2)
    round_.save()
    with pytest.raises(Refused) as refused:
        change_round(officer, round_, **values(round_, names_visible=False, counts="verified"))
    assert refused.value.field == "counts"
