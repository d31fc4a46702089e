"""Officers open rounds and invite; enterprises find and join them."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from assessment.models import Answer, AuditEvent, Invitation, Round, Submission
from assessment.save_answer import Said, save_answer
from assessment.start import start_submission
from assessment.submit import submit


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


@pytest.fixture
def form(instrument_version):
    today = timezone.localdate()
    return {
        "title": "嘉兴 2026",
        "region": "330400",
        "instrument_version": instrument_version.pk,
        "year": "2026",
        "opens_on": (today + dt.timedelta(days=2)).isoformat(),
        "closes_on": (today + dt.timedelta(days=30)).isoformat(),
        "counts": "submitted",
    }


def test_an_officer_opens_a_round_in_the_jurisdiction(officer, client, form):
    client.force_login(officer)
    response = client.post(url("round-create"), form)
    found = Round.unguarded.get()
    assert response.url == url("round-invite", found.pk)
    assert (found.region.code, found.names_visible, found.opened_by) == ("330400", False, officer)
    assert AuditEvent.objects.get().verb == "round.opened"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"region": "440300"}, "440300"),
        ({"closes_on": "2020-01-01", "opens_on": "2019-01-01"}, "has passed"),
        ({"closes_on": timezone.localdate().isoformat()}, "close before it opens"),
    ],
)
def test_a_round_elsewhere_or_in_the_past_is_refused(officer, client, form, change, said):
    client.force_login(officer)
    text = client.post(url("round-create"), {**form, **change}).content.decode()
    assert said in text
    assert not Round.objects.exists()


def test_nobody_but_officers_opens_rounds(enterprise, client, form):
    client.force_login(enterprise)
    assert client.post(url("round-create"), form).status_code == 403


def test_a_round_can_be_changed_until_it_opens(officer, client, form, round_):
    client.force_login(officer)
    client.post(url("round-create"), form)
    coming = Round.unguarded.get(title="嘉兴 2026")
    client.post(url("round-edit", coming.pk), {**form, "title": "改名"})
    coming.refresh_from_db()
    assert coming.title == "改名"
    client.post(url("round-edit", round_.pk), {**form, "title": "改名"})
    round_.refresh_from_db()
    assert round_.title == "2026 年浙江省评估"


def test_inviting_by_filter_counts_first_and_invites_nobody_twice(
    officer, round_, organisations, client
):
    organisations("91440300708461136T", "一厂")
    organisations("91110108551385082Q", "软件", industry="I65")
    organisations("91350100M000100Y43", "深圳", region="440300")
    client.force_login(officer)
    sent = {"way": "filter", "region": "330000", "industry": "C", "size": ""}
    text = client.post(url("round-invite", round_.pk), {**sent, "action": "count"}).content.decode()
    assert "1 registered enterprises match" in text
    assert not Invitation.objects.exists()
    for _again in range(2):
        client.post(url("round-invite", round_.pk), {**sent, "action": "invite"})
    assert Invitation.objects.get().organisation.name == "一厂"


LIST = "91350100m000100y43 海宁精密\n\n12345\n91350100M000100Y43\n91110108551385082Q\n"


def test_a_list_with_faults_invites_nobody_and_names_each_line(
    officer, round_, organisation, outsider, client
):
    client.force_login(officer)
    response = client.post(url("round-invite", round_.pk), {"way": "list", "codes": LIST})
    text = response.content.decode()
    errors = response.context["codes"].errors
    assert [error.line for error in errors] == [3, 4, 5]
    assert "line 1 already" in errors[1].message
    assert "outside the round" in errors[2].message
    assert "12345" in text
    assert not Invitation.objects.exists()


def test_the_good_lines_are_invited_when_the_officer_says_so(officer, round_, organisation, client):
    client.force_login(officer)
    sent = {"way": "list", "codes": LIST, "action": "skip"}
    client.post(url("round-invite", round_.pk), sent)
    assert Invitation.objects.get().organisation == organisation


def test_a_workbook_of_codes_is_read_from_its_first_column(officer, round_, organisation, client):
    book = Workbook()
    book.active.append(["91350100M000100Y43", "海宁精密"])
    data = io.BytesIO()
    book.save(data)
    client.force_login(officer)
    file = SimpleUploadedFile("名单.xlsx", data.getvalue())
    client.post(url("round-invite", round_.pk), {"way": "list", "file": file})
    assert Invitation.objects.count() == 1


def test_a_file_that_is_no_list_says_what_to_do(officer, round_, client):
    client.force_login(officer)
    file = SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 not really")
    response = client.post(url("round-invite", round_.pk), {"way": "list", "file": file})
    assert "cannot be read" in response.content.decode()


def test_officers_see_names_only_where_the_round_says_so(officer, submission, round_, client):
    client.force_login(officer)
    page = url("round-detail", round_.pk)
    assert "海宁精密" in client.get(page).content.decode()
    Round.unguarded.update(names_visible=False)
    text = client.get(page).content.decode()
    assert "海宁精密" not in text
    assert "totals only" in text


def test_a_person_who_does_not_run_a_round_cannot_invite_to_it(enterprise, submission, client):
    client.force_login(enterprise)
    assert client.get(url("round-invite", submission.round_id)).status_code == 403


def test_somebody_from_elsewhere_does_not_find_the_round(outsider, round_, client):
    client.force_login(outsider)
    for name in ("round-detail", "round-invite", "round-edit"):
        assert client.get(url(name, round_.pk)).status_code == 404


def test_an_enterprise_finds_and_joins_an_open_round_of_its_region(
    enterprise, organisation, round_, client
):
    client.force_login(enterprise)
    assert round_.title in client.get(url("round-list")).content.decode()
    response = client.post(url("round-start", round_.pk), {"organisation": organisation.pk})
    assert response.url == url("submission-detail", Submission.unguarded.get().pk)
    client.post(url("round-start", round_.pk), {"organisation": organisation.pk})
    assert Submission.unguarded.count() == 1


def test_a_viewer_cannot_start(viewer, organisation, round_, client):
    client.force_login(viewer)
    where = url("round-start", round_.pk)
    assert client.post(where, {"organisation": organisation.pk}).status_code == 404
    assert not Submission.unguarded.exists()


def test_the_first_page_says_what_to_do_next(enterprise, submission, round_, client):
    client.force_login(enterprise)
    save_answer(enterprise, submission.pk, Said("Q3", 3, 0))
    text = client.get("/").content.decode()
    assert "Being filled in: 1 of 9" in text
    assert url("submission-continue", submission.pk) in text
    submit(enterprise, submission.pk, "陈海")
    assert (
        reverse("reports:result-detail", args=[submission.pk]) in client.get("/").content.decode()
    )


@pytest.mark.parametrize("who", ["visitor", "officer", "consultant", "operator", "outsider"])
def test_everybody_has_a_first_page(who, cast, round_, client):
    if cast[who]:
        client.force_login(cast[who])
    assert client.get("/").status_code == 200


def test_what_was_said_before_is_proposed_and_waits_for_confirmation(
    enterprise, organisation, submission, round_, client
):
    save_answer(enterprise, submission.pk, Said("Q2", {"part": 48, "whole": 120}, 0))
    save_answer(enterprise, submission.pk, Said("Q3", 20, 0))
    submit(enterprise, submission.pk, "陈海")
    later = Round.unguarded.get()
    later.pk, later.title, later.year = None, "2027 年浙江省评估", 2027
    later.save(force_insert=True)
    new = start_submission(enterprise, later, organisation)
    answer = Answer.objects.get(submission=new)
    assert (answer.question, answer.value) == ("Q2", {"part": 48, "whole": 120})
    assert answer.prefilled_from == submission
    client.force_login(enterprise)
    text = client.get(url("submission-section", new.pk, "basics")).content.decode()
    assert "Taken over from “2026 年浙江省评估”" in text
    save_answer(enterprise, new.pk, Said("Q2", {"part": 48, "whole": 120}, answer.version))
    answer.refresh_from_db()
    assert answer.prefilled_from is None
