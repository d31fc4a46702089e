"""The printed report: complete, equal in both languages, well bound."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

import pytest
from django.test import override_settings

from reports import numbers
from reports.pdf import FontsMissing, render
from reports.pdf.styles import MARGIN, PAGE_WIDTH
from tests.reports.pdf.reading import lines_of, outline_of, pages_of, poppler, reader, text_of
from tests.reports.sample import sample_report, t

LONG = "浙江省宁波市镇海区晨曦精密传动零部件制造与技术服务" * 8  # 200 characters
NEVER_FIRST, NEVER_LAST = "，。、；：！？）》”’", "（《“"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def facts(report) -> list[str]:
    """Everything with a number or name of its own, as both languages write it."""
    found = [report.number, report.credit_code, report.receipt, report.instrument_label]
    found += [report.instrument_sha256, report.inputs_sha256, report.engine, report.organisation]
    found += [numbers.number(report.total), f"{numbers.number(report.standing)}%"]
    for row in report.dimensions:
        values = [row.score, row.percent, row.target]
        values += [row.cohort.q1, row.cohort.median, row.cohort.q3] if row.cohort else []
        found += [numbers.number(value) for value in values if value is not None]
    found += [numbers.number(part.contribution, 2) for part in report.trace]
    found += [part.code for part in report.trace]
    found += [numbers.exact(row.target) for row in report.targets if row.target is not None]
    found += [str(row.year) for row in report.targets if row.year]
    return found


def test_every_fact_can_be_read_back(report, document):
    text = text_of(document)
    assert not [fact for fact in facts(report) if squeezed(fact) not in text]


def test_every_text_of_the_report_stands_in_its_language(report, documents):
    for language, document in documents.items():
        text = text_of(document)
        said = [item.text for item in report.binding] + report.unanswered + report.warnings
        said += [row.title for row in report.dimensions] + report.not_applicable
        said += [step.text for step in report.next_steps] + [report.notice]
        straight = str.maketrans({"“": '"', "”": '"'}) if language == "en" else {}
        wanted = [squeezed(each[language].translate(straight)) for each in said]
        assert not [each for each in wanted if each not in text]


def test_both_languages_show_the_same_numbers(documents):
    """Every decimal number but those inside the sample's answers, which differ in their words."""

    def decimals(document: bytes) -> set[str]:
        text = poppler("-raw", document=document)
        return set(re.findall(r"(?<![\w.@])\d[\d,]*\.\d+(?!\w)", text))

    answers = {f"{15 + number}.0" for number in range(40)}
    assert decimals(documents["zh"]) - answers == decimals(documents["en"]) - answers


def test_sections_begin_on_the_same_pages_in_both_languages(documents):
    chinese, english = ([page for _, page in outline_of(documents[each])] for each in documents)
    assert chinese[:8] == english[:8]  # the short closing sections follow one another
    assert len(chinese) == len(english) == 10


def test_the_summary_stands_alone_on_page_two(report, documents):
    for language, document in documents.items():
        page = pages_of(document)[1]
        straight = str.maketrans({"“": '"', "”": '"'}) if language == "en" else {}
        assert numbers.number(report.total) in page
        assert "62.2%" in page
        for item in report.binding:
            assert squeezed(item.text[language].translate(straight)) in page
        for step in report.next_steps[:3]:
            assert squeezed(step.title[language]) in page
        outline = dict(outline_of(document))
        assert sorted(outline.values())[1:3] == [2, 3]


def test_every_page_carries_number_date_edition_and_page_of_pages(report, documents):
    for language, document in documents.items():
        pages = pages_of(document)
        for at, page in enumerate(pages, 1):
            counted = (
                f"第{at}页／共{len(pages)}页" if language == "zh" else f"Page{at}/{len(pages)}"
            )
            assert counted in page
            assert report.number in page
            assert squeezed(report.round_title) in page
            assert ("2026年11月20日" if language == "zh" else "20November2026") in page
            assert ("合成数据" if language == "zh" else "Syntheticdata") in page


def test_contents_name_the_pages_sections_begin_on(document):
    page = pages_of(document)[2]
    for number, (title, begins) in enumerate(outline_of(document)[1:], 1):
        assert f"{number}{squeezed(title)}" in page
        assert str(begins) in page


def test_fonts_are_embedded(document):
    for page in reader(document).pages:
        for font in page["/Resources"]["/Font"].values():
            base = font.get_object()
            if base["/BaseFont"] == "/Helvetica":  # the initial font of a canvas; nothing uses it
                continue
            assert "/FontFile2" in base["/FontDescriptor"]


def test_metadata_names_the_report_and_its_language(report, documents):
    for language, document in documents.items():
        pdf = reader(document)
        assert report.organisation in pdf.metadata.title
        assert report.number in pdf.metadata.subject
        assert pdf.metadata.creation_date.date() == report.scored_at.date()
        assert pdf.trailer["/Root"]["/Lang"] == {"zh": "zh-CN", "en": "en"}[language]


def test_no_line_breaks_the_rules_of_chinese_text(documents):
    for line in lines_of(documents["zh"]):
        assert line.text[0] not in NEVER_FIRST, line
        assert line.text[-1] not in NEVER_LAST, line
        assert line.right <= PAGE_WIDTH - MARGIN + 5.1, line  # the blank half of a mark


