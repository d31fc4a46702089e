"""Chinese text is broken as Chinese readers expect (CLREQ, GB/T 15834)."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.pdf.breaking import Breaker
from reports.pdf.fonts import GETA, clean
from reports.pdf.prose import Prose
from reports.pdf.shaping import NO_END, NO_START, shape
from reports.pdf.styles import CHINESE

SIZE = 10.0
NEVER_FIRST = set("，。、；：！？）》”’％%")
NEVER_LAST = set("（《“‘")
TOKENS = [
    "数", "字", "经", "济", "，", "。", "、", "；", "：", "！", "？", "（", "）", "《", "》", "“",
    "”", "——", "……", "62.5%", "1,200 万元", "第 12 题", "shuheng", "ERP", " ", "·", "2025 年",
]  # fmt: skip


def broken(text: str, room: float, size: float = SIZE) -> list[str]:
    breaker = Breaker(shape([(clean(text), False)], size))
    return [breaker.shaped.text[line.start : line.stop].strip() for line in breaker.lines(room)]


def pairs_are_possible(text: str) -> bool:
    """Nonsense such as ``（（（，，，`` has no lawful break at all in a narrow line."""
    return not re.search(r"[，。、；：！？）》”·（《“ ]{3}", re.sub(r"\s", "", text))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=80).map("".join), st.integers(90, 400))
def test_no_line_begins_or_ends_with_a_mark_that_must_not(text: str, room: int):
    if not pairs_are_possible(text):
        return
    lines = [line for line in broken(text, room) if line]
    for before, after in pairwise(lines):
        assert after[0] not in NEVER_FIRST, (before, after)
        assert before[-1] not in NEVER_LAST, (before, after)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=80).map("".join), st.integers(90, 400))
def test_no_line_is_wider_than_its_room_and_marks_end_within_half_an_em(text: str, room: int):
    breaker = Breaker(shape([(clean(text), False)], SIZE))
    for line in breaker.lines(room):
        assert line.width <= room + 0.02
        stop = breaker._without_spaces(line.start, line.stop)
        box = sum(breaker.shaped.natural[line.start : stop])
        gaps = sum(breaker.shaped.advance[line.start : stop]) - box
        assert box + min(gaps, 0) <= room + SIZE / 2 + 0.02 or gaps < 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=60).map("".join), st.integers(60, 300))
def test_breaking_loses_no_character(text: str, room: int):
    kept = "".join(broken(text, room)).replace(" ", "")
    assert kept == text.replace(" ", "")


@pytest.mark.parametrize("whole", ["——", "……", "62.5%", "1,200 万元", "第 12 题", "6.5 个百分点"])
def test_what_belongs_together_is_never_parted(whole):
    tight = whole.replace(" ", "")
    for filler in range(1, 25):
        lines = broken("数" * filler + whole + "字" * 10, 120)
        assert any(tight in line.replace(" ", "") for line in lines), lines


def test_latin_words_are_kept_whole_in_chinese_text():
    for filler in range(1, 20):
        lines = broken("数" * filler + "manufacturing系统" + "字" * 10, 120)
        assert any("manufacturing" in line for line in lines)


def test_english_breaks_at_spaces_only():
    text = "The median divides the group into two halves; a quarter lies below 62.5 points."
    assert " ".join(broken(text, 100)) == text
    assert not any(line.endswith("62.5") for line in broken(text, 100))


def test_a_word_longer_than_its_line_is_broken_rather_than_lost():
    lines = broken("a" * 200, 100)
    assert "".join(lines) == "a" * 200
    assert len(lines) > 3


def test_a_full_width_mark_at_the_end_of_a_line_is_trimmed_to_its_ink():
    assert broken("数" * 9 + "，" + "字", 95) == ["数" * 9 + "，", "字"]


def test_a_mark_that_does_not_fit_takes_the_character_before_it_down():
    assert broken("数" * 10 + "，" + "字", 100) == ["数" * 9, "数，字"]


def test_typed_spaces_beside_chinese_give_way_to_one_even_gap():
    assert broken("共 12 项", 500) == broken("共12项", 500) == ["共12项"]
    assert broken("18 / 120 台 = 15.0 %", 500) == ["18 / 120台 = 15.0 %"]


def test_justified_lines_end_at_the_edge():
    prose = Prose("数字经济" * 40 + "，共 12 项 ERP 系统。", CHINESE.body)
    prose.wrap(203, 1000)
    for line in prose.lines[:-1]:
        last = prose.breaker.pieces(line, 203, True)[-1]
        assert last.x + len(last.text) * (10 + last.tracking) - last.tracking == pytest.approx(
            203, abs=0.05
        )


def test_marks_of_both_tables_are_the_ones_readers_object_to():
    assert NEVER_FIRST <= NO_START
    assert NEVER_LAST <= NO_END


def test_a_character_without_a_glyph_is_shown_and_logged(caplog):
    assert clean("名\U0001f600م") == f"名{GETA}{GETA}"
    assert "U+1F600" in caplog.text
    assert "U+0645" in caplog.text


def test_marks_of_direction_are_dropped_without_a_trace():
    assert clean("a\u202e\u200bb\ufe0f") == "ab"
