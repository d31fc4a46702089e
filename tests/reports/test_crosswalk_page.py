"""The same answers under other questionnaires: shares, what remains, ends of the scores."""

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

    rows = {row.code: row for row in crosswalk(scored.submission)}
    assert set(rows) == {"twin", "stranger"}
    assert rows["twin"].low == scored.total <= rows["twin"].high
    assert not rows["stranger"].has_result
    assert not rows["stranger"].covered
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    html = client.get(f"/results/{scored.submission.pk}/crosswalk/").content.decode()
    assert "Nothing covered" in html


def test_the_page_gives_both_ends_and_what_remains(client, scored, enterprise, publish):
    version = scored.submission.round.instrument_version
    part = twin(version, "part")
    questions = {q["code"]: q for s in part["sections"] for q in s["questions"]}
    questions["Q1"].pop("indicator")
    publish(part)
    from reports.building.crosswalk import crosswalk

    (row,) = crosswalk(scored.submission)
    assert 0 < row.percent < 100
    assert row.low < row.high
    assert questions["Q1"]["text"] in row.open
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    html = client.get(f"/results/{scored.submission.pk}/crosswalk/").content.decode()
    assert "Full score between" in html
    assert f"Covers {row.percent.normalize():f} % of the points" in html
    assert questions["Q1"]["text"]["en"] in html


def test_the_result_page_leads_to_it(client, scored, enterprise):
    client.force_login(enterprise)
    html = client.get(f"/results/{scored.submission.pk}/").content.decode()
    assert f"/results/{scored.submission.pk}/crosswalk/" in html
