"""Support rules beside an enterprise: what matches, what fails and why, what is not known."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from assessment.facts.saving import FactSaid, save_facts
from questionnaires.models import Indicator, Policy, Source
from reports.building.annexes import with_annexes
from reports.building.support import support_block, support_rows
from reports.report import build
from scoring.support import support_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
WAN = {"zh": "万元", "en": "CNY 10,000"}


def rule(code: str, *conditions: tuple[str, str], **more) -> Policy:
    amount = more.pop("amount", {"kind": "fixed", "value": "50", "per": "once"})
    parts = [{"text": {"zh": zh, "en": zh}, "when": when} for zh, when in conditions]
    inputs = sorted(
        {w.split('"')[1] for _zh, w in conditions if '"' in w} | {*more.pop("reads", ())}
    )
    return Policy.objects.create(
        code=code, title={"zh": code, "en": code}, source=Source.objects.get(code="notice"),
        locator="（一）", audience=more.pop("audience", "enterprise"), area=more.pop("area", "CN"),
        kind="grant", valid_from="2015", conditions=parts, inputs=inputs,
        benefit={"text": {"zh": "给钱", "en": "Money"}, "amount": amount} | more.pop("caps", {}),
        payer={"zh": "省财政厅", "en": "Finance department"}, **more,
    )  # fmt: skip


@pytest.fixture
def rules(db):
    """Rules that end in every state for a firm in Zhejiang that spends 2,000 on research."""
    source = Source.objects.create(code="notice", title={"zh": "通知", "en": "Notice"})
    for code, unit in (("recognised", ""), ("rd", "万元"), ("sales", "万元"), ("rent", "万元")):
        Indicator.objects.create(
            code=code, concept=code, name={"zh": f"项{code}", "en": code}, level="enterprise",
            unit=unit, unit_name=WAN if unit else {}, source=source,
        )  # fmt: skip
    percent = {
        "kind": "percent", "value": "50", "of": "rd", "per": "year",
        "beyond": {"percent": "10", "of": "sales"},
    }  # fmt: skip
    rule("met", ("研发", '"rd" > 1000'), amount=percent, caps={"cap_year": "100"}, reads=["sales"])
    rule("near", ("强度", '"rd" > 0.5 * "sales"'), ("多", '"rd" > 1000'), reads=["sales"])
    rule("far", ("认定", '"recognised" = 1'), ("强度", '"rd" > 9000'))
    rule("open", ("租金", '"rent" > 0'))
    rule("elsewhere", ("研发", '"rd" > 0'), area="350000")
    rule("park", ("研发", '"rd" > 0'), audience="operator")
    rule("person", ("研发", '"rd" > 0'), needs_person=[{"text": {"zh": "有疑问", "en": "Unclear"}}])


@pytest.fixture
def told(rules, enterprise, organisation):
    """The facts the firm has entered; its rent is left open."""
    facts = {"rd": 2000, "sales": 12000, "recognised": False}
    save_facts(enterprise, organisation, [FactSaid(code, value) for code, value in facts.items()])
    return organisation


def rows_of(organisation) -> dict:
    return {row.code: row for row in support_rows(support_of(organisation, today=DAY))}


def test_each_rule_is_in_its_state(told):
    states = {code: row.state for code, row in rows_of(told).items()}
    assert states == {
        "met": "met", "near": "not_met", "far": "not_met", "open": "unknown",
        "elsewhere": "not_met", "park": "met", "person": "needs_person",
    }  # fmt: skip


def test_the_amount_is_computed_by_the_rule_with_its_cap(told):
    row = rows_of(told)["met"]
    # 50 % of (2,000 − 10 % of 12,000) is 400, of which 100 a year
    assert row.computed["zh"] == "100万元（每年）"
    assert row.working == "50% × (2,000 − 10% × 12,000) = 400 → 100"
    assert row.capped[0]["en"] == "the yearly cap took effect"


def test_a_condition_that_fails_is_said_with_own_and_needed_value(told):
    near = rows_of(told)["near"]
    assert near.near
    assert [one.text["zh"] for one in near.unmet] == ["强度"]
    detail = near.unmet[0].details[0]
    assert detail["zh"] == "项rd：现为2,000万元，需要大于6,000万元（按项sales计算）"
    assert (
        detail["en"]
        == "rd: now CNY 20,000,000; needed more than CNY 60,000,000 (computed from sales)"
    )
    far = rows_of(told)["far"]
    assert not far.near
    assert far.unmet[0].details[0]["zh"] == "项recognised：现为否，需要是"


def test_a_missing_fact_is_named_and_leads_to_its_field(told, enterprise, client):
    row = rows_of(told)["open"]
    assert [(one.fact, one.name["zh"]) for one in row.missing] == [("rent", "项rent")]
    client.force_login(enterprise)
    html = client.get(f"/organisations/{told.pk}/support/").content.decode()
    assert f"/organisations/{told.pk}/facts/#question-rent" in html


def test_nothing_said_is_unknown_and_never_zero_or_no(rules, organisation):
    rows = rows_of(organisation)
    assert {rows[code].state for code in ("met", "near", "far", "open", "person")} == {"unknown"}


def test_the_block_shows_the_nearest_first_and_counts_the_rest(told):
    block = support_block(told, today=DAY)
    assert [row.code for row in block.met] == ["met"]
    assert [row.code for row in block.person] == ["person"]
    assert [row.code for row in block.near] == ["near"]
    assert (block.unknown, block.unmet, block.elsewhere, block.others, block.all) == (1, 1, 1, 1, 7)
    assert [(one.fact, one.rules) for one in block.asked] == [("rent", 1)]


def test_of_rules_that_exclude_each_other_the_highest_counts(told):
    for code, value in (("lesser", "5"), ("greater", "9")):
        rule(code, ("研发", '"rd" > 0'), group="one", amount={"kind": "fixed", "value": value})
    block = support_block(told, today=DAY)
    assert [row.code for row in block.met][-1] == "lesser"
    assert rows_of(told)["lesser"].instead == {"zh": "greater", "en": "greater"}
    assert not rows_of(told)["greater"].instead


def test_the_list_is_filtered_by_state_kind_level_and_audience(told, enterprise, client):
    client.force_login(enterprise)
    address = f"/api/v1/support/{told.pk}/"

    def codes(query: str) -> list[str]:
        return sorted(row["code"] for row in client.get(address + query).json()["rules"])

    assert len(codes("")) == 7
    assert codes("?state=near") == ["near"]
    assert codes("?level=province") == codes("?state=elsewhere") == ["elsewhere"]
    assert codes("?audience=operator&kind=grant") == ["park"]
    assert len(codes("?state=strange")) == 7


def test_no_page_promises_money(told, enterprise, client):
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    html = client.get(f"/organisations/{told.pk}/support/").content.decode()
    assert "Matches the published condition" in html
    assert "please verify with the issuing office" in html
    assert "This rule dates from 2015" in html
    assert "you will receive" not in html.lower()


def test_a_result_shows_the_rules_to_the_firm_but_not_to_the_officer(
    told, scored, enterprise, officer, client
):
    address = f"/results/{scored.submission.pk}/"
    for person, shown in ((enterprise, True), (officer, False)):
        client.force_login(person)
        response = client.get(address)
        assert response.status_code == 200
        assert ('id="support"' in response.content.decode()) is shown
        report = client.get(f"/api/v1/reports/{scored.submission.pk}/").json()
        assert (report["annexes"]["support"] is not None) is shown
        assert report["annexes"]["others"] is not None


def test_the_pdf_has_both_annexes(told, scored, publish):
    from io import BytesIO

    from pypdf import PdfReader

    from reports.pdf import render
    from tests.reports.test_crosswalk_page import twin

    publish(twin(scored.submission.round.instrument_version, "twin"))
    report = with_annexes(build(scored), scored, None)
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(render(report, "en"))).pages)
    assert "Support rules: 1 match the published condition" in " ".join(text.split())
    bare = dataclasses.replace(report, annexes=None)
    assert b"%PDF" in render(bare, "zh")[:8]
