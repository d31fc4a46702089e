"""The place in a Chinese document is told to English readers by rule."""

from __future__ import annotations

import re

import pytest

from questionnaires.catalogue.loading import load_catalogue, shipped_entries
from questionnaires.catalogue.locators import english
from questionnaires.models import Figure

FIGURE = """
sources: [{code: s, title: S, publisher: P, kind: report, published: "2020"}]
indicators: [{code: i, name: I, definition: D, level: region}]
regions: [{code: CN, name: 全国}]
figures:
  - {code: f, indicator: i, area: CN, period: "2020", value: 1, kind: observed, source: s,
     status: official, %s}
"""


@pytest.mark.parametrize(
    ("chinese", "said"),
    [
        ("第3章第2节", "chapter 3, section 2"),
        ("第六章，表6—1", "chapter 6, table 6-1"),
        ("表1", "table 1"),
        ("专栏二", "box 2"),
        ("第二十六条", "article 26"),
        ("（二十六）数据中心", "(26) Data centres"),
        ("附表 2，第 31 页", "annex table 2, page 31"),
        ("第六章，浙江（书中引2018年统计公报）",
         "chapter 6, Zhejiang (the book quotes the communiqué of 2018)"),
        ("第四章，没有译名的标题", "chapter 4, “没有译名的标题”"),
        ("§ 3.2", ""),
    ],
)  # fmt: skip
def test_structure_follows_rules_and_unknown_headings_stay_as_printed(chinese, said):
    assert english(chinese) == said


def test_every_shipped_locator_has_english_without_a_chinese_word_left():
    rows, _editions, problems = shipped_entries()
    assert problems == []
    left = [
        row.values["locator_name"].get("en", row.values["locator"])
        for kind in ("figures", "indicators", "policies", "advice")
        for row in rows[kind].values()
    ]
    assert [words for words in left if re.search(r"[\u3400-\u9fff]", words)] == []


@pytest.mark.django_db
def test_english_that_a_file_gives_goes_before_the_rules(write):
    load_catalogue([write(FIGURE % "locator: {zh: 第3章, en: the third chapter}")])
    figure = Figure.objects.get(code="f")
    assert figure.locator == "第3章"
    assert figure.locator_name == {"zh": "第3章", "en": "the third chapter"}


def test_a_case_is_never_a_target(problems):
    case = "locator: x, case: {name: 某厂, stage: before}"
    wrong = FIGURE.replace("kind: observed", "kind: target") % case
    found = problems(wrong)
    assert [problem.code for problem in found] == ["f"]
    assert problems(FIGURE % case) == []
