"""The instruments that ship: they validate, speak both languages, and say what the method says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import questionnaires
from questionnaires.instruments import Definition, validate

CATALOG = Path(questionnaires.__file__).parent / "catalog"
SHIPPED = ["miit-sme-2024", "enterprise-digital-economy"]
HAN = r"[\u3400-\u9fff]"
LETTERS = "ABCDEFGHIJKLMNO"
CITED = "工信厅企业〔2024〕56号"  # a document number, quoted as it is in both languages


@cache
def document(code: str) -> dict[str, Any]:
    return yaml.safe_load((CATALOG / "instruments" / f"{code}.yaml").read_text("utf-8"))


@cache
def definition(code: str) -> Definition:
    found, problems = validate(document(code))
    assert problems == []
    assert found is not None
    return found


def texts(data: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every ``{zh, en}`` in the data, with the way to it."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from texts(item, f"{path}[{number}]")
    elif isinstance(data, dict) and "zh" in data:
        yield path, data
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from texts(item, f"{path}.{key}")


def files() -> list[Path]:
    return [
        *(CATALOG / "instruments" / f"{code}.yaml" for code in SHIPPED),
        CATALOG / "indicators" / "enterprise.yaml",
        CATALOG / "sources" / "instruments.yaml",
    ]


def codes_in(kind: str) -> set[str]:
    found: set[str] = set()
    for path in (CATALOG / kind).glob("*.yaml"):
        rows = yaml.safe_load(path.read_text("utf-8")).get(kind, [])
        found |= {row["code"] for row in rows}
    return found


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_instrument_validates(code):
    assert definition(code).code == code


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_text_is_given_in_chinese_and_in_english(path):
    wrong = [
        place
        for place, text in texts(yaml.safe_load(path.read_text("utf-8")))
        if not re.search(HAN, text["zh"])
        or not text.get("en")
        or re.search(HAN, text["en"].replace(CITED, ""))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_chinese_uses_full_width_punctuation(path):
    half = re.compile(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.|[\"']")
    every = texts(yaml.safe_load(path.read_text("utf-8")))
    assert [text["zh"] for _, text in every if half.search(text["zh"])] == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_english_uses_its_own_punctuation(path):
    every = texts(yaml.safe_load(path.read_text("utf-8")))
    found = re.compile("[，。；：？！（）]")
    assert [text["en"] for _, text in every if found.search(text["en"])] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_every_question_has_an_indicator_evidence_and_advice(code):
    questions = definition(code).questions.values()
    assert [q.code for q in questions if not (q.indicator and q.evidence and q.advice)] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_every_ladder_advises_on_each_rung_above_the_lowest(code):
    ladders = [q for q in definition(code).questions.values() if q.kind == "ladder"]
    assert ladders
    for q in ladders:
        assert [a.rung_below for a in q.advice] == list(range(1, len(q.rungs))), q.code


@pytest.mark.parametrize("code", SHIPPED)
def test_every_way_to_lose_points_meets_some_advice(code):
    for q in definition(code).questions.values():
        if q.kind == "multiple":
            lacking = {a.lacking for a in q.advice if a.lacking}
            rest = any(a.points_below or a.when for a in q.advice)
            assert rest or lacking == {o.code for o in q.options if not o.exclusive}, q.code


@pytest.mark.parametrize("code", SHIPPED)
def test_rungs_are_short_enough_to_be_read_on_a_phone(code):
    ladders = [q for q in definition(code).questions.values() if q.kind == "ladder"]
    long = [(q.code, r.text["zh"]) for q in ladders for r in q.rungs if len(r.text["zh"]) > 50]
    assert long == []


@pytest.mark.parametrize("code", SHIPPED)
def test_indicators_and_sources_are_in_the_catalogue(code):
    found = definition(code)
    named = {q.indicator for q in found.questions.values()}
    named |= {c.indicator for c in found.computed if c.indicator}
    assert named - codes_in("indicators") == set()
    sources = {a.source.code for q in found.questions.values() for a in q.advice if a.source}
    assert (sources | {found.source.code}) - codes_in("sources") == set()


def test_indicators_of_the_catalogue_are_answered_by_a_shipped_instrument():
    named = {q.indicator for code in SHIPPED for q in definition(code).questions.values()}
    named |= {c.indicator for code in SHIPPED for c in definition(code).computed}
    rows = yaml.safe_load((CATALOG / "indicators" / "enterprise.yaml").read_text("utf-8"))
    assert [r["code"] for r in rows["indicators"] if r["code"] not in named] == []


def test_questions_that_share_an_indicator_can_share_an_answer():
    by_indicator: dict[str, list[Any]] = {}
    for code in SHIPPED:
        for q in definition(code).questions.values():
            by_indicator.setdefault(q.indicator, []).append(q)
    shared = {name: pair for name, pair in by_indicator.items() if len(pair) > 1}
    assert set(shared) >= {"equipment-digital-rate", "network-security-measures"}
    for first, second in shared.values():
        options = [[(o.code, o.text) for o in getattr(q, "options", ())] for q in (first, second)]
        assert (first.kind, options[0]) == (second.kind, options[1])


# The 2024 indicators for small and medium-sized enterprises, as their facts are printed.

POINTS = {
    "Q1": [0, 2, 2, 2, 2],
    "Q4": [0, *["0.7"] * 13, "0.9"],
    "Q5": [0, "2.5", 5, "7.5", 10],
    "Q6": [0, *["1.25"] * 4],
    "Q7": [0, *["1.25"] * 4],
    "Q8": [0, "1.5", 3, "4.5", 6, "7.5"],
    "Q9": [0, *["1.875"] * 4],
    "Q10": [0, *["1.5"] * 5],
    "Q12": [0, "3.5", 7],
    "Q13": [0, "3.5", 7],
    "Q14": [0, "1.5", 3],
    "Q15": [0, "1.5", 3],
}
FIRST_OPTION = {"Q12": "增加", "Q13": "降低", "Q14": "降低", "Q15": "增加"}
INTERVALS = ["[0,10]", "(10,20]", "(20,40]", "(40,60]", "(60,100]"]
SIX = [0, Decimal("1.5"), 3, Decimal("4.5"), 6]
SPENDING = [0, Decimal("1.875"), Decimal("3.75"), Decimal("5.625"), Decimal("7.5")]
CONSTRAINED = [f"S{n}" for n in (1, 3, 6, 7, 8, 9, 10, 11, 12, 13)]
NODES = {
    "total": 100,
    "foundation": 50,
    "equipment": 20,
    "data_collection": 10,
    "systems": 10,
    "security": 10,
    "management": 30,
    "planning": 15,
    "support": 15,
    "outcome": 20,
    "green": 7,
    "quality": 7,
    "market": 6,
}


def sme() -> Definition:
    return definition("miit-sme-2024")


def test_sme_asks_fifteen_questions_and_sixteen_scenarios():
    scored = [f"Q{n}" for n in range(1, 16)]
    scenarios = [f"S{n}" for n in range(1, 17)]
    assert set(sme().questions) == {*scored, *scenarios}
    assert all(len(sme().questions[code].rungs) == 5 for code in scenarios)


@pytest.mark.parametrize("code", POINTS)
def test_sme_options_are_lettered_in_order_and_carry_the_printed_points(code):
    options = sme().questions[code].options
    assert [o.code for o in options] == list(LETTERS[: len(options)])
    assert [o.points for o in options] == [Decimal(p) for p in POINTS[code]]
    assert options[0].text["zh"] == FIRST_OPTION.get(code, "无")


@pytest.mark.parametrize(("code", "points"), [("Q2", SIX), ("Q3", SIX), ("Q11", SPENDING)])
def test_sme_ratios_have_bands_closed_above(code, points):
    bands = sme().questions[code].points.bands
    assert [b.interval for b in bands] == INTERVALS
    assert [b.points for b in bands] == points


def test_sme_none_excludes_every_other_option():
    multiple = [q for q in sme().questions.values() if q.kind == "multiple"]
    assert [q.code for q in multiple] == ["Q1", "Q4", "Q6", "Q7", "Q9", "Q10"]
    assert all([o.code for o in q.options if o.exclusive] == ["A"] for q in multiple)


def test_sme_marks_ten_constrained_scenarios():
    tagged = [q.code for q in sme().questions.values() if "constrained" in q.tags]
    assert tagged == CONSTRAINED


def test_sme_scenarios_with_alternatives_name_their_branches():
    found = {
        (q.code, rung): len(r.branches)
        for q in sme().questions.values()
        if q.kind == "ladder"
        for rung, r in enumerate(q.rungs)
        if r.branches
    }
    assert found == {("S4", 4): 2, ("S7", 3): 2, ("S7", 4): 2, ("S12", 4): 2}


def test_sme_nodes_have_the_printed_maxima():
    assert {code: node.max for code, node in sme().nodes.items()} == NODES
    assert {node.aggregate for node in sme().nodes.values()} == {"sum"}


def test_sme_levels_ask_for_score_scenarios_and_constrained_scenarios():
    found = []
    for step in sme().levels.steps:
        score, every, tagged = step.all
        assert (every.rungs.questions, every.rungs.tagged) == (None, None)
        assert (tagged.rungs.tagged, tagged.rungs.rung) == ("constrained", every.rungs.rung)
        counts = (every.rungs.rung, every.rungs.at_least, tagged.rungs.at_least)
        found.append((step.name["zh"], score.score.at_least, *counts))
    assert found == [
        ("初始级", 20, 1, 6, 3),
        ("规范级", 40, 2, 6, 3),
        ("集成级", 60, 3, 8, 5),
        ("协同级", 80, 4, 10, 6),
    ]


def test_sme_says_that_it_is_transcribed_and_where_transcriptions_differ():
    assert sme().status == "transcribed"
    for word in ("转录", "未与", "附件", "Q8"):
        assert word in sme().notice["zh"]
    assert "not checked" in sme().notice["en"]


def test_sme_does_not_offer_an_answer_the_method_lacks():
    assert [q.code for q in sme().questions.values() if q.takes_not_applicable] == []


def test_sme_checks_warn_and_never_stop():
    assert len(sme().checks) >= 5
    assert {check.severity for check in sme().checks} == {"warning"}


@pytest.mark.parametrize("code", SHIPPED)
def test_sections_stay_short(code):
    assert max(len(section.questions) for section in definition(code).sections) <= 6


# The project's own instrument.


def own() -> Definition:
    return definition("enterprise-digital-economy")


def test_own_instrument_says_that_levels_and_weights_are_this_projects_own():
    assert own().status == "own"
    for part in (own().notice, own().summary):
        assert "本项目自行设定" in part["zh"]
        assert "this project's own" in part["en"]


def test_own_instrument_covers_what_the_product_is_named_for():
    assert 30 <= len(own().questions) <= 40
    named = {q.indicator for q in own().questions.values()}
    named |= {c.indicator for c in own().computed}
    assert named >= {
        "cloud-system-share",
        "key-process-nc-rate",
        "digital-design-tool-rate",
        "e-purchase-share",
        "e-sales-share",
        "psi-by-information-systems",
        "production-by-information-systems",
        "logistics-by-information-systems",
        "it-staff-share",
        "it-spending-share",
        "equipment-networking-rate",
        "fusion-technology-rung",
        "fusion-product-rung",
        "fusion-business-rung",
        "fusion-emergence-rung",
        "data-security-measures",
    }


def test_own_instrument_climbs_from_single_application_to_collaboration():
    ladders = [q for q in own().questions.values() if "fusion" in q.tags]
    assert len(ladders) == 4
    for q in ladders:
        assert [r.name["zh"] for r in q.rungs] == ["未起步", "单项应用", "集成", "协同"]


def test_own_dimensions_are_weighted_to_one_hundred():
    dimensions = own().tree.children
    assert len(dimensions) == 7
    assert sum(node.weight for node in dimensions) == 100
