"""Facts for the matching of support rules: typed, guarded, unknown when not given."""

from __future__ import annotations

import json

import pytest

from assessment.facts.fields import fact_fields
from assessment.facts.known import known_facts
from assessment.facts.saving import FactSaid, save_facts
from assessment.models import Fact, FactChange
from questionnaires.models import Indicator, Policy, Source

pytestmark = pytest.mark.django_db
WAN = {"zh": "万元", "en": "CNY 10,000"}


@pytest.fixture
def rules(db):
    """Two rules that read a yes-or-no fact, spending, and contracts one by one."""
    source = Source.objects.create(code="notice", title={"zh": "通知", "en": "Notice"})
    for code, unit in (("recognised", ""), ("spending", "万元"), ("contract", "万元")):
        Indicator.objects.create(
            code=code, concept=code, name={"zh": code, "en": code}, level="enterprise",
            unit=unit, unit_name=WAN if unit else {}, source=source,
            groups=[{"zh": "研发", "en": "R&D"}] if code != "contract" else [],
        )  # fmt: skip
    common = {
        "source": source, "locator": "一", "area": "CN", "audience": "enterprise",
        "kind": "grant", "valid_from": "2015",
    }  # fmt: skip
    Policy.objects.create(
        code="research", title={"zh": "研发补助", "en": "Research grant"}, position=1,
        inputs=["recognised", "spending", "profile.size"],
        conditions=[
            {"text": {"zh": "经认定", "en": "Recognised"}, "when": '"recognised" = 1'},
            {"text": {"zh": "超过一千万", "en": "Above"}, "when": '"spending" > 1000'},
        ],
        benefit={"amount": {"kind": "percent", "value": "50", "of": "spending"}}, **common,
    )  # fmt: skip
    Policy.objects.create(
        code="tenders", title={"zh": "中标奖励", "en": "Tender award"}, position=2,
        inputs=["contract"],
        conditions=[{"text": {"zh": "六百万", "en": "600"}, "when": '"contract" >= 600'}],
        benefit={"amount": {"kind": "percent", "value": "5", "of": "contract", "cap": "100",
                            "each_from": "600", "per": "project"}}, **common,
    )  # fmt: skip


def save(actor, organisation, indicator, raw, year=None, version=0, **more):
    said = FactSaid(indicator, raw, year, version, **more)
    return save_facts(actor, organisation, [said])[0]


def test_every_indicator_that_a_rule_reads_is_a_fact_in_its_group(rules):
    fields = fact_fields()
    assert [(f.code, f.group["en"], f.question.kind) for f in fields.values()] == [
        ("recognised", "R&D", "yes_no"),
        ("spending", "R&D", "number"),
        ("contract", "Other", "text"),
    ]
    assert [rule.code for rule in fields["spending"].rules] == ["research"]


def test_a_fact_is_read_like_an_answer_and_its_trail_kept(rules, enterprise, organisation):
    first = save(enterprise, organisation, "spending", "１,２００ 万元", "2024")
    assert (first.fact.value, first.fact.year, first.fact.version) == (1200, 2024, 1)
    again = save(enterprise, organisation, "spending", "0", "2024", version=1)
    assert (again.fact.value, again.fact.version) == (0, 2)
    assert list(FactChange.objects.values_list("value", flat=True)) == [1200, 0]


def test_what_cannot_be_read_is_kept_as_typed_and_counts_as_unknown(
    rules, enterprise, organisation
):
    for raw, year in (("a lot", ""), ("-5", ""), ("5", "99")):
        outcome = save(enterprise, organisation, "spending", raw, year)
        assert outcome.read.error
        assert outcome.fact.value is None
        assert outcome.fact.typed == {"value": raw, "year": year}
        assert known_facts(organisation, fact_fields(), None) == {}
        Fact.objects.all().delete()


def test_several_cases_are_one_number_a_line(rules, enterprise, organisation):
    assert save(enterprise, organisation, "contract", "700\n1,000；5").fact.value == [700, 1000, 5]
    wrong = save(enterprise, organisation, "contract", "700\nmany", version=1)
    assert wrong.read.error
    assert wrong.fact.value is None


