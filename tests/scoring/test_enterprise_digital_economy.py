"""Worked examples of the project's own instrument: weak, middle, strong, and a service firm."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from tests.scoring.shipped import definition, score, score_many

CODE = "enterprise-digital-economy"
Answers = dict[str, Any]
FACTORY = {"section": "C", "industry": "C34", "size": "small", "employees": 100, "revenue": 1000}
SERVICE = FACTORY | {"section": "I", "industry": "I65"}
INDUSTRIAL_ONLY = {
    "equip_digital",
    "equip_networked",
    "nc_rate",
    "shopfloor_tech",
    "design_tools",
    "design_tool_kinds",
    "sys_production",
    "sys_quality",
    "fuse_technology",
    "fuse_product",
}

WEAK: Answers = {
    "plan": 0,
    "leader": "A",
    "it_staff": 0,
    "computers": 12,
    "it_spending": 0,
    "training": ["A"],
    "net_links": ["B"],
    "equip_digital": 8,
    "equip_networked": 0,
    "nc_rate": {"part": 16, "whole": 100},
    "shopfloor_tech": ["A"],
    "cloud_rate": 0,
    "cloud_uses": ["A"],
    "data_use": 1,
    "data_rules": ["A"],
    "ai_uses": ["A"],
    "design_tools": False,
    "sys_psi": 1,
    "sys_production": 0,
    "sys_quality": 0,
    "sys_logistics": 0,
    "sys_finance": 1,
    "ec_purchase": 0,
    "ec_sales": 0,
    "ec_channels": ["A"],
    "ec_orders": 0,
    "online_service": 0,
    "fuse_technology": 0,
    "fuse_product": 0,
    "fuse_business": 0,
    "fuse_emergence": 0,
    "sec_network": ["A"],
    "sec_data": ["A"],
    "sec_recovery": 1,
}
MIDDLE: Answers = {
    "plan": 2,
    "leader": "C",
    "it_staff": 2,
    "computers": 30,
    "it_spending": 10,
    "training": ["B", "C"],
    "net_links": ["B", "C", "D"],
    "equip_digital": 40,
    "equip_networked": {"part": 30, "whole": 100},
    "nc_rate": 40,
    "shopfloor_tech": ["B", "E"],
    "cloud_rate": 40,
    "cloud_uses": ["B", "C", "D"],
    "data_use": 2,
    "data_rules": ["B", "C"],
    "ai_uses": ["A"],
    "design_tools": True,
    "design_tool_kinds": ["B", "C"],
    "sys_psi": 2,
    "sys_production": 2,
    "sys_quality": 2,
    "sys_logistics": 1,
    "sys_finance": 3,
    "ec_purchase": 10,
    "ec_sales": {"part": 200, "whole": 1000},
    "ec_channels": ["B", "C"],
    "ec_orders": 2,
    "online_service": 1,
    "fuse_technology": 1,
    "fuse_product": 1,
    "fuse_business": 1,
    "fuse_emergence": 0,
    "sec_network": ["B", "C"],
    "sec_data": ["B", "C"],
    "sec_recovery": 2,
}


def best(question: Any) -> Any:
    """The answer that earns most."""
    if question.kind == "multiple":
        return [o.code for o in question.options if not o.exclusive]
    if question.kind == "single":
        return question.options[-1].code
    if question.kind == "ladder":
        return len(question.rungs) - 1
    return {"ratio": 100, "yes_no": True, "number": 60}[question.kind]


STRONG: Answers = {code: best(q) for code, q in definition(CODE).questions.items()}
STRONG_SERVICE = {code: a for code, a in STRONG.items() if code not in INDUSTRIAL_ONLY}
STRONG_FACTORY = {code: a for code, a in STRONG.items() if code != "sys_service"}


def total(found: dict[str, Any]) -> Decimal:
    return Decimal(str(found["total"]))


def nodes(found: dict[str, Any]) -> dict[str, Decimal]:
    return {code: Decimal(str(value)) for code, value in found["nodes"].items()}


def test_a_weak_firm_has_not_begun():
    found = score(CODE, WEAK, FACTORY)
    # computers 12 / 60 = 20 %: 20 × 1 / 12
    assert nodes(found)["organisation"] == Decimal("1.666667")
    # network 30 × 2 + digital 8 / 80 = 10 × 2 + numerical control 16 / 80 = 20 × 3, over 10
    assert nodes(found)["equipment"] == 14
    # use of data 20 × 3 / 11
    assert nodes(found)["cloud_data"] == Decimal("5.454545")
    # stock 20 × 2 + finance 20 × 1, over 10: design tools count 0, service delivery is not asked
    assert nodes(found)["processes"] == 6
    # recovery 30 × 1 / 5
    assert nodes(found)["security"] == 6
    # (15 × 1.666667 + 15 × 14 + 15 × 5.454545 + 20 × 6 + 10 × 6) / 100
    assert total(found) == Decimal("4.968182")
    assert (found["level"], found["level_name"]) == (0, "未起步")
    assert found["unanswered"] == []


def test_a_firm_in_the_middle_has_single_applications():
    found = score(CODE, MIDDLE, FACTORY)
    assert nodes(found) | {"design": Decimal(80)} == nodes(found)
    # (50×3 + 60×2 + 40×2 + 50×1 + 50×2 + 50×2) / 12
    assert nodes(found)["organisation"] == 50
    # (80×2 + 50×2 + 50×2 + 50×3 + 40×1) / 10
    assert nodes(found)["equipment"] == 55
    # (50×3 + 60×2 + 50×3 + 50×2 + 0×1) / 11
    assert nodes(found)["cloud_data"] == Decimal("47.272727")
    # (80×2 + 50×2 + 50×2 + 50×1 + 20×2 + 80×1) / 10
    assert nodes(found)["processes"] == 53
    # (40×2 + 60×2 + 40×1 + 50×2 + 20×1) / 8
    assert nodes(found)["commerce"] == 45
    # 30 + 30 + 30 + 0, over 4
    assert nodes(found)["fusion"] == Decimal("22.5")
    # (50×2 + 50×2 + 70×1) / 5
    assert nodes(found)["security"] == 54
    # (15×50 + 15×55 + 15×47.272727 + 20×53 + 10×45 + 15×22.5 + 10×54) / 100
    assert total(found) == Decimal("46.715909")
    assert (found["level"], found["level_name"]) == (2, "单项应用")
    assert [b["kind"] for b in found["binding"]] == ["score", "rungs", "rungs"]


def test_indicator_values_follow_from_counts():
    values = score(CODE, MIDDLE, FACTORY)["values"]
    expected = {
        "it-staff-share": 2,
        "computers-per-100-employees": 30,
        "it-spending-share": 1,
        "key-process-nc-rate": 40,
        "e-sales-share": 20,
        "firm-uses-cloud": 100,
        "psi-by-information-systems": 100,
        "logistics-by-information-systems": 0,
    }
    assert {code: Decimal(str(values[code])) for code in expected} == expected


def test_a_strong_factory_leads():
    found = score(CODE, STRONG_FACTORY, FACTORY)
    assert (total(found), found["level"], found["level_name"]) == (100, 5, "引领")
    assert found["not_asked"] == ["sys_service"]
    assert (found["unanswered"], found["binding"]) == ([], [])


def test_machines_without_linked_production_do_not_lead():
    # production 50 % of weight 2 in 10 → processes 90 → total 98
    found = score(CODE, STRONG_FACTORY | {"sys_production": 2}, FACTORY)
    assert (total(found), found["level"]) == (98, 4)
    assert [b["kind"] for b in found["binding"]] == ["veto"]


def test_production_left_unanswered_does_not_lead_either():
    answers = {code: a for code, a in STRONG_FACTORY.items() if code != "sys_production"}
    assert score(CODE, answers, FACTORY)["level"] == 4


def test_data_without_regular_backups_do_not_reach_collaboration():
    found = score(CODE, STRONG_FACTORY | {"sec_recovery": 1}, FACTORY)
    assert found["level"] == 3
    assert [b["kind"] for b in found["binding"]] == ["veto"]


def test_one_neglected_dimension_holds_a_firm_back():
    nothing = {"ec_purchase": 0, "ec_sales": 0, "ec_channels": ["A"], "ec_orders": 0}
    found = score(CODE, STRONG_FACTORY | nothing | {"online_service": 0}, FACTORY)
    assert (total(found), found["level"]) == (90, 2)
    assert [b["kind"] for b in found["binding"]] == ["minimum"]


def test_a_service_firm_is_not_asked_about_factories():
    found = score(CODE, STRONG_SERVICE, SERVICE)
    assert set(found["not_asked"]) == INDUSTRIAL_ONLY
    assert (total(found), found["level"], found["unanswered"]) == (100, 5, [])


def test_a_firm_of_unknown_industry_is_asked_what_every_firm_is_asked():
    found = score(CODE, STRONG_SERVICE, {"employees": 100, "revenue": 1000})
    assert set(found["not_asked"]) == INDUSTRIAL_ONLY
    assert found["level"] == 5


def test_a_micro_firm_is_not_asked_for_data_rules():
    found = score(CODE, STRONG_FACTORY, FACTORY | {"size": "micro"})
    assert set(found["not_asked"]) == {"sys_service", "data_rules"}
    assert total(found) == 100


def test_without_goods_to_deliver_logistics_is_left_out():
    reason = {"sys_logistics": {"not_applicable": "只做软件，没有货物"}}
    found = score(CODE, STRONG_SERVICE | reason, SERVICE)
    assert (total(found), found["not_applicable"]) == (100, ["sys_logistics"])


def test_unknown_staff_and_revenue_leave_shares_unknown_not_wrong():
    found = score(CODE, MIDDLE, {"section": "C", "size": "small"})
    assert found["errors"] == []
    assert found["values"].get("it-staff-share") is None


def test_more_it_staff_than_employees_is_an_error():
    found = score(CODE, MIDDLE | {"it_staff": 101}, FACTORY)
    assert "it_staff_above_employees" in [e["code"] for e in found["errors"]]


DOUBTS = [
    ("it_spending_above_revenue", {"it_spending": 1001}),
    ("networked_above_digital", {"equip_networked": 50}),
    ("rate_as_fraction", {"cloud_rate": 0.4}),
    ("networked_without_network", {"net_links": ["A"]}),
    ("cloud_use_without_cloud", {"cloud_rate": 0}),
    ("cloud_without_use", {"cloud_uses": ["A"]}),
    ("sales_without_channel", {"ec_channels": ["A"]}),
    ("sales_without_orders", {"ec_orders": 0}),
    ("linked_production_without_network", {"sys_production": 3, "equip_networked": 0}),
    ("business_linked_without_systems", {"fuse_business": 2, "sys_finance": 2}),
    ("ai_without_data", {"ai_uses": ["B"], "data_use": 0}),
]


@pytest.mark.parametrize(("code", "answers"), DOUBTS, ids=[d[0] for d in DOUBTS])
def test_a_contradiction_warns_and_does_not_stop_the_score(code, answers):
    found = score(CODE, MIDDLE | answers, FACTORY)
    assert [warning["code"] for warning in found["warnings"]] == [code]
    assert total(found) > 0


def test_plausible_answers_raise_no_warning():
    assert score(CODE, MIDDLE, FACTORY)["warnings"] == []


def raised(question: Any, answer: Any) -> Any:
    """A better answer than ``answer``, or the same where it is the best."""
    if question.kind == "ladder":
        return min(answer + 1, len(question.rungs) - 1)
    if question.kind == "multiple":
        others = [o.code for o in question.options if not o.exclusive and o.code not in answer]
        return [code for code in answer if code != "A"] + others[:1]
    if question.kind == "single":
        codes = [o.code for o in question.options]
        return codes[min(codes.index(answer) + 1, len(codes) - 1)]
    return {"yes_no": True, "ratio": 100, "number": 60}[question.kind]


def anything(question: Any, chance: random.Random) -> Any:
    if question.kind == "ladder":
        return chance.randrange(len(question.rungs))
    if question.kind == "multiple":
        codes = [o.code for o in question.options if not o.exclusive]
        return (
            chance.sample(codes, chance.randint(1, len(codes))) if chance.random() < 0.8 else ["A"]
        )
    if question.kind == "single":
        return chance.choice(question.options).code
    return {"yes_no": chance.random() < 0.5, "ratio": chance.randint(0, 100)}.get(
        question.kind, chance.randint(0, 60)
    )


def test_a_better_answer_never_lowers_the_score_or_the_level():
    chance = random.Random(2026)
    questions = definition(CODE).questions
    before, after = [], []
    for number in range(400):
        answers = {code: anything(q, chance) for code, q in questions.items()}
        if not answers["design_tools"]:
            del answers["design_tool_kinds"]
        code = chance.choice(list(answers))
        profile = FACTORY if number % 2 else SERVICE
        before.append((answers, profile))
        after.append((answers | {code: raised(questions[code], answers[code])}, profile))
    found = list(zip(score_many(CODE, before), score_many(CODE, after), strict=True))
    assert all(a["errors"] == b["errors"] == [] for a, b in found)
    assert [pair for pair in found if total(pair[0]) > total(pair[1])] == []
    assert [pair for pair in found if pair[0]["level"] > pair[1]["level"]] == []
