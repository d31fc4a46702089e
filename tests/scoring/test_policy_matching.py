"""Support rules matched with applicants, by the worked examples of their documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from questionnaires.catalogue.documents import parse, read_document
from questionnaires.catalogue.entries import entries_of
from questionnaires.catalogue.rows import rows_of
from questionnaires.models import Advice, Indicator, Policy, Source
from scoring.policies import State, advice_for, match
from scoring.policies.inputs import Inputs
from scoring.policies.shortfalls import shortfalls

TODAY = date(2016, 6, 1)
FUZHOU = {"region": "350100", "industry": "I64", "size": "small"}
NET = {"internet-firm": 1}


def policies_in(document) -> list[Policy]:
    entries = entries_of(document)
    assert not document.problems, document.problems
    rules = []
    for code, row in rows_of("policies", entries, {}).items():
        values = dict(row.values)
        rules.append(Policy(code=code, source=Source(code=values.pop("source")), **values))
    return rules


def shipped(name: str) -> list[Policy]:
    return policies_in(read_document(Path(settings.CATALOGUE_DIR) / "policies" / name))


@pytest.fixture(scope="module")
def fujian():
    return shipped("fujian-2015.yaml")


@pytest.fixture(scope="module")
def national():
    return shipped("national-2015.yaml")


@pytest.fixture
def found(fujian):
    """``found(8, values)`` → the match of rule 8 for a firm in Fuzhou."""

    def get(number: int, values: dict | None = None, profile: dict = FUZHOU, **more):
        matches = match(fujian, profile, values or {}, more.pop("today", TODAY), **more)
        start = f"fujian-2015-{number:02d}-"
        return next(one for one in matches if one.code.startswith(start))

    return get


def wan(number) -> Decimal:
    return Decimal(str(number))


# --- the four states --------------------------------------------------------------------------


def test_a_rule_whose_conditions_hold_is_met_with_its_exact_amount(found):
    rent = {"internet-firm-key-supported": 1, "park-data-centre-rent": 33.35}
    one = found(24, rent)
    assert one.state is State.MET
    assert one.award.high == one.award.low == wan("10.005")
    assert one.award.working == "30% × 33.35 = 10.005"
    assert one.locator == "（十八）数据中心"
    assert one.source == "fujian-internet-2015"


def test_a_condition_that_fails_is_named_in_its_own_words(found):
    one = found(24, {"internet-firm-key-supported": 0, "park-data-centre-rent": 50})
    assert one.state is State.NOT_MET
    assert [text["zh"] for text in one.unmet] == ["列为重点扶持的互联网企业。"]
    assert one.award is None


def test_what_nobody_said_is_missing_and_never_taken_as_not_met(found):
    one = found(24, {"park-data-centre-rent": 50})
    assert one.state is State.UNKNOWN
    assert one.missing == ("internet-firm-key-supported",)
    assert one.unmet == ()


def test_one_condition_that_fails_settles_it_whatever_else_is_unknown(found):
    one = found(24, {"internet-firm-key-supported": 0})
    assert one.state is State.NOT_MET
    assert one.missing == ()


def test_a_firm_elsewhere_does_not_meet_a_rule_of_fujian(found):
    one = found(14, NET, profile={"region": "330100"})
    assert one.state is State.NOT_MET
    assert "350000" in one.unmet[0]["zh"]


def test_an_unknown_region_leaves_a_regional_rule_unknown(found):
    assert found(14, NET, profile={}).missing == ("profile.region",)


def test_what_only_a_person_can_judge_is_said_with_the_reason(found):
    one = found(49)
    assert one.state is State.NEEDS_PERSON
    assert "由主管部门判断" in one.person[0]["zh"]


def test_either_of_two_rankings_is_enough_even_if_the_other_is_unknown(found):
    talent = {"talent-years-at-known-firm": 3, "talent-brings-project": True}
    assert found(17, {**talent, "talent-employer-rank-world": 30}).state is State.NEEDS_PERSON
    one = found(17, {**talent, "talent-employer-rank-world": 31})
    assert one.missing == ("talent-employer-rank-china",)
    both = {"talent-employer-rank-world": 31, "talent-employer-rank-china": 21}
    assert found(17, {**talent, **both}).state is State.NOT_MET


# --- the worked examples ----------------------------------------------------------------------

RD = {"rd-verified-by-tax-office": 1, "sales-revenue": 8000, "rd-spending": 1200}


def test_rd_of_12_million_on_sales_of_80_million_gives_2_million_capped_at_1(found):
    one = found(8, RD)
    assert one.state is State.NEEDS_PERSON
    assert "读作" in one.person[0]["zh"]
    assert one.award.high == 100
    assert one.award.capped == ("year",)
    assert one.award.working == "50% × (1,200 − 10% × 8,000) = 200 → 100"
    assert (one.cap_year, one.cap_total) == (100, 150)


def test_the_cap_in_all_leaves_half_a_million_for_the_second_year(fujian, found):
    code = next(rule.code for rule in fujian if rule.position == 8)
    assert found(8, RD, received={code: wan(100)}).award.high == 50
    assert found(8, RD, received={code: wan(150)}).award.high == 0


@pytest.mark.parametrize(
    ("rd", "sales", "state"),
    [
        (1001, 10009, State.NEEDS_PERSON),
        (1001, 10010, State.NOT_MET),  # exactly 10 %
        (1000, 8000, State.NOT_MET),  # exactly 10 million
        (1000.01, 8000, State.NEEDS_PERSON),
    ],
)
def test_both_thresholds_of_rd_are_exclusive(found, rd, sales, state):
    assert found(8, {**RD, "rd-spending": rd, "sales-revenue": sales}).state is state


def test_the_local_match_comes_on_top_and_says_what_must_be_asked(found):
    platform = {"payment-licence": 1, "national-headquarters-in-fujian": 1}
    one = found(29, platform)
    assert one.state is State.MET
    assert one.award.high == one.local.high == 300
    assert "没有写明" in one.local.text["zh"]
    assert found(8, RD).local.high == 100
    assert found(25, {"key-platform-investment": 2000, "key-platform-recognised": 1}).local is None


@pytest.mark.parametrize(
    ("investment", "state"),
    [(999.99, State.NOT_MET), (1000, State.NEEDS_PERSON), (1000.01, State.MET)],
)
def test_a_boundary_that_the_text_leaves_open_needs_a_person(found, investment, state):
    one = found(25, {"key-platform-investment": investment, "key-platform-recognised": 1})
    assert one.state is state


@pytest.mark.parametrize(
    ("tenants", "state"), [(19, State.NOT_MET), (20, State.NEEDS_PERSON), (21, State.MET)]
)
def test_twenty_start_ups_are_the_open_boundary_of_a_base(found, tenants, state):
    one = found(36, {"startup-base-tenants": tenants})
    assert one.state is state
    if state is State.MET:
        assert (one.award.low, one.award.high, one.award.up_to) == (None, 100, True)


def test_contracts_are_capped_one_by_one_and_then_by_the_year(found):
    one = found(31, {"outside-tender-contract": [5000, 6000]})
    assert one.award.high == 300
    assert one.award.capped == ("year",)
    assert one.award.working == "3% × 5,000 = 150; 3% × 6,000 = 180; Σ = 330 → 300"
    assert found(31, {"outside-tender-contract": 8000}).award.high == 200
    assert found(31, {"outside-tender-contract": 8000}).award.capped == ("project",)
    assert found(31, {"outside-tender-contract": [600, 599]}).award.high == 18
    assert found(31, {"outside-tender-contract": [599]}).state is State.NOT_MET
    assert "没有定义" in found(31, {"outside-tender-contract": 600}).person[0]["zh"]


def test_the_data_centre_subsidy_stops_at_300_000(found):
    one = found(24, {"internet-firm-key-supported": 1, "park-data-centre-rent": 101})
    assert one.award.high == 30
    assert one.award.capped == ("year",)


def test_square_metres_times_yuan_become_ten_thousands_and_the_cap_holds(found):
    new = {"incubator-recognised": 1, "incubator-new-area": 2345}
    assert found(34, new).award.high == wan("23.45")
    assert found(34, {**new, "incubator-new-area": 10001}).award.high == 100
    enlarged = {"incubator-recognised": 1, "incubator-added-area": 90000}
    assert found(35, enlarged).award.high == 450  # the notice gives no cap on the total
    rent = {"internet-firm-key-supported": 1, "rented-private-area": 500}
    assert found(39, rent).award.per == "month"
    assert found(39, rent).award.high == wan("1.5")


def test_discretion_is_an_upper_bound_and_a_range_has_two_ends(found):
    leader = {"newly-attracted-paid-in-capital": 5000, "subfield-rank": 5}
    one = found(28, leader)
    assert one.state is State.NEEDS_PERSON
    assert (one.award.low, one.award.high) == (None, 300)
    assert (lambda a: (a.low, a.high))(found(20, {"training-base-recognised": 1}).award) == (
        50,
        100,
    )


def test_tax_relief_is_told_from_money(found):
    one = found(6, {"internet-firm-recognised": 1, "rd-cost-expensed": 300})
    assert (one.kind, one.award.high) == ("tax", 150)


# --- no double benefit ------------------------------------------------------------------------


def test_of_two_awards_of_one_group_the_higher_counts(fujian):
    profile = {**FUZHOU, "revenue": 12000}
    values = {**NET, "highest-earlier-revenue": 3000}
    both = {one.code[12:14]: one for one in match(fujian, profile, values, TODAY)}
    assert both["33"].state is both["32"].state is State.MET
    assert both["33"].excluded_by == ""
    assert both["32"].excluded_by == both["33"].code
    assert both["32"].award.high == 50  # shown, and marked as excluded


def test_revenue_passes_a_threshold_only_once(found):
    def at(revenue, earlier):
        profile = {**FUZHOU, "revenue": revenue}
        return found(32, {**NET, "highest-earlier-revenue": earlier}, profile).state

    assert at(4000, 0) is State.NOT_MET
    assert at(4000.01, 4000) is State.MET
    assert at(9000, 4000.01) is State.NOT_MET


def test_an_award_that_a_person_must_confirm_shuts_out_no_certain_one(fujian):
    values = {
        "newly-attracted-paid-in-capital": 6000, "subfield-rank": 2,
        "payment-licence": 1, "national-headquarters-in-fujian": 1,
    }  # fmt: skip
    both = {one.code[12:14]: one for one in match(fujian, FUZHOU, values, TODAY)}
    assert both["29"].excluded_by == ""
    assert both["28"].excluded_by == both["29"].code


def test_supports_that_cannot_be_compared_say_that_only_one_can_be_had(fujian):
    values = {"internet-firm-key-supported": 1, "in-government-built-premises": 1,
              "rented-private-area": 100}  # fmt: skip
    both = {one.code[12:14]: one for one in match(fujian, FUZHOU, values, TODAY)}
    for number in ("38", "39"):
        assert both[number].excluded_by == ""
        assert "只能享受一项" in both[number].notes[0]["zh"]


# --- dates, and rules nobody applies for ------------------------------------------------------


def test_every_match_says_that_it_dates_from_2015_and_whom_to_ask(fujian, national):
    for one in match([*fujian, *national], FUZHOU, NET, TODAY):
        assert "2015年" in one.statement["zh"]
        assert "核实" in one.statement["zh"]
        assert "2015" in one.statement["en"]
        assert "still applies" in one.statement["en"]
        assert one.locator


def test_a_stated_period_that_is_over_is_marked(found):
    assert not found(21, today=date(2017, 12, 31)).lapsed
    one = found(21, today=date(2018, 1, 1))
    assert one.lapsed
    assert "已经届满" in one.statement["zh"]


def test_commitments_and_principles_are_matched_with_nobody(fujian):
    assert len(fujian) == 50
    numbers = {int(one.code[12:14]) for one in match(fujian, FUZHOU, {}, TODAY)}
    assert set(range(1, 51)) - numbers == {1, 2, 10, 40, 41, 42}


def test_national_instruments_without_thresholds_are_never_met_by_machine(national):
    assert len(national) == 20
    matches = match(national, {**FUZHOU, "industry": "C38"}, NET, TODAY)
    assert {one.state for one in matches} <= {State.NEEDS_PERSON, State.NOT_MET}
    assert all(one.award is None for one in matches)
    large = {"region": "350100", "industry": "C38", "size": "large"}
    funds = next(o for o in match(national, large, {}, TODAY) if "sme-fund" in o.code)
    assert funds.state is State.NOT_MET


def test_an_input_of_the_wrong_kind_is_refused(fujian):
    with pytest.raises(ValueError, match="rd-spending"):
        match(fujian, FUZHOU, {"rd-spending": "much"}, TODAY)
    with pytest.raises(ValueError, match="profile"):
        match(fujian, {"size": "huge"}, {}, TODAY)


def test_tiers_give_what_the_highest_reached_one_says():
    text = """
