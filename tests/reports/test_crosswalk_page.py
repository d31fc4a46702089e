"""The same answers under other questionnaires: shares, what remains, partial scores."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).resolve().parents[1] / "instruments" / "small.yaml"


@pytest.fixture
def instrument_version(publish):
    """The small instrument, its questions bound to indicators."""
    document = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    for section in document["sections"]:
        for question in section["questions"]:
            question["indicator"] = f"i-{question['code'].lower()}"
    return publish(document)


def twin(version, code: str) -> dict:
    document = copy.deepcopy(version.definition)
    document["code"] = code
    return document


def test_a_twin_is_covered_and_a_stranger_is_not(client, scored, enterprise, publish):
    version = scored.submission.round.instrument_version
    publish(twin(version, "twin"))
    stranger = twin(version, "stranger")
    for section in stranger["sections"]:
        for question in section["questions"]:
            question.pop("indicator", None)
    publish(stranger)
    from reports.building.crosswalk import crosswalk

    rows = {row.version.instrument.code: row for row in crosswalk(scored.submission)}
    assert set(rows) == {"twin", "stranger"}
    assert rows["twin"].total == scored.total
    assert rows["stranger"].total is None
    assert not rows["stranger"].covered
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    html = client.get(f"/results/{scored.submission.pk}/crosswalk/").content.decode()
    assert "Nothing covered" in html


def test_half_is_needed_for_a_score_and_it_is_called_partial(client, scored, enterprise, publish):
    version = scored.submission.round.instrument_version
    part = twin(version, "part")
    questions = [q for s in part["sections"] for q in s["questions"]]
    questions[0].pop("indicator")
    publish(part)
    from reports.building.crosswalk import ENOUGH, crosswalk

    (row,) = crosswalk(scored.submission)
    assert 0 < row.share < 1
    assert (row.total is not None) == (row.share >= ENOUGH)
    assert questions[0]["text"] in row.open
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    html = client.get(f"/results/{scored.submission.pk}/crosswalk/").content.decode()
    assert ("Partial score" in html) == (row.total is not None)
    assert questions[0]["text"].get("en", questions[0]["text"]["zh"]) in html


def test_the_result_page_leads_to_it(client, scored, enterprise):
    client.force_login(enterprise)
    html = client.get(f"/results/{scored.submission.pk}/").content.decode()
    assert f"/results/{scored.submission.pk}/crosswalk/" in html
