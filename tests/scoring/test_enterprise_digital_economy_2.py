"""Version 2.0 of the project's own instrument: who is asked what, and scores worked by hand."""

from __future__ import annotations

import io
import json
import random
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command

from scoring.crosswalk import translate
from scoring.instruments import find_instrument
from tests.scoring.shipped import definition, score, score_many
from tests.scoring.test_enterprise_digital_economy import MIDDLE as MIDDLE_OF_1_0

CODE, OLD = "enterprise-digital-economy-2", "enterprise-digital-economy"
Answers = dict[str, Any]
TYPES = {
    "process": {"section": "C", "industry": "C26"},
    "mining": {"section": "B", "industry": "B06"},
    "discrete": {"section": "C", "industry": "C34"},
    "services": {"section": "I", "industry": "I65"},
    "trade": {"section": "F", "industry": "F52"},
    "agriculture": {"section": "A", "industry": "A01"},
    "unknown": {},
}
SIZES = ["large", "medium", "small", "micro"]
PAIRS = [(kind, size) for kind in TYPES for size in SIZES]


def profile(kind: str, size: str) -> dict[str, Any]:
    return TYPES[kind] | {"size": size, "employees": 100, "revenue": 1000}


def best(q: Any) -> Any:
    """The answer that earns most."""
    if q.kind == "multiple":
        return [o.code for o in q.options if not o.exclusive]
    if q.kind == "single":
        return q.options[-1].code
    if q.kind == "ladder":
        return len(q.rungs) - 1
    if q.kind == "before_after":
        return {"before": 10, "after": 8}  # both ask for a shorter time
    return {"ratio": 100, "yes_no": True, "number": 60}[q.kind]


def worst(q: Any) -> Any:
    if q.kind in ("multiple", "single"):
        return ["A"] if q.kind == "multiple" else "A"
    if q.kind == "before_after":
        return {"before": 10, "after": 12}
    return False if q.kind == "yes_no" else 0


def middling(q: Any) -> Any:
    """Rung 2 of 4 (50 %), rung 1 of 3 (30 %), two options, 40 %, the second choice."""
    if q.kind == "multiple":
        return ["B", "C"]
    if q.kind == "single":
        return "B"
    if q.kind == "ladder":
        return 2 if len(q.rungs) == 5 else 1
    if q.kind == "before_after":
        return {"before": 10, "after": 10}
    return {"ratio": 40, "yes_no": True}.get(q.kind) or {"it_staff": 2, "computers": 30}.get(
        q.code, 10
    )


@cache
def asked(kind: str, size: str) -> frozenset[str]:
    """What a firm that uses design tools is asked."""
    found = score(CODE, {"design_tools": True}, profile(kind, size))
    return frozenset(definition(CODE).questions) - set(found["not_asked"])


def answers(kind: str, size: str, pick: Any, **other: Any) -> Answers:
    questions = definition(CODE).questions
    return {code: pick(q) for code, q in questions.items() if code in asked(kind, size)} | other


def scored(kind: str, size: str, pick: Any, **other: Any) -> dict[str, Any]:
    return score(CODE, answers(kind, size, pick, **other), profile(kind, size))


def total(found: dict[str, Any]) -> Decimal:
    return Decimal(str(found["total"]))


def nodes(found: dict[str, Any]) -> dict[str, Decimal]:
    known = {code: value for code, value in found["nodes"].items() if value is not None}
    return {code: Decimal(str(value)) for code, value in known.items()}


def kinds_of(found: dict[str, Any]) -> list[str]:
    return [entry["kind"] for entry in found["binding"]]


# Who is asked what.


@pytest.mark.parametrize(("kind", "size"), PAIRS)
def test_one_firm_sees_forty_to_sixty_questions(kind, size):
    assert 40 <= len(asked(kind, size)) <= 60


@pytest.mark.parametrize("kind", TYPES)
def test_the_smaller_the_firm_the_shorter_its_track(kind):
    large, medium, small, micro = (len(asked(kind, size)) for size in SIZES)
    assert large == medium > small > micro


def test_every_question_is_asked_of_some_firm_and_many_of_every_firm():
    every = [asked(kind, size) for kind, size in PAIRS]
    assert frozenset.union(*every) == set(definition(CODE).questions)
    assert len(frozenset.intersection(*every)) >= 20


def test_types_are_told_apart_by_division():
    process, discrete = asked("process", "large"), asked("discrete", "large")
    assert process - discrete == {"control_systems", "process_control", "process_model", "emission"}
    assert discrete - process == {"flexible", "wip_trace", "design_make", "warehouse_tech"}
    assert asked("mining", "small") == asked("process", "small")