format: shuheng.catalogue/1
policies:
  - code: tiers
    title: 阶梯
    source: s
    locator: 第一条
    issuer: 某市
    area: CN
    audience: enterprise
    beneficiary: 企业
    valid_from: "2024"
    conditions: [{text: 面积不小于一百平方米。, when: '"area" >= 100'}]
    benefit:
      kind: award
      text: 按面积分档奖励。
      amount: {kind: tiered, of: area, tiers: [{start: 100, value: 5}, {start: 500, value: 20}]}
"""
    rules = policies_in(parse(text.encode(), "tiers.yaml"))
    given = {n: match(rules, {}, {"area": n}, TODAY)[0] for n in (99, 100, 499.9, 500)}
    assert given[99].state is State.NOT_MET
    assert [given[n].award.high for n in (100, 499.9, 500)] == [5, 5, 20]


# --- advice -----------------------------------------------------------------------------------


def test_advice_is_picked_by_audience_industry_and_known_weakness():
    rate = Indicator(code="rate")
    weak = Advice(code="weak", audience="enterprise", indicator=rate, below=wan(50))
    always = Advice(code="always", audience="enterprise")
    farm = Advice(code="farm", audience="enterprise", industry="A")
    park = Advice(code="park", audience="park")
    entries = [weak, always, farm, park]

    def codes(profile, values):
        return [one.code for one in advice_for(entries, profile, values, {"enterprise"})]

    assert codes({}, {"rate": 49.9}) == ["weak", "always"]
    assert codes({}, {"rate": 50}) == ["always"]
    assert codes({}, {}) == ["always"]
    assert codes({"industry": "A01"}, {}) == ["always", "farm"]


@pytest.mark.parametrize(
    ("when", "values", "expected"),
    [
        ('"a" >= 1000', {"a": 5}, [("a", "≥", ["1000"])]),
        ('"a" > 0.1 * "b"', {"a": 5, "b": 200}, [("a", ">", ["20.0"])]),
        ('"a" BETWEEN 1 AND 2', {"a": 3}, [("a", "between", ["1", "2"])]),
        ('"a" <= 30 OR "b" <= 20', {"a": 31, "b": 40}, [("a", "≤", ["30"]), ("b", "≤", ["20"])]),
        ('"a" > 0 AND "b" > 0', {"a": 1, "b": 0}, [("b", ">", ["0"])]),
        ('"a" >= 600', {"a": [100, 500]}, [("a", "≥", ["600"])]),
        ('"a" > "b"', {"a": 1}, []),
    ],
)
def test_what_a_failing_condition_needs_is_read_from_it(when, values, expected):
    needs = shortfalls(when, Inputs({}, values))
    assert [(n.name, n.operator, [str(v) for v in n.needed]) for n in needs] == expected


def test_a_condition_on_the_profile_names_own_and_wanted_values():
    (need,) = shortfalls("profile.size IN ('small', 'micro')", Inputs({"size": "large"}, {}))
    assert (need.own, need.needed) == (("large",), ("small", "micro"))
