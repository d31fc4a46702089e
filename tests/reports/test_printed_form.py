"""The printable form: every question, boxes and blanks, notice, version, hash and page x / y."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from reports.printing import form
from tests.conftest import unavailable

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        unavailable("pdftotext")
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return run.stdout.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_holds_every_question_and_says_which_version_it_is(instrument_version, language):
    text = text_of(form(instrument_version, language)).replace(" ", "").replace("\n", "")
    for section in instrument_version.definition["sections"]:
        for question in section["questions"]:
            words = question["text"].get(language) or question["text"]["zh"]
            if language == "zh":
                assert words[:8].replace(" ", "") in text
            for option in question.get("options") or []:
                assert option["text"]["zh"][:6].replace(" ", "") in text or language == "en"
    assert instrument_version.sha256 in text
    assert instrument_version.label in text
    assert "□" in text
    assert "○" in text


def test_the_same_version_gives_the_same_bytes(instrument_version):
    assert form(instrument_version) == form(instrument_version)


def test_the_address_gives_the_version_and_language_asked_for(client, instrument_version):
    address = f"/catalogue/instruments/{instrument_version.instrument.code}/form.pdf"
    response = client.get(address, {"language": "en"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].endswith('_en.pdf"')
    assert client.get(address, {"version": "0"}).status_code == 404
