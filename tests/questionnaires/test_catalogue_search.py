"""Search over everything, the glossary, and what changed between two versions."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questionnaires.changes import changes
from questionnaires.glossary import GLOSSARY
from questionnaires.models import Advice, Figure, Indicator, Policy, Source
from questionnaires.searching import search

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def something(regions, instrument_version):
    """One entry of each kind that says 云 or cloud."""
    source = Source.objects.create(code="cloud-plan", title={"zh": "上云规划", "en": "Cloud plan"})
    indicator = Indicator.objects.create(
        code="cloud-rate", concept="cloud", name={"zh": "上云率", "en": "Cloud rate"}, level="both",
        unit="%", source=source,
    )  # fmt: skip
    for area in ("CN", "330000"):
        Figure.objects.create(
            code=f"cloud-{area.lower()}", indicator=indicator, area=area, period="2020", year=2020,
            value=30, kind="target", source=source, locator="1", status="official",
        )  # fmt: skip
    Policy.objects.create(
        code="cloud-grant", title={"zh": "上云补助", "en": "Grant for the cloud"}, source=source,
        locator="3", area="CN", audience="enterprise", kind="grant", valid_from="2020",
    )  # fmt: skip
    Advice.objects.create(
        code="to-cloud", title={"zh": "先上云", "en": "First the cloud"}, source=source,
        locator="3", text={"zh": "……"}, audience="enterprise", nature="policy",
    )  # fmt: skip


@pytest.mark.parametrize("words", ["上云", "cloud", "CLOUD"])
def test_every_kind_is_found_in_either_language(something, words):
    counts = {group.kind: group.count for group in search(words)}
    counts.pop("questions", None)  # the test questionnaire asks about clouds too
    assert counts == {"indicators": 1, "figures": 2, "sources": 1, "policies": 1, "advice": 1}


def test_all_words_must_occur_and_areas_count(something):
    assert {g.kind: g.count for g in search("上云 浙江")} == {"figures": 1}
    assert search("上云 没有这个词") == []
    assert search("   ") == []


def test_questions_and_the_glossary_are_searched(something, instrument_version):
    question = instrument_version.definition["sections"][0]["questions"][0]
    (group,) = [g for g in search(question["text"]["zh"]) if g.kind == "questions"]
    assert group.hits[0].url.endswith(f"#q-{question['code']}")
    assert "glossary" in {group.kind for group in search("口径")}


def test_each_group_leads_to_a_list_with_the_same_count(client, something):
    client.cookies["django_language"] = "en"
    for group in search("cloud"):
        html = client.get(group.url).content.decode()
        assert int(re.search(r'role="status">(\d+)', html)[1]) == group.count, group.kind


def test_a_search_costs_the_same_however_much_it_finds(client, something):
    costs = []
    for words in ("cloud", "云", "nothing-like-it"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/catalogue/search/", {"q": words}).status_code == 200
        costs.append(len(queries))
    assert max(costs) <= 24


@pytest.mark.parametrize("words", ["%", "_", "'", "\x00", "<script>", "a" * 500, "\\"])
def test_odd_words_break_nothing_and_are_shown_as_text(client, something, words):
    response = client.get("/catalogue/search/", {"q": words})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_the_document_and_the_page_say_the_same_words(client):
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [tuple(c.strip() for c in line.strip("|\n").split("|")) for line in text.splitlines()
            if line.startswith("|")][2:]  # fmt: skip
    assert rows == [(t.term["en"], t.term["zh"], t.meaning["en"]) for t in GLOSSARY]
    client.cookies["django_language"] = "zh-hans"
    page = client.get("/catalogue/glossary/").content.decode()
    assert all(term.meaning["zh"] in page for term in GLOSSARY)


# --- versions ---------------------------------------------------------------------------------


@pytest.fixture
def definition(instrument_version) -> dict:
    return instrument_version.definition


def test_the_same_version_has_no_changes(definition):
    assert changes(definition, copy.deepcopy(definition)) == []


def test_questions_points_and_levels_that_differ_are_told(definition):
    new = copy.deepcopy(definition)
    questions = new["sections"][0]["questions"]
    removed = questions.pop()
    questions[0]["text"] = {"zh": "新的题面", "en": "New wording"}
    questions[0]["options"][0]["points"] = 99
    questions.append({**questions[0], "code": "Q_NEW"})
    new["levels"]["steps"][0]["name"] = {"zh": "新名", "en": "New name"}
    found = {(c.kind, c.how, c.code): c for c in changes(definition, new)}
    assert ("question", "removed", removed["code"]) in found
    assert ("question", "added", "Q_NEW") in found
    details = found["question", "changed", questions[0]["code"]].details
    assert details[0].after == "New wording"
    assert any("99 points" in detail.after for detail in details)
    level = found["level", "changed", new["levels"]["steps"][0]["code"]]
    assert level.details[0].after == "New name"


def test_the_change_log_compares_each_version_with_the_one_before(client, publish):
    path = ROOT / "tests/instruments/small.yaml"
    first = yaml.safe_load(path.read_text(encoding="utf-8"))
    publish(first)
    second = copy.deepcopy(first) | {"version": "9.1", "title": {"zh": "新标题", "en": "New title"}}
    publish(second)
    client.cookies["django_language"] = "en"
    page = f"/catalogue/instruments/{first['code']}/changes/"
    html = client.get(page).content.decode()
    assert f"9.1 against {first['version']}" in html
    assert "<ins>New title</ins>" in html
    both = client.get(page, {"from": first["version"], "to": "9.1"})
    assert "<ins>New title</ins>" in both.content.decode()
    assert client.get(page, {"from": "0", "to": "9.1"}).status_code == 404
