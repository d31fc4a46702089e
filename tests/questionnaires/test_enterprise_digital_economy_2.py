"""Version 2.0 of the project's own instrument as data: bilingual, readable, and faithful to 1.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse

import questionnaires
from questionnaires.catalogue.loading import load_catalogue
from questionnaires.catalogue.versions import natural
from questionnaires.models import Instrument
from tests.scoring.shipped import definition

CATALOG = Path(questionnaires.__file__).parent / "catalog"
CODE, OLD = "enterprise-digital-economy-2", "enterprise-digital-economy"
FILES = [CATALOG / "instruments" / f"{CODE}.yaml", CATALOG / "indicators" / "enterprise-2.yaml"]
HAN = r"[\u3400-\u9fff]"
SHARED_WITH = ["miit-sme-2024", "smart-enterprise", "supply-chain-resilience"]
LINKS = {
    "strategy": "plan", "people": "training", "network": "cloud_rate", "data": "data_use",
    "design": "design_tools", "production": "sys_production", "management": "sys_psi",
    "commerce": "ec_sales", "supply": "sys_logistics", "products": "fuse_product",
    "green": "energy", "security": "sec_network", "results": "cost_trend",
}  # fmt: skip
PRACTICES = [
    "CAD", "CAE", "CAM", "CAPP", "PDM", "PLM", "MES", "ERP", "SCM", "CRM", "OA", "BI", "DCS",
    "PLC", "SCADA", "RFID", "WMS", "AGV", "IPv6", "3D", "机器人", "数控", "云", "知识管理",
    "移动支付", "无人机", "节水灌溉", "测土配方", "智能温室", "合同能源管理",
]  # fmt: skip


def texts(data: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from texts(item, f"{path}[{number}]")
    elif isinstance(data, dict) and "zh" in data:
        yield path, data
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from texts(item, f"{path}.{key}")


def of(path: Path) -> list[tuple[str, dict[str, str]]]:
    return list(texts(yaml.safe_load(path.read_text("utf-8"))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_is_in_chinese_and_in_english(path):
    wrong = [
        (place, text)
        for place, text in of(path)
        if not re.search(HAN, text["zh"]) or not text.get("en") or re.search(HAN, text["en"])
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_chinese_uses_full_width_punctuation_and_english_its_own(path):
    half = re.compile(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.|[\"']")
    assert [t["zh"] for _, t in of(path) if half.search(t["zh"])] == []
    assert [t["en"] for _, t in of(path) if re.search("[，。；：？！（）]", t["en"])] == []


def test_it_is_the_same_instrument_in_a_newer_version_and_both_ship():
    old, new = definition(OLD), definition(CODE)
    assert (new.code, new.version, old.version) == (old.code, "2.0", "1.0")
    assert natural(new.version) > natural(old.version)


def test_it_says_that_levels_and_weights_are_this_projects_own_and_what_changed():
    new = definition(CODE)
    assert new.status == "own"
    for part in (new.notice, new.summary):
        assert "本项目自行设定" in part["zh"]
        assert "this project's own" in part["en"]
        assert "1.0" in part["zh"]
        assert "1.0" in part["en"]


def test_it_covers_every_link_with_seventy_to_a_hundred_questions():
    new = definition(CODE)
    assert 70 <= len(new.questions) <= 100
    assert [node.code for node in new.tree.children] == list(LINKS)
    assert set(LINKS.values()) <= set(new.questions)
    assert sum(node.weight for node in new.tree.children) == 100


def test_the_practices_that_the_documents_name_are_there_to_choose():
    said = " ".join(
        part.text["zh"]
        for q in definition(CODE).questions.values()
        for part in (*getattr(q, "options", ()), *getattr(q, "rungs", ()), q)
    )
    said += " ".join(a.text["zh"] for q in definition(CODE).questions.values() for a in q.advice)
    assert [word for word in PRACTICES if word not in said] == []


@pytest.mark.parametrize("code", list(definition(OLD).questions))
def test_a_question_of_1_0_keeps_its_code_wording_points_and_indicator(code):
    old, new = definition(OLD).questions[code], definition(CODE).questions[code]
    left, right = old.model_dump(), new.model_dump()
    assert left | {"relevant": None} == right | {"relevant": None}


def test_questions_shared_with_other_instruments_can_share_an_answer():
    mine = {q.indicator: q for q in definition(CODE).questions.values()}
    shared = 0
    for other in SHARED_WITH:
        for theirs in definition(other).questions.values():
            if q := mine.get(theirs.indicator):
                shared += 1
                options = [
                    [(o.code, o.text) for o in getattr(one, "options", ())] for one in (q, theirs)
                ]
                rungs = [[r.text for r in getattr(one, "rungs", ())] for one in (q, theirs)]
                assert (q.kind, options[0], rungs[0]) == (theirs.kind, options[1], rungs[1])
    assert shared >= 25


def test_no_two_questions_answer_one_indicator():
    indicators = [q.indicator for q in definition(CODE).questions.values()]
    assert len(indicators) == len(set(indicators))


def test_every_question_has_an_indicator_evidence_and_advice():
    questions = definition(CODE).questions.values()
    assert [q.code for q in questions if not (q.indicator and q.evidence and q.advice)] == []


def test_every_ladder_advises_on_each_rung_and_every_option_has_its_advice():
    for q in definition(CODE).questions.values():
        if q.kind == "ladder":
            assert [a.rung_below for a in q.advice] == list(range(1, len(q.rungs))), q.code
        elif q.kind == "multiple" and q.code != "obstacles":
            wanted = {o.code for o in q.options if not o.exclusive}
            assert {a.lacking for a in q.advice} == wanted, q.code


def test_sections_and_rungs_are_short_enough_for_a_phone():
    new = definition(CODE)
    assert max(len(section.questions) for section in new.sections) <= 8
    ladders = [q for q in new.questions.values() if q.kind == "ladder"]
    long = [(q.code, r.text["zh"]) for q in ladders for r in q.rungs if len(r.text["zh"]) > 30]
    assert long == []


def test_what_holds_a_firm_back_earns_nothing_and_need_not_be_said():
    obstacles = definition(CODE).questions["obstacles"]
    assert not obstacles.required
    assert [o.points for o in obstacles.options if o.points is not None] == []


def test_its_new_indicators_are_all_asked():
    made = {row["code"] for row in yaml.safe_load(FILES[1].read_text("utf-8"))["indicators"]}
    assert made - {q.indicator for q in definition(CODE).questions.values()} == set()


def test_the_industry_divisions_of_types_are_told_where_they_matter():
    section = next(s for s in definition(CODE).sections if s.code == "s_equipment")
    assert "第 13 至 16、22、25 至 32 大类" in section.intro["zh"]
    assert "divisions 13 to 16, 22 and 25 to 32" in section.intro["en"]


def test_versions_are_ordered_by_number_not_by_letter():
    assert sorted(["10.0", "2.0", "1.0", "1.10", "1.9"], key=natural) == [
        "1.0", "1.9", "1.10", "2.0", "10.0",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_newest_version_is_current_and_the_old_one_stays_published(client):
    files = [FILES[0], CATALOG / "instruments" / f"{OLD}.yaml"]
    assert load_catalogue(files).problems == []
    instrument = Instrument.objects.get(code=OLD)
    assert instrument.current.version == "2.0"
    assert set(instrument.versions.filter(published=True).values_list("version", flat=True)) == {
        "1.0",
        "2.0",
    }
    assert "种养与作业" in instrument_page(client, "")
    assert "种养与作业" not in instrument_page(client, "?version=1.0")


def instrument_page(client: Any, query: str) -> str:
    address = reverse("questionnaires:instrument-detail", args=[OLD]) + query
    response = client.get(address, headers={"accept-language": "zh-hans"})
    assert response.status_code == 200
    return response.content.decode()