@pytest.mark.parametrize("division", ["C13", "C16", "C22", "C25", "C32"])
def test_these_divisions_are_process_industries(division):
    found = score(CODE, {}, {"section": "C", "industry": division, "size": "small"})
    assert {"flexible", "wip_trace"} <= set(found["not_asked"])
    assert "process_control" not in found["not_asked"]


@pytest.mark.parametrize("division", ["C17", "C21", "C23", "C24", "C33", "C43", None])
def test_the_other_divisions_of_manufacturing_are_discrete(division):
    found = score(CODE, {}, {"section": "C", "industry": division, "size": "small"})
    assert {"control_systems", "process_control"} <= set(found["not_asked"])
    assert "wip_trace" not in found["not_asked"]


def test_farms_and_service_firms_are_asked_about_their_own_work():
    farm, service = asked("agriculture", "small"), asked("services", "small")
    assert {"sys_agri", "agri_sensing", "agri_online", "trace"} <= farm - service
    assert {"sys_service", "svc_online", "sec_personal", "o2o"} <= service - farm
    assert not {"equip_digital", "nc_rate", "sys_production", "design_tools"} & (farm | service)


def test_a_firm_of_unknown_industry_is_asked_as_a_service_firm():
    assert asked("unknown", "small") == asked("services", "small")


def test_design_tools_are_named_only_where_there_are_any():
    found = score(CODE, {"design_tools": False}, profile("discrete", "small"))
    assert "design_tool_kinds" in found["not_asked"]


# Weak, middle and strong firms.


@pytest.mark.parametrize(("kind", "size"), PAIRS)
def test_the_weakest_firm_has_nothing_and_the_strongest_everything(kind, size):
    weak, strong = scored(kind, size, worst), scored(kind, size, best)
    assert (weak["errors"], total(weak), weak["level"]) == ([], 0, 0)
    assert (strong["errors"], total(strong), strong["level"]) == ([], 100, 5)
    assert (strong["binding"], strong["unanswered"]) == ([], [])


@pytest.mark.parametrize(("kind", "size"), PAIRS)
def test_the_middle_firm_lies_between_and_has_single_applications(kind, size):
    found = scored(kind, size, middling)
    assert found["errors"] == []
    assert 35 <= total(found) <= 60
    assert found["level_code"] == "single"


def test_a_weak_workshop_by_hand():
    some = {"net_links": ["B"], "equip_digital": 8, "nc_rate": {"part": 16, "whole": 100}}
    found = scored("discrete", "micro", worst, wip_trace=1, **some)
    # net_links 30 × 2 / (2 + 3 + 2)
    assert nodes(found)["network"] == Decimal("8.571429")
    # digital 10 × 2 + numerical control 20 × 3, over 2 + 2 + 3 + 1
    assert nodes(found)["equipment"] == 10
    # tracking 20 × 2 / (3 + 2 + 2)
    assert nodes(found)["operations"] == Decimal("5.714286")
    # (10 × 2 + 5.714286 × 3) / 5
    assert nodes(found)["production"] == Decimal("7.428572")
    # (8 × 8.571429 + 15 × 7.428572) / 100
    assert total(found) == Decimal("1.8")
    assert found["level"] == 0


def test_a_middle_process_firm_by_hand():
    found = scored(
        "process", "small", middling, net_links=["B", "C", "D"], cloud_uses=["B", "C", "D"],
        equip_networked={"part": 30, "whole": 100}, process_control=3, scheduling=1,
    )  # fmt: skip
    # links 80 × 2 + cloud rate 50 × 3 + cloud uses 60 × 2, over 7
    assert nodes(found)["network"] == Decimal("61.428571")
    # (50×2 + 50×2 + 50×3 + 40×1 + 40×1) / 9
    assert nodes(found)["equipment"] == Decimal("47.777778")
    # production 50×3 + quality 50×2 + control 80×2 + scheduling 20×1, over 8
    assert nodes(found)["operations"] == Decimal("53.75")
    # (2 × 47.777778 + 3 × 53.75) / 5
    assert nodes(found)["production"] == Decimal("51.361111")
    assert found["level_code"] == "single"


def test_a_middle_machine_builder_by_hand():
    found = scored("discrete", "large", middling, fuse_business=2, fuse_emergence=0)
    # software: tools 100×2 + kinds 40×1, over 3 = 80; then (80×2 + ways 40×1 + design 50×2) / 5
    assert nodes(found)["design"] == 60
    # 30 + 30 + 70 + 0 + modes 40, over 5
    assert nodes(found)["products"] == 34
    # plan 50×3 + leader 30×2 + spending 1 % of 2 % = 50×2 + rules 50×2 + change 50×2, over 11
    assert nodes(found)["strategy"] == Decimal("46.363636")


