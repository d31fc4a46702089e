"""The place in a Chinese document in English: 第六章，表6—1 → chapter 6, table 6-1.

Chapters, tables, boxes and the like follow rules; headings are looked up in ``headings.tsv`` of the
shipped catalogue. A heading that is not there stays in Chinese, in quotation marks, as it is
printed. The Chinese locator is the authoritative one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import questionnaires

HEADINGS = Path(questionnaires.__file__).parent / "catalog" / "headings.tsv"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
NUMERAL = "[一二三四五六七八九十百]+"
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
TABLE = r"\s*(\d+)[—–-](\d+)"

# Patterns over the Chinese text, in this order; numerals become figures in between.
BEFORE = (
    (r"转引自《[^》]+》", "quoted from the book, "),
    (r"（书中引(\d{4})年统计公报）", r" (the book quotes the communiqué of \1)"),
)
RULES = (
    (r"第(\d+)章第(\d+)节", r"chapter \1, section \2"),
    (r"第(\d+)章", r"chapter \1"),
    (r"第(\d+)节", r"section \1"),
    (r"第(\d+)部分", r"part \1"),
    (r"第(\d+)条", r"article \1"),
    (r"附表" + TABLE, r"annex table \1-\2"),
    (r"附表\s*(\d*)", r"annex table \1"),
    (r"附件\s*(\d*)", r"annex \1"),
    (r"表格\s*(\d+)", r"table \1"),
    (r"表" + TABLE, r"table \1-\2"),
    (r"表\s*(\d+)", r"table \1"),
    (r"图" + TABLE, r"figure \1-\2"),
    (r"图\s*(\d+)", r"figure \1"),
    (r"专栏\s*(\d+)", r"box \1"),
    (r"路径\s*(\d+)", r"path \1"),
    (r"脚注\s*(\d+)", r"footnote \1"),
    (r"注\s*(\d+)", r"note \1"),
    (r"第\s*(\d+)\s*页", r"page \1"),
    (r"延伸阅读", "further reading "),
    (r"典型案例", "case "),
    (r"”表(?![A-Za-z0-9])", "” (table)"),
    (r"^(\d+)、", r"\1. "),
)
MARKS = str.maketrans({"，": ", ", "、": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") "})


def english(locator: str) -> str:
    """The locator in English; empty where it holds no Chinese and needs none."""
    if not re.search(f"[{HAN}]", locator):
        return ""
    text = _replaced(locator, BEFORE)
    text, kept = _headings(text)
    text = re.sub(f"(?<=第){NUMERAL}(?=[章节条页部])|(?<=专栏){NUMERAL}", _number, text)
    text = re.sub(f"^{NUMERAL}(?=[、（，])|(?<=（){NUMERAL}(?=）)", _number, text)
    text = _replaced(text, RULES)
    text = re.sub(f"(?<![“‘])[{HAN}][^，、（）“”\x00]*", r"“\g<0>”", text)
    text = text.translate(MARKS)
    for place, words in enumerate(kept):
        text = text.replace(f"\x00{place}\x00", words)
    return _tidy(text)


def _headings(text: str) -> tuple[str, list[str]]:
    """Known headings give way to marks, the longest first, so that no rule touches them."""
    kept: list[str] = []
    for heading, words in headings():
        while re.search(_whole(heading), text):
            text = re.sub(_whole(heading), f"\x00{len(kept)}\x00", text, count=1)
            kept.append(words)
    return text, kept


def _whole(heading: str) -> str:
    """The heading where it stands for itself, not as a part of a longer word."""
    return f"(?<![{HAN}]){re.escape(heading)}(?![{HAN}])|(?<=章){re.escape(heading)}(?![{HAN}])"


@cache
def headings() -> tuple[tuple[str, str], ...]:
    lines = HEADINGS.read_text(encoding="utf-8").splitlines()[1:]
    pairs = [(zh, en) for zh, en in (line.split("\t") for line in lines)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _number(found: re.Match[str]) -> str:
    """二十六 → 26."""
    tens, ten, ones = found[0].rpartition("十")
    value = DIGITS.get(ones, 0)
    return str(value + (10 * DIGITS.get(tens, 1) if ten else 0))


def _replaced(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, words in rules:
        text = re.sub(pattern, words, text)
    return text


def _tidy(text: str) -> str:
    """One space where words meet, none before a mark."""
    text = re.sub(r"(?<=[\w)])“", " “", text)
    text = re.sub(r"(?<=[”\d])(?=[a-zA-Z])(?<!\d)", " ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,;:).”])", r"\1", text)
    return re.sub(r"([(“])\s+", r"\1", text).strip(" ,")
