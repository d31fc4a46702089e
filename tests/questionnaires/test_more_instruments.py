"""The further instruments: whole, in two languages, honest about what is published."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import questionnaires
from scoring.one import score_one
from tests.scoring.shipped import definition, score, score_many

CATALOG = Path(questionnaires.__file__).parent / "catalog"
FIRMS = ["smart-enterprise", "supply-chain-resilience", "outcomes-before-after", "dmat-sme"]
REGIONS = [
    "supply-chain-resilience-region",
    "innovation-centre",
    "county-digital-village",
    "county-e-commerce",
    "region-zhejiang-2017",
    "region-digital-economy",
]
CODES = FIRMS + REGIONS
HAN = r"[\u3400-\u9fff]"
FACTORY = {"section": "C", "industry": "C34", "size": "small", "employees": 100}
Answers = dict[str, Any]


def files() -> list[Path]:
    return [
        *(CATALOG / "instruments" / f"{code}.yaml" for code in CODES),
        *sorted((CATALOG / "indicators").glob("instruments-*.yaml")),
        *sorted((CATALOG / "sources").glob("instruments-*.yaml")),
    ]


def texts(data: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from texts(item, f"{path}[{number}]")
    elif isinstance(data, dict) and "zh" in data:
        yield path, data
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from texts(item, f"{path}.{key}")


def rows(kind: str) -> dict[str, dict[str, Any]]:
    """Entries of one kind in the shipped catalogue, defaults filled in."""
    found: dict[str, dict[str, Any]] = {}
    for path in (CATALOG / kind).glob("*.yaml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        defaults = (data.get("defaults") or {}).get(kind, {})
        found |= {row["code"]: defaults | row for row in data.get(kind, [])}
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_text_is_in_chinese_and_in_english(path):
    wrong = [
        place
        for place, text in texts(yaml.safe_load(path.read_text("utf-8")))
        if not re.search(rf"{HAN}|/", text["zh"])
        or not text.get("en")
        or re.search(HAN, text["en"])
    ]
    assert [place for place in wrong if not place.endswith(".unit")] == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_chinese_uses_full_width_punctuation_and_english_its_own(path):
    half = re.compile(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.|[\"']")
    every = [text for _, text in texts(yaml.safe_load(path.read_text("utf-8")))]
    assert [text["zh"] for text in every if half.search(text["zh"])] == []
    assert [text["en"] for text in every if re.search("[，。；：？！（）]", text["en"])] == []


@pytest.mark.parametrize("code", CODES)
def test_every_question_has_an_indicator_evidence_and_advice(code):
    questions = definition(code).questions.values()
    assert [q.code for q in questions if not (q.indicator and q.evidence and q.advice)] == []


@pytest.mark.parametrize("code", CODES)
def test_indicators_and_sources_are_in_the_catalogue(code):
    one, indicators, sources = definition(code), rows("indicators"), rows("sources")
    named = {q.indicator for q in one.questions.values()}
    named |= {c.indicator for c in one.computed if c.indicator}
    assert named - set(indicators) == set()
    cited = {a.source.code for q in one.questions.values() for a in q.advice if a.source}
    assert (cited | {one.source.code}) - set(sources) == set()


@pytest.mark.parametrize("code", CODES)
def test_the_notice_says_whose_choice_scoring_is_and_that_it_is_not_official(code):
    one = definition(code)
    assert one.status in ("own", "transcribed")
    assert re.search("本项目|评估者的选择", one.notice["zh"])
    assert re.search("this project|the project|the assessor", one.notice["en"])


def test_what_describes_firms_and_what_describes_regions_are_asked_apart():
    indicators = rows("indicators")

    def levels(codes: list[str]) -> set[str]:
        named = {q.indicator for code in codes for q in definition(code).questions.values()}
        return {indicators[name]["level"] for name in named}

    assert "region" not in levels(FIRMS)
    assert levels(REGIONS) == {"region"}


def test_every_indicator_made_for_these_instruments_is_asked():
    named = {q.indicator for code in CODES for q in definition(code).questions.values()}
    named |= {c.indicator for code in CODES for c in definition(code).computed}
    made = {
        row["code"]
        for path in (CATALOG / "indicators").glob("instruments-*.yaml")
        for row in yaml.safe_load(path.read_text("utf-8"))["indicators"]
    }
    assert made - named == set()


def test_standards_without_verified_weights_are_sources_that_say_what_is_missing():
    sources = rows("sources")
    for code in ("cmmm-gbt-39116-2020", "siri-index", "two-integration-gbt-23020"):
        assert "没有据此做评分问卷" in sources[code]["note"]["zh"]
    shipped = {path.stem for path in (CATALOG / "instruments").glob("*.yaml")}
    assert not {name for name in shipped if "cmmm" in name or "siri" in name}


# Scores worked out by hand: the weakest, the strongest, and one in between.


def best(q: Any) -> Any:
    """The answer that earns most, by the points themselves."""
    if q.kind == "multiple":
        return [o.code for o in q.options if not o.exclusive]
    if q.kind == "single":
        return max(q.options, key=lambda o: o.points or 0).code
    if q.kind == "ladder":
        return len(q.rungs) - 1
    if q.kind == "yes_no":
        return True
    if q.kind == "before_after":
        return {"before": 10, "after": 12 if q.better == "higher" else 8}
    points = getattr(q.points, "linear", None)
    if points is None:
        return 100 if q.kind == "ratio" else 1
    edge = points.best
    return int(edge) if edge == edge.to_integral_value() else float(edge)


def worst(q: Any) -> Any:
    if q.kind == "multiple":
        return [next((o.code for o in q.options if o.exclusive), q.options[0].code)]
    if q.kind == "single":
        return min(q.options, key=lambda o: o.points or 0).code
    if q.kind == "before_after":
        return {"before": 10, "after": 8 if q.better == "higher" else 12}
    if q.kind in ("ladder", "yes_no"):
        return False if q.kind == "yes_no" else 0
    points = getattr(q.points, "linear", None)
    return int(points.worst) if points else 0


def every(code: str, pick: Any) -> Answers:
    return {q.code: pick(q) for q in definition(code).questions.values()}


def total(found: dict[str, Any]) -> Decimal:
    return Decimal(str(found["total"]))


@pytest.mark.parametrize("code", CODES)
def test_the_best_answers_earn_everything_and_the_worst_nothing(code):
    strong, weak = (score(code, every(code, pick), FACTORY) for pick in (best, worst))
    assert strong["errors"] == weak["errors"] == []
    assert (total(strong), total(weak)) == (100, 0)
    levels = definition(code).levels
    if levels:
        assert (strong["level"], weak["level"]) == (len(levels.steps), 0)


@pytest.mark.parametrize("code", CODES)
def test_nothing_answered_earns_nothing_or_stays_unknown(code):
    found = score(code, {}, FACTORY)
    assert found["errors"] == []
    assert found["total"] is None or total(found) == 0


def test_two_smart_links_of_four_make_the_first_stage():
    links = {"smart_design": 2, "smart_production": 2, "smart_management": 1, "smart_marketing": 0}
    answers = every("smart-enterprise", worst) | links
    assert score("smart-enterprise", answers, FACTORY)["level_code"] == "single"
    one = answers | {"smart_production": 1}
    assert score("smart-enterprise", one, FACTORY)["level"] == 0


def advanced() -> Answers:
    chosen = dict.fromkeys(("smart_design", "smart_production", "smart_management"), 2)
    chosen |= dict.fromkeys(("smart_marketing", "platform", "loop", "fuse_business"), 2)
    return every("smart-enterprise", worst) | chosen | {"sensing": 2, "reaction": 2, "deciding": 2}


def test_integration_and_a_nervous_system_make_the_advanced_stage():
    found = score("smart-enterprise", advanced(), FACTORY)
    assert found["level_code"] == "integrated"
    assert Decimal(str(found["values"]["smart-enterprise-share"])) == 100


@pytest.mark.parametrize("lacking", ["smart_design", "platform", "loop", "sensing", "deciding"])
def test_one_gap_keeps_a_firm_from_the_advanced_stage_and_out_of_the_share(lacking):
    found = score("smart-enterprise", advanced() | {lacking: 1}, FACTORY)
    assert found["level_code"] == "single"
    assert Decimal(str(found["values"]["smart-enterprise-share"])) == 0


def test_a_service_firm_can_be_smart_without_the_questions_of_industry():
    answers = {c: a for c, a in advanced().items() if c != "smart_design"}
    found = score("smart-enterprise", answers, {"section": "I"})
    assert found["level_code"] == "integrated"
    assert Decimal(str(found["values"]["smart-enterprise-share"])) == 100


def test_the_share_counts_exactly_the_firms_at_the_advanced_stage():
    chance, rows_ = random.Random(2026), []
    high = [code for code, answer in advanced().items() if answer == 2]
    for number in range(200):
        answers = advanced() | {code: chance.choice([1, 2, 3, 3, 3, 3]) for code in high}
        rows_.append((answers, FACTORY if number % 2 else {"section": "I"}))
    found = score_many("smart-enterprise", rows_)
    reached = [result["level_code"] == "integrated" for result in found]
    shares = [Decimal(str(result["values"]["smart-enterprise-share"])) for result in found]
    assert shares == [100 if yes else 0 for yes in reached]
    assert 0 < sum(reached) < 200


@pytest.mark.parametrize("code", [code for code in CODES if code != "outcomes-before-after"])
def test_a_better_answer_never_lowers_the_score_or_the_level(code):
    """From the worst answers, one question after the other is answered best."""
    order = list(definition(code).questions)
    random.Random(7).shuffle(order)
    weak, strong = every(code, worst), every(code, best)
    steps = [weak | {c: strong[c] for c in order[:n]} for n in range(len(order) + 1)]
    found = score_many(code, [(answers, FACTORY) for answers in steps])
    totals = [total(result) for result in found]
    assert totals == sorted(totals)
    levels = [result["level"] or 0 for result in found]
    assert levels == sorted(levels)


def test_an_industry_is_smart_by_the_share_of_its_smart_firms():
    row = rows("indicators")["smart-enterprise-share"]
    assert (row["roll_up"], row["level"], row["unit"]) == ("share_of_firms", "both", "%")


def test_a_resilient_chain_is_as_strong_as_its_weakest_side():
    answers = every("supply-chain-resilience", best)
    answers |= {"warning": 0, "continuity": 0, "diversity": ["A"], "sec_recovery": 0}
    found = score("supply-chain-resilience", answers, FACTORY)
    assert (total(found), found["level"]) == (75, 0)
    assert [b["kind"] for b in found["binding"]] == ["minimum"]


def test_resilience_worked_out_by_hand():
    half = {
        "dual_source": 50,
        "import_dependence": {"part": 2, "whole": 8},
        "chain_map": 2,
        "value_added": 2,
        "irreplaceable": 1,
        "rd_intensity": 2.5,
        "own_software": 0,
    }
    found = score("supply-chain-resilience", every("supply-chain-resilience", worst) | half, {})
    nodes = {code: Decimal(str(value)) for code, value in found["nodes"].items()}
    # the means of 50, 75, 70 and of 70, 30, 50, 0
    assert (nodes["completeness"], nodes["control"]) == (65, Decimal("37.5"))
    assert total(found) == Decimal("25.625")


@pytest.mark.parametrize("code", ["supply-chain-resilience", "supply-chain-resilience-region"])
def test_each_characteristic_asks_for_strength_cause_and_gives_action(code):
    one = definition(code)
    for side in ("comp", "flow", "ctrl", "recov"):
        strength, cause = one.questions[f"{side}_strength"], one.questions[f"{side}_cause"]
        assert strength.option_points() is None
        assert cause.option_points() is None
        acted = {a.when for a in cause.advice}
        letters = [o.code for o in cause.options if not o.exclusive]
        assert acted == {f"ARRAY_CONTAINS({side}_cause, '{letter}')" for letter in letters}


@pytest.mark.parametrize("code", ["supply-chain-resilience", "supply-chain-resilience-region"])
def test_the_three_paths_come_with_their_conditions_of_use(code):
    said = [a.text["zh"] for q in definition(code).questions.values() for a in q.advice]
    for number in "一二三":
        path = [text for text in said if text.startswith(f"路径{number}")]
        assert len(path) == 1
        assert "适用于" in path[0]
        assert "薄弱处" in path[0]


DALIAN = {
    "design_cycle": (7, 1), "production_cycle": (15, 8), "order_response": (20, 10),
    "on_time_delivery": (60, 80), "labour_productivity": (3.3, 5.5), "closing_cycle": (15, 10),
    "costing_cycle": (12, 6), "equipment_use": (80, 95), "capital_turnover": (12, 26),
    "purchase_cost": (56, 18), "material_loss": (12, 8), "material_use": (9360, 9080),
    "energy_per_output": (0.026, 0.021), "stock_rate": (60, 40), "stock_days": (176, 121),
    "count_error": (1, 0.3), "workshop_staff": (420, 305), "managers": (103, 75),
    "pass_rate": (97, 99), "shortages": (3, 1),
}  # fmt: skip
ZHUJIANG = {
    "energy_per_tonne": (53.84, 36.53), "power_per_tonne": (86.59, 77.76),
    "coal_per_tonne": (41.79, 26.02), "water_per_tonne": (5.48, 3.73),
    "cod_per_tonne": (0.236, 0.066), "dust_per_tonne": (0.037, 0.016),
    "so2_per_tonne": (0.462, 0.086),
}  # fmt: skip


def pairs(values: dict[str, tuple[float, float]]) -> Answers:
    return {code: {"before": b, "after": a} for code, (b, a) in values.items()}


def test_the_two_cases_fill_the_module_exactly():
    assert set(DALIAN) | set(ZHUJIANG) == set(definition("outcomes-before-after").questions)
    found = score("outcomes-before-after", pairs(DALIAN | ZHUJIANG), FACTORY)
    assert (found["errors"], total(found)) == ([], 100)
    # (36.53 − 53.84) / 53.84 is the 32.15 % the table prints
    change = Decimal(str(found["values"]["outcome-energy-per-tonne"]))
    assert round(change, 2) == Decimal("-32.15")


def test_only_filled_outcomes_count_and_by_their_number():
    worse = {"closing_cycle": {"before": 10, "after": 12}}
    answers = pairs({"design_cycle": (7, 1), "order_response": (20, 10)}) | worse
    # two of three; speed has 4 questions and efficiency 6, so sides weigh 4 and 6
    found = score("outcomes-before-after", answers, FACTORY)
    assert total(found) == Decimal(40)


def test_no_change_is_no_improvement():
    found = score("outcomes-before-after", pairs({"design_cycle": (7, 7)}), FACTORY)
    assert total(found) == 0


def test_the_values_of_the_cases_stand_nowhere_in_the_module():
    said = (CATALOG / "instruments" / "outcomes-before-after.yaml").read_text("utf-8")
    printed = ["9360", "9080", "53.84", "36.53", "86.59", "0.236", "176", "121"]
    assert [value for value in printed if value in said] == []


def test_innovation_centres_of_2016_and_2017():
    table = {
        "members": (830, 1291), "members_large": (187, 295), "members_sme": (361, 549),
        "members_academic": (177, 297), "members_other": (105, 150), "cost_share": (2.2, 1.8),
        "projects": (191, 273), "project_spending": (3.3, 3), "students": (23560, 185425),
        "certified": (3386, 4302), "teachers": (1023, 1299),
    }  # fmt: skip
    found = score("innovation-centre", pairs(table) | {"objectives_met": 79})
    assert found["warnings"] == []
    # ecosystem all up 100; cost share down 0; (10 + 0 + 7.9) / 30; workforce all up 100
    nodes = {code: Decimal(str(value)) for code, value in found["nodes"].items()}
    assert (nodes["ecosystem"], nodes["finance"], nodes["workforce"]) == (40, 0, 30)
    assert nodes["technology"] == Decimal("17.9")
    assert total(found) == Decimal("64.916667")


def test_members_that_do_not_add_up_are_questioned():
    wrong = pairs({"members": (100, 100)} | {f"members_{n}": (1, 1) for n in
                  ("large", "sme", "academic", "other")})  # fmt: skip
    found = score("innovation-centre", wrong)
    assert [w["code"] for w in found["warnings"]] == ["members_do_not_add_up"]


def test_the_national_county_figures_of_2018_score_as_their_percentages():
    answers = every("county-digital-village", worst) | {
        "production": 18.6, "station_coverage": 64, "online_share": 9.8, "kiosk_coverage": 49.7,
    }  # fmt: skip
    found = score("county-digital-village", answers)
    nodes = {code: Decimal(str(value)) for code, value in found["nodes"].items()}
    # each side has three questions; the market's two rates are 64 and 9.8
    assert nodes["production_node"] == Decimal("6.2")
    assert nodes["market"] == Decimal("24.6")
    assert nodes["service"] == Decimal("16.566667")
    assert total(found) == Decimal("11.841667")


def test_the_size_of_a_county_earns_nothing():
    answers = every("county-e-commerce", worst)
    large = answers | {"platforms": 21, "firms": 984, "shops": 20000, "couriers": 299}
    assert total(score("county-e-commerce", large)) == total(score("county-e-commerce", answers))


def test_zhejiang_scores_100_against_itself_and_half_of_it_50():
    figures = yaml.safe_load((CATALOG / "figures" / "zhejiang-2017.yaml").read_text("utf-8"))
    values = {f["indicator"].replace("-", "_"): f["value"] for f in figures["figures"]}
    assert set(values) == set(definition("region-zhejiang-2017").questions)
    assert total(score("region-zhejiang-2017", values)) == 100
    half = {code: round(value / 2, 6) for code, value in values.items()}
    assert total(score("region-zhejiang-2017", half)) == 50


def test_zhejiang_has_five_groups_ten_first_level_and_thirty_second_level_indicators():
    one = definition("region-zhejiang-2017")
    assert (len(one.tree.children), len(one.nodes) - 6, len(one.questions)) == (5, 10, 30)
    every_child = [child for node in one.nodes.values() for child in node.children]
    assert {child.weight for child in every_child} == {1}


def test_the_regional_questionnaire_has_eight_focus_areas_and_six_supports():
    nodes = definition("region-digital-economy").nodes
    assert (len(nodes["focus"].children), len(nodes["support"].children)) == (8, 6)
    answers = every("region-digital-economy", worst)
    only = answers | {"fa_media": best(definition("region-digital-economy").questions["fa_media"])}
    # one of eight areas, and focus is half of the whole
    assert total(score("region-digital-economy", only)) == Decimal("6.25")


def test_dmat_follows_the_published_formula():
    answers: Answers = every("dmat-sme", worst) | {
        "Q15_invested": ["B", "C", "D"],
        "Q15_planned": ["B", "C", "D", "E", "F", "G"],
        "Q16": ["B", "C", "D", "E", "F"],
        "Q17": ["B", "C", "D", "E"],
        "Q18_3": 5, "Q18_4": 2,
        "Q19": ["B"], "Q20": ["B", "C"],
        "Q22": ["B", "C", "D"],
        "Q23_5": 3, "Q23_1": 1,
        "Q24": ["B", "C", "D", "E", "F"], "Q25_1": "C", "Q25_2": "B",
    }  # fmt: skip
    found = score("dmat-sme", answers)
    nodes = {code: Decimal(str(value)) for code, value in found["nodes"].items()}
    # D1 is the mean of 3/9, 6/9 and 5/10; D2 of 4/10 and 1.4/7; D3 of 1/7 and 2/8; D4 of 0 and
    # 3/6; D5 is 0.8 of 5; D6 the mean of 5/10 and 1.5/5
    expected = {"D1": 50, "D2": 30, "D3": "19.642857", "D4": 25, "D5": 16, "D6": 40}
    assert {code: nodes[code] for code in expected} == {
        code: Decimal(str(value)) for code, value in expected.items()
    }
    # their mean
    assert total(found) == Decimal("30.107143")
    assert found["level_code"] == "average"


def test_dmat_gives_nothing_for_data_that_are_not_collected_digitally():
    question = definition("dmat-sme").questions["Q21"]
    none = next(option for option in question.options if option.exclusive)
    assert (none.text["zh"], none.points) == ("数据没有数字化采集", 0)


@pytest.mark.parametrize(("kept", "level"), [(1, "none"), (2, "average")])
def test_dmat_bands_begin_above_their_line(kept, level):
    """D4 and D6 full are a third of the whole; D4 alone is a sixth."""
    strong = every("dmat-sme", best)
    dimensions = [("Q21", "Q22"), ("Q24", *(f"Q25_{n}" for n in range(1, 6)))][:kept]
    answers = every("dmat-sme", worst) | {c: strong[c] for codes in dimensions for c in codes}
    found = score("dmat-sme", answers)
    assert total(found) == (Decimal("16.666667") if kept == 1 else Decimal("33.333333"))
    assert (found["level_code"] or "none") == level


def test_dmat_corrections_are_named_where_they_are_made():
    questions = definition("dmat-sme").questions
    for code in ("Q15_invested", "Q20", "Q21", "Q22"):
        assert "所读版本" in questions[code].help["zh"]
    assert score_one(definition("dmat-sme"), {}, {})["errors"] == []
