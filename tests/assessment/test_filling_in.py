"""The pages of a submission: task list, sections without scripts, checking, submitting."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment import signals
from assessment.models import Answer, AuditEvent, Submission
from assessment.save_answer import Said, save_answer
from assessment.sheet import for_pages, sheet_of
from assessment.submit import submit

COMPLETE = {
    "Q1": ["B", "C"],
    "Q2": {"part": 48, "whole": 120},
    "Q3": 20,
    "Q4": True,
    "S1": 3,
    "S2": {"not_applicable": "不采购"},
    "Q5": "B",
}


@pytest.fixture
def answered(submission, enterprise):
    for code, value in COMPLETE.items():
        save_answer(enterprise, submission.pk, Said(code, value, 0))
    return submission


def page(client, name, submission, *args):
    return client.get(reverse(f"assessment:{name}", args=[submission.pk, *args]))


def progress(submission, user):
    rows = for_pages(Submission.objects.visible_to(user))
    return sheet_of(rows.get(pk=submission.pk), user).progress


def test_the_task_list_says_in_words_how_each_section_stands(submission, enterprise, client):
    client.force_login(enterprise)
    assert [s.state for s in progress(submission, enterprise).sections] == ["not_started"] * 2
    save_answer(enterprise, submission.pk, Said("Q3", 1, 0))
    assert progress(submission, enterprise).sections[0].state == "in_progress"
    for code in ("Q1", "Q2"):
        save_answer(enterprise, submission.pk, Said(code, COMPLETE[code], 0))
    save_answer(enterprise, submission.pk, Said("Q4", {"unknown": True}, 0))
    assert progress(submission, enterprise).sections[0].state == "to_confirm"
    save_answer(enterprise, submission.pk, Said("Q4", True, 1))
    assert progress(submission, enterprise).sections[0].state == "done"
    assert "Done" in page(client, "submission-detail", submission).content.decode()


def test_going_on_leads_to_the_first_unanswered_question(submission, enterprise, client):
    client.force_login(enterprise)
    save_answer(enterprise, submission.pk, Said("Q1", ["B"], 0))
    response = page(client, "submission-continue", submission)
    assert response.url.endswith("/sections/basics/#question-Q2")


def test_going_on_when_all_is_answered_leads_to_checking(answered, enterprise, client):
    client.force_login(enterprise)
    assert page(client, "submission-continue", answered).url.endswith("/check/")


def test_a_section_can_be_filled_in_without_scripts(submission, enterprise, client, answers):
    client.force_login(enterprise)
    url = reverse("assessment:submission-section", args=[submission.pk, "basics"])
    versions = {f"Q{n}.version": "0" for n in range(1, 5)}
    sent = {**versions, "Q1": ["B", "C"], "Q2.mode": "counts", "Q2.part": "48", "Q2.whole": "120"}
    response = client.post(url, {**sent, "Q3": "２０", "Q4": "yes"})
    assert response.url.endswith("/sections/practice/")
    assert answers(submission) == {c: COMPLETE[c] for c in ("Q1", "Q2", "Q3", "Q4")}


def test_two_faults_are_named_on_top_and_what_was_typed_is_kept(submission, enterprise, client):
    client.force_login(enterprise)
    url = reverse("assessment:submission-section", args=[submission.pk, "basics"])
    versions = {f"Q{n}.version": "0" for n in range(1, 5)}
    response = client.post(
        url,
        {**versions, "Q2.mode": "counts", "Q2.part": "130", "Q2.whole": "120", "Q3": "zwanzig"},
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in text
    assert 'href="#question-Q2"' in text
    assert 'href="#question-Q3"' in text
    assert 'value="130"' in text
    assert 'value="zwanzig"' in text


def test_without_scripts_a_conflict_shows_both_values(
    submission, enterprise, colleague, client, answers
):
    save_answer(colleague, submission.pk, Said("Q3", 7, 0))
    client.force_login(enterprise)
    url = reverse("assessment:submission-section", args=[submission.pk, "basics"])
    text = client.post(url, {"Q3.version": "0", "Q3": "9"}).content.decode()
    assert "Saved by 林梅" in text
    assert "9 people" in text
    assert answers(submission)["Q3"] == 7


def test_the_check_page_tells_empty_not_known_and_not_applicable_apart(
    submission, enterprise, client
):
    save_answer(enterprise, submission.pk, Said("Q3", {"unknown": True}, 0))
    save_answer(enterprise, submission.pk, Said("S2", {"not_applicable": "不采购"}, 0))
    client.force_login(enterprise)
    text = page(client, "submission-check", submission).content.decode()
    assert "Not known" in text
    assert "Does not apply (不采购)" in text
    assert "Not filled in" in text


def test_a_contradiction_stands_beside_the_answers_it_concerns(submission, enterprise, client):
    save_answer(enterprise, submission.pk, Said("Q1", ["A"], 0))
    save_answer(enterprise, submission.pk, Said("Q4", True, 0))
    client.force_login(enterprise)
    text = page(client, "submission-check", submission).content.decode()
    assert text.count("Cloud services without any network") == 2


def test_a_change_from_the_check_page_returns_to_it(submission, enterprise, client):
    client.force_login(enterprise)
    url = reverse("assessment:submission-section", args=[submission.pk, "basics"])
    assert client.post(url, {"Q3.version": "0", "Q3": "9", "back": "check"}).url.endswith("/check/")


def test_submitting_freezes_answers_profile_and_pledge(answered, enterprise, client):
    client.force_login(enterprise)
    url = reverse("assessment:submission-submit", args=[answered.pk])
    response = client.post(url, {"pledge_name": " 陈  海 "})
    done = Submission.unguarded.get()
    assert response.url.endswith("/receipt/")
    assert done.state == "submitted"
    assert done.answers_json == COMPLETE
    assert done.answers_coded
    assert done.profile["region"] == "330400"
    assert done.profile["size"] == "small"
    assert done.profile["year"] == 2026
    assert done.pledge_name == "陈 海"
    assert "海宁精密" in done.pledge_text
    assert done.receipt in client.get(response.url).content.decode()


def test_submitting_twice_gives_one_receipt_and_one_signal(answered, enterprise, client):
    heard = []
    listener = lambda **data: heard.append(data["submission"].pk)  # noqa: E731
    signals.submitted.connect(listener)
    client.force_login(enterprise)
    url = reverse("assessment:submission-submit", args=[answered.pk])
    first = client.post(url, {"pledge_name": "陈海"})
    receipt = Submission.unguarded.get().receipt
    second = client.post(url, {"pledge_name": "陈海"})
    signals.submitted.disconnect(listener)
    assert first.url == second.url
    assert Submission.unguarded.get().receipt == receipt
    assert heard == [answered.pk]
    assert AuditEvent.objects.filter(verb="submission.submitted").count() == 1


def test_submitting_needs_a_name_under_the_pledge(answered, enterprise, client):
    client.force_login(enterprise)
    response = client.post(reverse("assessment:submission-submit", args=[answered.pk]), {})
    assert response.status_code == 409
    assert "Type your name" in response.content.decode()
    assert Submission.unguarded.get().state == "draft"


def test_an_answer_that_cannot_be_read_stops_submitting(answered, enterprise, client):
    save_answer(enterprise, answered.pk, Said("Q3", "viele", 1))
    client.force_login(enterprise)
    url = reverse("assessment:submission-submit", args=[answered.pk])
    assert "cannot be read" in client.post(url, {"pledge_name": "陈海"}).content.decode()
    assert Submission.unguarded.get().state == "draft"


def test_answers_to_questions_no_longer_asked_are_not_handed_in(answered, enterprise):
    save_answer(enterprise, answered.pk, Said("Q5", "C", 1))
    save_answer(enterprise, answered.pk, Said("Q8", "2026-05-01", 0))
    save_answer(enterprise, answered.pk, Said("Q5", "B", 2))
    assert "Q8" not in submit(enterprise, answered.pk, "陈海").answers_json


def test_a_closed_round_keeps_the_draft_readable_but_refuses_to_submit(
    answered, enterprise, client, round_
):
    type(round_).unguarded.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    client.force_login(enterprise)
    assert (
        "can be read but not changed"
        in page(client, "submission-detail", answered).content.decode()
    )
    url = reverse("assessment:submission-submit", args=[answered.pk])
    assert "closed on" in client.post(url, {"pledge_name": "陈海"}).content.decode()
    assert Submission.unguarded.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("submission-detail", []),
        ("submission-continue", []),
        ("submission-section", ["basics"]),
        ("submission-check", []),
        ("submission-receipt", []),
    ],
)
def test_outsiders_find_no_page_of_a_submission(name, args, submission, cast, client):
    for who in ("outsider", "officer"):
        client.force_login(cast[who])
        assert page(client, name, submission, *args).status_code == 404
    for who in ("viewer", "consultant", "colleague", "operator"):
        client.force_login(cast[who])
        assert page(client, name, submission, *args).status_code in (200, 302)


def test_viewers_and_consultants_cannot_submit(answered, viewer, consultant, client):
    for user in (viewer, consultant):
        client.force_login(user)
        client.post(
            reverse("assessment:submission-submit", args=[answered.pk]), {"pledge_name": "x"}
        )
    assert Submission.unguarded.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "args"),
    [("submission-detail", []), ("submission-section", ["basics"]), ("submission-check", [])],
)
def test_pages_ask_the_database_equally_often_however_much_is_answered(
    name, args, submission, enterprise, client
):
    def queries():
        page(client, name, submission, *args)
        with CaptureQueriesContext(connection) as found:
            page(client, name, submission, *args)
        return len(found)

    client.force_login(enterprise)
    empty = queries()
    for code, value in COMPLETE.items():
        save_answer(enterprise, submission.pk, Said(code, value, 0))
    assert queries() == empty <= 15


def test_pages_are_chinese_in_chinese(answered, enterprise, client):
    client.force_login(enterprise)
    client.cookies["django_language"] = "zh-hans"
    text = page(client, "submission-section", answered, "basics").content.decode()
    assert 'lang="zh-CN"' in text
    assert Answer.objects.count() == 7