def test_unknown_is_neither_zero_nor_no_and_hides_nothing_else(rules, enterprise, organisation):
    save(enterprise, organisation, "recognised", {"unknown": True})
    save(enterprise, organisation, "spending", 0)
    known = known_facts(organisation, fact_fields(), None)
    assert "recognised" not in known
    assert known["spending"].value == 0


def test_two_people_do_not_overwrite_each_other_unseen(
    rules, enterprise, colleague, organisation, client
):
    save(enterprise, organisation, "spending", 5)
    late = save(colleague, organisation, "spending", 6)
    assert late.conflict
    assert Fact.objects.get().value == 5
    client.force_login(colleague)
    body = {"fields": {"spending": ["6"]}, "version": 0}
    answer = client.post(
        f"/organisations/{organisation.pk}/facts/spending/", json.dumps(body), "application/json"
    )
    assert answer.status_code == 409
    assert answer.json()["conflict"]["fields"]["spending"] == ["5"]


def test_the_page_saves_each_fact_and_says_why_it_is_asked(rules, enterprise, organisation, client):
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    address = f"/organisations/{organisation.pk}/facts/"
    html = client.get(address).content.decode()
    assert "Asked because 1 rule uses it" in html
    assert "Research grant" in html
    body = {"fields": {"recognised": ["yes"], "recognised.year": [""]}, "version": 0}
    saved = client.post(f"{address}recognised/", json.dumps(body), "application/json").json()
    assert (saved["version"], saved["error"]) == (1, "")
    assert saved["progress"] == {"asked": 3, "answered": 1}
    form = {"recognised.version": 1, "recognised": "no", "spending.version": 0, "spending": "x"}
    html = client.post(address, form).content.decode()
    assert "There is a problem" in html
    assert Fact.objects.get(indicator="recognised").value is False


def test_a_value_answered_before_is_shown_with_its_round_until_it_is_confirmed(
    rules, enterprise, organisation, client, submission
):
    question = submission.round.instrument_version.definition["sections"][0]["questions"][0]
    assert question  # the small instrument asks for none of these facts
    from assessment.facts.known import Known
    from assessment.facts.page import groups_of

    fields = fact_fields()
    groups = groups_of(fields, {}, {"spending": Known(7, 2025, "2025 年")})
    page = next(p for g in groups for p in g.pages if p.code == "spending")
    assert (page.text, page.year, page.answered_in, page.version) == ("7", "2025", "2025 年", 0)
    fact = save(enterprise, organisation, "spending", 9).fact
    groups = groups_of(fields, {"spending": fact}, {"spending": Known(7, 2025, "2025 年")})
    page = next(p for g in groups for p in g.pages if p.code == "spending")
    assert (page.text, page.answered_in) == ("9", "")


def test_answers_to_the_same_indicator_in_the_same_unit_are_known(rules, monkeypatch):
    from types import SimpleNamespace

    from assessment.facts import known
    from tests.scoring.test_crosswalk import instrument, question

    asked = [
        {**question("number", "a", unit=WAN), "indicator": "spending"},
        {**question("yes_no", "b"), "indicator": "recognised"},
        {**question("number", "c", unit="%"), "indicator": "contract"},
    ]
    monkeypatch.setattr(known, "definition_of", lambda version: instrument("x", asked))
    round_ = SimpleNamespace(instrument_version=None, year=2026, title="2026 年")
    submission = SimpleNamespace(round=round_, answers_json={"a": 12, "b": False, "c": 5})
    found = known.known_answers(fact_fields(), submission)
    assert {code: one.value for code, one in found.items()} == {"spending": 12, "recognised": False}
    assert found["spending"].answered_in == "2026 年"


def test_the_api_reads_and_writes_facts(rules, enterprise, organisation, client):
    client.force_login(enterprise)
    address = f"/api/v1/facts/{organisation.pk}/"
    put = {"data": {"value": [700, 900], "year": 2024, "version": 0}}
    answer = client.put(f"{address}contract/", put["data"], "application/json")
    assert (answer.status_code, answer.json()["value"]) == (200, [700, 900])
    stale = client.put(f"{address}contract/", {"value": [1], "version": 0}, "application/json")
    assert (stale.status_code, stale.json()["conflict"]) == (409, True)
    rows = {row["indicator"]: row for row in client.get(address).json()}
    assert rows["spending"]["value"] is None
    assert rows["contract"]["rules"] == ["tenders"]