def test_a_middle_service_firm_by_hand():
    found = scored(
        "services", "small", middling,
        svc_online=["B", "C", "D"], svc_tech=["B"], svc_data=1, svc_resources=1,
    )  # fmt: skip
    # 50×3 + 60×2 + 50×1 + 20×1 + 20×2 + 20×1 + 50×1, over 11
    assert nodes(found)["service"] == Decimal("40.909091")
    # service is all that this firm makes
    assert nodes(found)["production"] == nodes(found)["service"]
    assert "equipment" not in nodes(found)


def test_a_middle_farm_by_hand():
    found = scored(
        "agriculture", "micro", middling, agri_facility=["D"], agri_inputs=1,
        agri_services=["B", "C", "D"], online_service=1, ec_sales=20, agri_online=["B", "C", "E"],
    )  # fmt: skip
    # 50×3 + 40×2 + 50×2 + 20 + 20 + 60, over 10
    assert nodes(found)["farming"] == 43
    # service 20 + sales 60×2 + channels 40 + orders 50×2 + online 60 + documents 40, over 8
    assert nodes(found)["commerce"] == Decimal("47.5")


# What holds a firm below the top.


def test_robots_without_linked_production_do_not_lead():
    # production falls from 100 to 50 of weight 3 in 11 → operations 86.36 → still 98 in all
    found = scored("discrete", "small", best, sys_production=2)
    assert "B" in answers("discrete", "small", best)["shopfloor_tech"]
    assert total(found) > 97
    assert (found["level_code"], kinds_of(found)) == ("collaborative", ["veto"])
    assert "机器人" in found["binding"][0]["text"]["zh"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("process", "sys_production"), ("services", "sys_service"), ("agriculture", "sys_agri")],
)
def test_core_work_that_is_not_linked_does_not_lead_in_any_industry(kind, code):
    assert scored(kind, "small", best, **{code: 2})["level"] == 4
    left_out = answers(kind, "small", best)
    del left_out[code]
    assert score(CODE, left_out, profile(kind, "small"))["level"] == 4


def test_main_areas_that_are_not_linked_do_not_lead():
    found = scored("discrete", "large", best, fuse_business=1)
    assert (found["level"], kinds_of(found)) == (4, ["veto"])


def test_robots_never_lower_a_level():
    without = list("CDEF")
    one = scored("discrete", "small", best, sys_production=2, shopfloor_tech=without)
    two = scored("discrete", "small", best, sys_production=2)
    assert one["level"] <= two["level"]
    assert total(one) < total(two)


def test_data_without_regular_backups_do_not_reach_collaboration():
    assert scored("services", "small", best, sec_recovery=1)["level"] == 3


def test_one_neglected_dimension_holds_a_firm_back():
    codes = ("sys_customers", "online_service", "ec_sales", "ec_channels", "ec_orders")
    nothing = {code: worst(definition(CODE).questions[code]) for code in codes}
    found = scored("discrete", "small", best, **nothing)
    assert (total(found), found["level"], kinds_of(found)) == (92, 2, ["minimum"])


# Every answer that can be given.


@pytest.mark.parametrize("code", list(definition(CODE).questions))
def test_every_option_and_rung_can_be_chosen_by_some_firm(code):
    question = definition(CODE).questions[code]
    kind, size = next(pair for pair in PAIRS if code in asked(*pair))
    if question.kind == "ladder":
        choices: list[Any] = list(range(len(question.rungs)))
    elif question.kind == "multiple":
        choices = [[o.code] for o in question.options]
    elif question.kind == "single":
        choices = [o.code for o in question.options]
    else:
        choices = [best(question), worst(question)]
    rows = [(answers(kind, size, worst) | {code: c}, profile(kind, size)) for c in choices]
    rows = [(row | {"design_tools": True}, p) if code == "design_tool_kinds" else (row, p)
            for row, p in rows]  # fmt: skip
    found = score_many(CODE, rows)
    assert [r["errors"] for r in found] == [[] for _ in choices]
    assert all(code not in r["not_asked"] + r["unanswered"] for r in found)
    assert len({total(r) for r in found}) > 1 or code in ("obstacles", "it_spending")


def anything(q: Any, chance: random.Random) -> Any:
    if q.kind == "ladder":
        return chance.randrange(len(q.rungs))
    if q.kind == "multiple":
        codes = [o.code for o in q.options if not o.exclusive]
        some = chance.sample(codes, chance.randint(1, len(codes)))
        return some if chance.random() < 0.8 else ["A"]
    if q.kind == "single":
        return chance.choice(q.options).code
    if q.kind == "before_after":
        return {"before": 10, "after": chance.randint(7, 13)}
    if q.kind == "yes_no":
        return chance.random() < 0.5
    return chance.randint(0, 100 if q.kind == "ratio" else 60)


