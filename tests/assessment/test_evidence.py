"""Files behind answers: told by content, kept private, given out only as downloads."""

from __future__ import annotations

import hashlib

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from assessment.models import Evidence
from assessment.submit import submit

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def instrument_version(publish, request):
    """The small instrument, with a question for files and a document behind another."""
    path = request.config.rootpath / "tests/instruments/small.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    questions = document["sections"][0]["questions"]
    questions.append({"code": "E1", "kind": "evidence", "text": "台账", "max_files": 2})
    questions[2]["evidence"] = "人员名册"
    return publish(document)


@pytest.fixture
def send(client, enterprise, submission):
    def upload(data, name="台账.pdf", question="E1", user=enterprise):
        client.force_login(user)
        where = reverse("assessment:evidence-add", args=[submission.pk, question])
        return client.post(where, {"file": SimpleUploadedFile(name, data)})

    return upload


def test_a_file_is_kept_under_a_random_name_with_its_hash(send, submission, answers):
    assert send(PDF).status_code == 200
    row = Evidence.objects.get()
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "台账" not in row.file.name
    assert answers(submission)["E1"] == [f"sha256:{row.sha256} 台账.pdf"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00 program", "台账.pdf"),
        (b"<html><script>", "page.html"),
        (PDF, "picture.png"),
        (b"PK\x03\x04 broken", "table.xlsx"),
        (b"\x00\x01\x02", "text.txt"),
        (b"", "empty.pdf"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(send, data, name):
    response = send(data, name)
    assert response.status_code == 422
    assert name in response.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_too_large_is_refused(send):
    with override_settings(EVIDENCE_MAX_BYTES=10):
        assert "larger than" in send(PDF).content.decode()


def test_no_more_files_than_the_question_takes(send):
    assert [send(PDF).status_code for _file in range(3)] == [200, 200, 422]


def test_files_go_out_as_downloads_to_those_who_may_see_the_answers(send, cast, client):
    send(PDF)
    where = reverse("assessment:evidence-file", args=[Evidence.objects.get().pk])
    for who in ("enterprise", "viewer", "consultant", "operator"):
        client.force_login(cast[who])
        response = client.get(where)
        assert response["Content-Disposition"].startswith("attachment")
        assert b"".join(response.streaming_content) == PDF
    for who in ("outsider", "officer"):
        client.force_login(cast[who])
        assert client.get(where).status_code == 404


def test_a_file_can_be_taken_away_until_the_answers_are_submitted(
    send, submission, enterprise, answers, client, django_capture_on_commit_callbacks
):
    send(PDF)
    row = Evidence.objects.get()
    client.force_login(enterprise)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("assessment:evidence-remove", args=[row.pk]))
    assert not Evidence.objects.exists()
    assert not row.file.storage.exists(row.file.name)
    assert answers(submission)["E1"] is None
    send(PDF)
    submit(enterprise, submission.pk, "陈海")
    assert send(PDF).status_code == 422
    client.post(reverse("assessment:evidence-remove", args=[Evidence.objects.get().pk]))
    assert Evidence.objects.count() == 1


def test_a_document_can_stand_behind_another_answer_without_changing_it(send, submission, answers):
    assert send(PDF, question="Q3").status_code == 200
    assert answers(submission) == {}


def test_questions_that_take_no_files_have_no_address_for_them(send):
    assert send(PDF, question="Q4").status_code == 404


def test_a_viewer_adds_nothing(send, viewer):
    assert send(PDF, user=viewer).status_code == 403
    assert not Evidence.objects.exists()


def test_without_scripts_a_file_travels_with_its_section(client, enterprise, submission):
    client.force_login(enterprise)
    where = reverse("assessment:submission-section", args=[submission.pk, "basics"])
    client.post(where, {"E1.file": SimpleUploadedFile("a.pdf", PDF), "Q3.version": "0", "Q3": "1"})
    assert Evidence.objects.get().question == "E1"
