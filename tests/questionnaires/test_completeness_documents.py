"""Every figure row of the extracts beside the book is in the catalogue, or left out for a reason.

``completeness/<extract>.tsv`` says which figures a row became, ``<extract>-exclusions.yaml`` which
rows did not and why. The extract on tools has no row numbers; there a row is a quotation, and all
numbers of the sections read must lie in one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import questionnaires
from questionnaires.catalogue.documents import read_document
from questionnaires.catalogue.entries import entries_of

CATALOG = Path(questionnaires.__file__).parent / "catalog"
LISTS = Path(__file__).parent / "completeness"
FILES = {
    "001": ("mic2025", "mic2025-projects", "fujian-2015", "press-2015"),
    "000-002-003": ("aii-2020", "manufacturing-usa", "caict-2024", "jiangsu"),
    "field-tools": ("national-later", "digital-decade"),
}
EXTRACTS = {
    "001": "001_made-in-china-2025_internet-plus_fujian.md",
    "000-002-003": "000_002_003_policies_supply-chains_jiangsu.md",
}
ROW = re.compile(r"\| ((?:MI|BX|BQ|MS|FJ|OB)-\d{2}|[TQFHOR]\d{3}) \| ")
MAGNITUDES = {"": 1, "百万": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "M": 10**6}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SUFFIX = re.compile(r"(?<=[\d ])(万亿|亿|万|M\b)")
# Numbers the text words.
WORDED = {
    "cn-high-end-equipment-import-dependence-2015": "一半以上",
    "shanghai-firms-reached-2024": "上千",
    "sme-pilot-cities-2027": "百城",
    "specialised-sme-digital-level-2027": "二级及以上",
    "zhejiang-new-cloud-firms-2017": "十万",
    "eu-gigabit-households-2030": "gigabit for all",
    "eu-5g-coverage-2030": "5G everywhere",
}
KINDS = {
    "TARGET": "target", "THRESHOLD": "policy", "FUNDING": "observed", "OBSERVED": "observed",
    "BX": "target", "OB": "observed",
}  # fmt: skip
# Read at the address of the plan itself, where the extract has only part of its goals.
BEYOND_THE_EXTRACT = "two-integration-plan-14fyp"
SECTIONS = {
    "1.5": (r"### 1\.5(.*?)### 1\.6", r".*"),
    "2": (r"## 2\. (.*?)\n## 3\.", r".*"),
    "3": (r"## 3\. (.*?)\n## 4\.", r"- \*\*(?:Platform and scale|Smart-factory).*"),
    "4": (r"## 4\. (.*?)\n## 5\.", r".*"),
    "6.2": (r"### 6\.2(.*?)### 6\.3", r".*"),
    "10": (r"## 10\. (.*?)\n## \(a\)", r"National target.*"),
}


@dataclass(frozen=True)
class Row:
    """``kind`` is what the extract calls it, ``words`` the whole row, without line numbers."""

    key: str
    kind: str
    words: str


def numbered(path: Path) -> list[Row]:
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := ROW.match(line):
            key = found[1]
            words = re.sub(r"\bL\d+\b|\S+\.txt:[\d-]+", "", line[found.end() :])
            kind = words.split(" | ")[0] if "-" not in key else key[:2]
            if key.startswith("FJ"):
                kind = "THRESHOLD" if "| COMMIT |" in line else "TARGET"
            rows.append(Row(key, kind, words))
    return rows


def sections(shared: Path) -> dict[str, str]:
    """The sections read, without headings and without what was read where."""
    text = (shared / "facts" / "field_tools.md").read_text(encoding="utf-8")
    found = {}
    for name, (between, lines) in SECTIONS.items():
        body = re.search(between, text, re.S)[1].partition("\n")[2]
        read = "\n".join(re.findall(lines, body))
        found[name] = re.sub(r" ?\[read:[^\]]*\]", "", read)
    return found


@cache
def loaded(extract: str) -> dict[str, list[str]]:
    """Figures by row; in the extract on tools the row is section and quotation."""
    lines = (LISTS / f"{extract}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert len({tuple(row[:-1]) for row in rows}) == len(rows)
    return {"\t".join(row[:-1]): row[-1].split() for row in rows}


@cache
def left_out(extract: str) -> list[dict[str, Any]]:
    return yaml.safe_load((LISTS / f"{extract}-exclusions.yaml").read_text(encoding="utf-8"))


def expanded(name: str) -> list[str]:
    head, start, end = re.fullmatch(r"([A-Z]+-?)(\d+)(?:-\1(\d+))?", name).groups()
    return [f"{head}{n:0{len(start)}d}" for n in range(int(start), int(end or start) + 1)]


def excluded(extract: str) -> list[str]:
    return [key for entry in left_out(extract) for name in entry["rows"] for key in expanded(name)]


@cache
def entries(folder: str) -> dict[str, tuple[str, Any]]:
    """File and content of every entry, by code."""
    files = sorted((CATALOG / folder).glob("*.yaml"))
    return {e.key: (path.stem, e.data) for path in files for e in entries_of(read_document(path))}


def figure(code: str) -> Any:
    return entries("figures")[code][1]


def unit_of(code: str) -> str:
    one = figure(code)
    unit = one.unit or entries("indicators")[one.indicator][1].unit
    return unit.zh if unit else ""


@pytest.fixture(scope="module")
def rows(shared) -> dict[str, dict[str, Row]]:
    found = {name: numbered(shared / "facts" / file) for name, file in EXTRACTS.items()}
    for of_extract in found.values():
        assert not [k for k, n in Counter(row.key for row in of_extract).items() if n > 1]
    return {name: {row.key: row for row in of_extract} for name, of_extract in found.items()}


@pytest.mark.parametrize("extract", EXTRACTS)
def test_every_row_is_loaded_or_left_out_but_not_both(rows, extract):
    out = excluded(extract)
    assert [key for key, times in Counter(out).items() if times > 1] == []
    assert set(out) & set(loaded(extract)) == set()
    assert set(rows[extract]) == set(out) | set(loaded(extract))


def test_every_number_of_the_sections_read_is_loaded_or_left_out(shared):
    texts = sections(shared)
    for section, quote in quotations():
        assert quote in texts[section], quote
    for section, quote in sorted(quotations(), key=lambda pair: -len(pair[1])):
        texts[section] = texts[section].replace(quote, "…")
    rest = [(name, words) for name, text in texts.items() for words in unclaimed(text)]
    assert rest == []


def unclaimed(text: str) -> list[str]:
    return re.findall(r"[^;,.…]*\d[^;,.…]*", text)


def quotations() -> list[tuple[str, str]]:
    taken = [tuple(key.split("\t")) for key in loaded("field-tools")]
    entries_out = left_out("field-tools")
    return taken + [(entry["section"], quote) for entry in entries_out for quote in entry["quotes"]]


@pytest.mark.parametrize("extract", FILES)
def test_every_figure_of_these_files_stands_for_a_row(extract):
    named = {code for codes in loaded(extract).values() for code in codes}
    mine = {code for code, (stem, _) in entries("figures").items() if stem in FILES[extract]}
    assert named <= mine
    assert all(figure(code).source == BEYOND_THE_EXTRACT for code in mine - named)


@pytest.mark.parametrize("extract", FILES)
def test_a_reason_is_given_in_both_languages(extract):
    for entry in left_out(extract):
        assert re.search(r"[\u3400-\u9fff]{4}", entry["reason"]["zh"])
        assert len(entry["reason"]["en"].split()) >= 3


def test_values_are_those_of_the_rows(rows):
    wrong = [
        f"{key} {code}: {figure(code).value} {unit_of(code)} is not in {words[:150]}"
        for key, words, code in pairs(rows)
        if not says(words, code)
    ]
    assert wrong == []


def pairs(rows: dict[str, dict[str, Row]]) -> list[tuple[str, str, str]]:
    """Row, its words and a figure loaded from it."""
    found = []
    for extract in FILES:
        for key, codes in loaded(extract).items():
            words = rows[extract][key].words if extract in rows else key.split("\t")[1]
            found += [(key, words, code) for code in codes]
    return found


def says(words: str, code: str) -> bool:
    """Whether the words hold each number of the figure, to the last digit."""
    if code in WORDED:
        return WORDED[code] in words
    one = figure(code)
    ends = [one.value] if one.value_high is None else [one.value, one.value_high]
    prefix = re.match(r"百万|万亿|亿|万", unit_of(code))
    return all(end * MAGNITUDES[prefix[0] if prefix else ""] in numbers(words) for end in ends)


def numbers(words: str) -> set[Decimal]:
    """The numbers as printed, and in each magnitude the words name."""
    words = re.sub(r"(?<=\d),(?=\d{3})", "", words)
    factors = [1, *(MAGNITUDES[suffix] for suffix in SUFFIX.findall(words))]
    return {Decimal(number) * factor for number in NUMBER.findall(words) for factor in factors}


def test_a_wrong_digit_or_magnitude_is_noticed():
    code = "zhejiang-cloud-firms-2020"
    assert says("377,800 cumulative", code)
    assert not says("377,900 cumulative", code)
    assert not says("3,778,000 cumulative", code)
    assert says("37.78 万", code)


def test_kinds_are_those_of_the_rows(rows):
    wrong = [
        f"{key} {code}: {figure(code).kind}"
        for extract in EXTRACTS
        for key, codes in loaded(extract).items()
        for code in codes
        if not key.startswith("MI") and figure(code).kind != KINDS[rows[extract][key].kind]
    ]
    assert wrong == []


def test_a_year_the_row_does_not_name_is_admitted_in_the_caveats(rows):
    silent = [
        f"{key} {code}: {figure(code).year}"
        for extract in EXTRACTS
        for key, codes in loaded(extract).items()
        for code in codes
        if not key.startswith("MI") and str(figure(code).year) not in rows[extract][key].words
        if "登记" not in figure(code).caveats.zh
    ]
    assert silent == []


def test_observed_figures_and_targets_of_one_year_are_never_the_same_entry():
    own = {code: data for code, (stem, data) in entries("figures").items() if in_these_files(stem)}
    same = Counter(
        (d.indicator, d.area, d.sector, d.period, d.kind, d.form, d.source) for d in own.values()
    )
    assert [key for key, times in same.items() if times > 1] == []


def in_these_files(stem: str) -> bool:
    return any(stem in files for files in FILES.values())