def raised(q: Any, answer: Any) -> Any:
    """A better answer than ``answer``, or the same where it is the best."""
    if q.kind == "ladder":
        return min(answer + 1, len(q.rungs) - 1)
    if q.kind == "multiple":
        others = [o.code for o in q.options if not o.exclusive and o.code not in answer]
        return [code for code in answer if code != "A"] + others[:1]
    if q.kind == "single":
        codes = [o.code for o in q.options]
        return codes[min(codes.index(answer) + 1, len(codes) - 1)]
    return best(q)


def test_a_better_answer_never_lowers_the_score_or_the_level_and_scores_stay_bounded():
    chance = random.Random(2026)
    questions = definition(CODE).questions
    before, after = [], []
    for number in range(560):
        given = {code: anything(q, chance) for code, q in questions.items()}
        if not given["design_tools"]:
            del given["design_tool_kinds"]
        pair = PAIRS[number % len(PAIRS)]
        code = chance.choice([code for code in sorted(asked(*pair)) if code in given])
        before.append((given, profile(*pair)))
        after.append((given | {code: raised(questions[code], given[code])}, profile(*pair)))
    found = list(zip(score_many(CODE, before), score_many(CODE, after), strict=True))
    assert all(a["errors"] == b["errors"] == [] for a, b in found)
    assert [a for a, _ in found if not 0 <= total(a) <= 100] == []
    assert [pair for pair in found if total(pair[0]) > total(pair[1])] == []
    assert [pair for pair in found if pair[0]["level"] > pair[1]["level"]] == []


# Checks across answers.


FACTORY, SHOP, FARM = ("discrete", "small"), ("services", "micro"), ("agriculture", "small")
DOUBTS = [
    ("robots_without_digital_machines", FACTORY, {"equip_digital": 0, "equip_networked": 0}),
    ("controlled_process_without_network", ("process", "small"),
     {"process_control": 3, "equip_networked": 0}),
    ("platform_without_machines", ("discrete", "large"),
     {"platform_use": 3, "equip_networked": 0}),
    ("erp_without_system", FACTORY, {"sys_psi": 1, "sys_finance": 1}),
    ("finance_link_without_finance", ("discrete", "large"), {"links": ["B"]}),
    ("orders_flow_without_system", FACTORY, {"ec_orders": 3, "sys_psi": 1}),
    ("direct_link_without_system", FACTORY, {"supplier_link": 3, "sys_psi": 1}),
    ("online_payment_without_sales", SHOP, {"svc_online": ["C", "D"], "ec_sales": 0}),
    ("farm_shop_without_sales", FARM, {"agri_online": ["E"], "ec_sales": 0}),
    ("trace_without_records", FACTORY, {"trace": 2, "sys_quality": 0}),
    ("networked_above_digital", FACTORY, {"equip_networked": 50}),
    ("it_spending_above_revenue", FACTORY, {"it_spending": 1001}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "firm", "given"), DOUBTS, ids=[d[0] for d in DOUBTS])
def test_a_contradiction_warns_and_does_not_stop_the_score(code, firm, given):
    found = scored(*firm, middling, **given)
    assert code in [warning["code"] for warning in found["warnings"]]
    assert total(found) > 0


@pytest.mark.parametrize("firm", [("services", "small"), ("agriculture", "micro")])
def test_plausible_answers_raise_no_warning(firm):
    assert scored(*firm, middling)["warnings"] == []


# Two versions of one code.


@pytest.fixture
def no_database(monkeypatch):
    """The shipped files serve where there is no database."""
    monkeypatch.setattr("scoring.instruments._database_exists", lambda: False)


@pytest.mark.parametrize(("name", "version"), [("", "2.0"), ("@1.0", "1.0"), ("@2.0", "2.0")])
def test_the_command_scores_with_the_newest_version_or_the_one_asked_for(
    name, version, no_database, tmp_path
):
    file, out = tmp_path / "rows.jsonl", io.StringIO()
    file.write_text(json.dumps({"id": 1, "profile": {}, "answers": {}}) + "\n")
    call_command("score", OLD + name, str(file), stdout=out)
    assert json.loads(out.getvalue())["instrument"] == f"{OLD}@{version}"


def test_the_newest_file_is_found_by_its_version_and_not_by_its_name(no_database):
    assert find_instrument(OLD).version == "2.0"


def test_answers_to_1_0_carry_over_whole():
    carried = translate(MIDDLE_OF_1_0, definition(OLD), definition(CODE)).answers
    assert carried == MIDDLE_OF_1_0