def test_no_english_is_left_in_chinese_furniture(documents):
    text = " ".join(line.text for line in lines_of(documents["zh"]))
    known = {"shuheng", "engine", "SHA", "Median"}
    words = set(re.findall(r"(?<![\w@./:-])[A-Za-z]{4,}(?![\w@./:-])", text)) - known
    assert not words


def test_a_table_over_pages_repeats_its_header(documents):
    for language, word in (("zh", "（续）"), ("en", "(continued)")):
        pages = pages_of(documents[language])
        begins = dict(outline_of(documents[language]))
        start = begins["总分如何得出" if language == "zh" else "How the total came about"]
        head = "编码项目答案规则" if language == "zh" else "CodeItemAnswerRule"
        assert head in pages[start - 1]
        assert word in pages[start]
        assert head in pages[start]


def test_the_same_report_gives_the_same_bytes(report, documents):
    assert render(report, "zh") == documents["zh"]
    assert render(report, "en") == documents["en"]


def test_contributions_shown_add_up_to_the_total_shown(report, documents):
    shown = [Decimal(numbers.number(part.contribution, 2)) for part in report.trace]
    assert sum(shown) == report.total
    assert numbers.number(report.total, 2) in text_of(documents["zh"])


def test_a_sum_that_is_not_the_total_says_so():
    text = text_of(render(sample_report(trace_sum=Decimal("60")), "zh"))
    assert "各项合计与所列总分60.00不一致" in text


def test_a_report_without_group_targets_or_steps_says_what_is_missing():
    bare = sample_report(
        cohort=None, standing=None, targets=[], sources=[], next_steps=[], binding=[],
        strengths=[], weaknesses=[], warnings=[], unanswered=[], not_applicable=[],
        cohort_missing=t("同轮次企业不足 5 家。", "Fewer than 5 enterprises in this round."),
        dimensions=[dataclasses.replace(row, cohort=None, target=None, percent=None, score=None)
                    for row in sample_report().dimensions],
    )  # fmt: skip
    chinese, english = text_of(render(bare, "zh")), text_of(render(bare, "en"))
    assert "同轮次企业不足5家。" in chinese
    assert "Fewerthan5enterprisesinthisround." in english
    assert "没有列出公布目标" in chinese
    assert "nocomparablegroup" in english


def test_a_report_without_a_score_shows_no_zero_for_it():
    empty = sample_report(total=None, level=0, trace=[], trace_sum=None, dimensions=[])
    page = pages_of(render(empty, "zh"))[1]
    assert "未能给出总分" in page
    assert "0.0" not in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_extreme_texts_fit_on_their_pages(language):
    row = dataclasses.replace(sample_report().dimensions[0], title=t(LONG, "Long name " * 30))
    title, text = t(LONG, "Do this " * 30), t(LONG * 3, "Do " * 300)
    steps = [dataclasses.replace(step, title=title, text=text)
             for step in sample_report().next_steps]  # fmt: skip
    binding = [dataclasses.replace(item, text=t(LONG, "Condition " * 40))
               for item in sample_report().binding] * 4  # fmt: skip
    extreme = sample_report(
        organisation=LONG, round_title=LONG, region=t(LONG, "Region " * 30), binding=binding,
        next_steps=steps, dimensions=[row] * 14, strengths=[row] * 3, weaknesses=[row] * 3,
        level_text=t(LONG * 2, "Text " * 200), next_level_name=t(LONG, "Level " * 40),
        level_name=t(LONG, "Level " * 40), notice=t(LONG * 2, "Notice " * 100),
    )  # fmt: skip
    document = render(extreme, language)
    pages = pages_of(document)
    assert sorted(page for _, page in outline_of(document))[1:3] == [2, 3]
    assert min(len(page) for page in pages) > 150  # none is empty
    assert all(line.right <= PAGE_WIDTH - MARGIN + 8 for line in lines_of(document))


def test_three_hundred_parts_and_an_endless_answer_lose_nothing():
    parts = [
        dataclasses.replace(part, code=f"P{at:03d}")
        for at, part in enumerate((sample_report().trace * 8)[:300])
    ]
    endless = "甲" * 6000 + "乙"
    parts[7] = dataclasses.replace(parts[7], answer=t(endless, endless))
    total = sum(part.contribution for part in parts)
    document = render(sample_report(trace=parts, trace_sum=total, total=total), "zh")
    text = text_of(document)
    assert not [part.code for part in parts if part.code not in text]
    assert text.count("甲") == 6000
    assert "乙" in text


def test_two_rows_taller_than_a_page_together_are_set_on_two_pages():
    rows = [dataclasses.replace(row, caveats=t(mark * 430, mark * 430), reason={})
            for row, mark in zip(sample_report().targets[:2], "甲乙", strict=True)]  # fmt: skip
    text = text_of(render(sample_report(targets=rows), "zh"))
    assert (text.count("甲"), text.count("乙")) == (430, 430)


def test_names_in_other_scripts_are_visible_and_cannot_carry_markup():
    document = render(sample_report(organisation="<b>مصنع</b> \U0001f600 & Söhne 喆堃"), "en")
    text = text_of(document)
    assert "<b>〓〓〓〓</b>〓&Söhne喆堃" in text


def test_missing_fonts_say_what_to_run(tmp_path):
    with override_settings(FONT_DIR=tmp_path), pytest.raises(FontsMissing, match="make setup"):
        render(sample_report(), "zh")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="'zh' or 'en'"):
        render(sample_report(), "fr")  # type: ignore[arg-type]
