"""Every answer is saved as it is typed; nothing is overwritten unseen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.models import Answer, AnswerChange, Submission
from assessment.submit import submit


def test_a_saved_value_comes_back_with_its_time_and_the_name_of_who_saved_it(save, submission):
    response = save("Q3", "1,200")
    data = response.json()
    assert response.status_code == 200
    assert data["version"] == 1
    assert data["value"] == 1200
    assert data["line"].endswith("saved · 陈海")
    assert data["progress"] == {"asked": 9, "answered": 1}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,200", 1200),
        ("１，２００", 1200),
        (" 1 200 人", 1200),
        ("1200 people", 1200),
        ("3.2万", 32000),
        ("0.5千", 500),
    ],
)
def test_numbers_are_taken_as_people_type_them(save, submission, answers, typed, value):
    assert save("Q3", fields={"Q3": [typed]}).status_code == 200
    assert answers(submission)["Q3"] == value


@pytest.mark.parametrize(
    ("typed", "value"), [("１２．５％", 12.5), (" 12.5 % ", 12.5), ("12.5", 12.5), ("40", 40)]
)
def test_percentages_are_taken_as_people_type_them(save, submission, answers, typed, value):
    fields = {"Q2.mode": ["percent"], "Q2.percent": [typed]}
    assert save("Q2", fields=fields).status_code == 200
    assert answers(submission)["Q2"] == value


def test_a_ratio_of_two_counts_shows_its_rate_and_the_band_with_its_ends(save):
    fields = {"Q2.mode": ["counts"], "Q2.part": ["48"], "Q2.whole": ["120"]}
    hints = [hint["text"] for hint in save("Q2", fields=fields).json()["hints"]]
    assert hints == ["Rate: 40.0 %", "Falls in (20, 40] %"]


def test_a_number_is_echoed_with_its_unit_in_the_language_of_the_page(save):
    hint = save("Q3", "1,200").json()["hints"][0]["text"]
    assert hint == "Read as 1,200 people"


def test_a_fraction_where_percent_are_asked_is_questioned_but_saved(save, submission, answers):
    data = save("Q2", fields={"Q2.mode": ["percent"], "Q2.percent": ["0.35"]}).json()
    doubt = [hint for hint in data["hints"] if hint["doubt"]]
    assert doubt[0]["instead"] == "35"
    assert answers(submission)["Q2"] == 0.35


def test_a_part_above_its_whole_is_refused_beside_the_field_and_kept_as_typed(save, submission):
    fields = {"Q2.mode": ["counts"], "Q2.part": ["130"], "Q2.whole": ["120"]}
    response = save("Q2", fields=fields)
    answer = Answer.objects.get(submission=submission, question="Q2")
    assert response.status_code == 422
    assert "130" in response.json()["error"]
    assert answer.value is None
    assert answer.typed == {"part": "130", "whole": "120"}


def test_what_was_typed_wrongly_is_still_there_after_a_reload(save, submission, client):
    save("Q3", fields={"Q3": ["about twenty"]})
    page = client.get(reverse("assessment:submission-section", args=[submission.pk, "basics"]))
    assert "about twenty" in page.content.decode()


def test_a_second_saver_sees_both_values_and_nothing_is_overwritten(
    save, submission, colleague, answers
):
    save("Q3", 10)
    response = save("Q3", 12, user=colleague, version=0)
    conflict = response.json()["conflict"]
    assert response.status_code == 409
    assert (conflict["theirs"], conflict["mine"]) == ("10 people", "12 people")
    assert conflict["their_name"] == "陈海"
    assert answers(submission)["Q3"] == 10


def test_the_second_saver_may_choose_their_own_value(save, submission, colleague, answers):
    save("Q3", 10)
    version = save("Q3", 12, user=colleague).json()["conflict"]["version"]
    assert save("Q3", 12, user=colleague, version=version).status_code == 200
    assert answers(submission)["Q3"] == 12


def test_two_people_saying_the_same_do_not_conflict(save, colleague):
    save("Q3", 10)
    assert save("Q3", 10, user=colleague).status_code == 200


def test_a_late_save_of_the_same_page_does_not_undo_a_later_one(save, submission, answers):
    save("Q3", 12, device="tab", counter=2)
    response = save("Q3", 1, device="tab", counter=1)
    assert response.status_code == 200
    assert response.json()["value"] == 12
    assert answers(submission)["Q3"] == 12


def test_one_page_may_save_again_before_it_heard_of_its_first_save(save, submission, answers):
    save("Q3", 1, device="tab", counter=1)
    assert save("Q3", 12, device="tab", counter=2, version=0).status_code == 200
    assert answers(submission)["Q3"] == 12


def test_two_tabs_of_one_person_do_not_overwrite_each_other_unseen(save, submission, answers):
    save("Q3", 1, device="first", counter=1)
    assert save("Q3", 2, device="second", counter=9).status_code == 409
    assert answers(submission)["Q3"] == 1


def test_every_value_an_answer_had_stands_in_the_trail(save, submission, colleague):
    save("Q3", 10)
    save("Q3", 12, user=colleague, version=1)
    trail = AnswerChange.objects.filter(submission=submission, question="Q3")
    assert list(trail.values_list("value", "version")) == [(10, 1), (12, 2)]


def test_typing_on_is_one_line_of_the_trail(save, submission):
    for counter, value in enumerate(["1", "12", "120"], start=1):
        save("Q3", value, device="tab", counter=counter, version=counter - 1)
    trail = AnswerChange.objects.filter(submission=submission, question="Q3")
    assert list(trail.values_list("value", flat=True)) == [120]


def test_not_known_and_not_applicable_are_neither_empty_nor_zero(save, submission, answers):
    save("Q3", fields={"Q3.state": ["unknown"], "Q3": ["5"]})
    save("S2", fields={"S2.state": ["not_applicable"], "S2.reason": ["不采购"]})
    assert answers(submission) == {"Q3": {"unknown": True}, "S2": {"not_applicable": "不采购"}}


def test_not_applicable_needs_a_reason(save):
    response = save("S2", fields={"S2.state": ["not_applicable"]})
    assert response.status_code == 422
    assert "why" in response.json()["error"]


def test_an_exclusive_option_with_others_is_refused(save):
    assert save("Q1", fields={"Q1": ["A", "B"]}).status_code == 422


def test_a_question_becomes_asked_when_the_answer_it_hangs_on_is_given(save):
    assert "Q8" not in save("Q5", "A").json()["asked"]
    assert "Q8" in save("Q5", "C", version=1).json()["asked"]


@pytest.mark.parametrize("raw", ["2026/5/1", "2026年5月1日", "2026-05-01", "２０２６．５．１"])
def test_dates_are_taken_as_people_type_them(save, submission, answers, raw):
    save("Q5", "C")
    assert save("Q8", raw).status_code == 200
    assert answers(submission)["Q8"] == "2026-05-01"


def test_a_viewer_is_refused_in_words(save, viewer, submission, answers):
    response = save("Q3", 1, user=viewer)
    assert response.status_code == 403
    assert "owner or editor" in response.json()["error"]
    assert answers(submission) == {}


@pytest.mark.parametrize("who", ["outsider", "officer"])
def test_somebody_from_outside_finds_nothing(save, cast, who):
    assert save("Q3", 1, user=cast[who]).status_code == 404


def test_a_consultant_reads_but_does_not_write(save, consultant):
    assert save("Q3", 1, user=consultant).status_code == 403


def test_without_a_session_a_save_is_answered_401_and_not_with_a_page(client, submission):
    response = client.post(
        reverse("assessment:answer-save", args=[submission.pk, "Q3"]),
        "{}",
        content_type="application/json",
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.status_code == 401
    assert response.content == b""


def test_after_the_round_closed_answers_are_refused_with_words(save, round_, submission):
    type(round_).unguarded.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    response = save("Q3", 1)
    assert response.status_code == 409
    assert "closed on" in response.json()["error"]


def test_after_submission_answers_are_locked(save, submission, enterprise, answers):
    save("Q3", 1)
    submit(enterprise, submission.pk, "陈海")
    response = save("Q3", 2, version=1)
    assert response.status_code == 409
    assert Submission.unguarded.get().receipt in response.json()["error"]
    assert answers(submission)["Q3"] == 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"version": "x"}', '{"fields": 3}', '{"version": -1, "value": 1}']
)
def test_a_request_that_is_none_is_told_so(client, enterprise, submission, body):
    client.force_login(enterprise)
    url = reverse("assessment:answer-save", args=[submission.pk, "Q3"])
    assert client.post(url, body, content_type="application/json").status_code == 400


def test_an_unknown_question_is_not_found(save):
    assert save("NOPE", 1).status_code == 404


def test_a_percentage_given_directly_is_echoed_as_it_was_given(save):
    data = save("Q2", fields={"Q2.mode": ["percent"], "Q2.percent": ["12.25"]}).json()
    assert data["hints"][0]["text"] == "Read as 12.25 %"
    assert data["words"] == "12.25 %"
