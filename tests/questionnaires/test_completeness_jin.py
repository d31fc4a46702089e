"""Every figure row of the extracts of Jin 2019 is in the catalogue, or left out for a reason.

``completeness/jin-2019.tsv`` says which figures a row became, ``jin-2019-exclusions.yaml`` which
rows did not and why. A row is named by the extract's part and its own number: 1.Q001, 2.Q001.
"""

from __future__ import annotations

import csv
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
MAGNITUDES = {"": 1, "%": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(万亿|亿|万|%)?")
COUNTRIES = {
    "China": "CN",
    "World": "001",
    "US": "US",
    "USA": "US",
    "Germany": "DE",
    "UK": "GB",
    "Russia": "RU",
    "Australia": "AU",
    "Japan": "JP",
}
# Numbers the text words, or prints in another unit than its column, by figure.
WORDED = {
    "two-integration-certified-share-guangdong-2017": "1/10",
    "submarine-cable-bandwidth-share-guangdong-2017": "近六成",
    "village-fibre-coverage-shandong-2018": "全覆盖",
    "telecom-business-volume-growth-beijing-2018": "增长一倍",
    "government-it-systems-japan-2018": "减半",
    "government-it-cloud-share-japan-2021": "所有的政府信息系统云计算化",
    "government-it-running-cost-japan-2021": "减少三成",
    "base-public-databases-yunnan-2019": "五大数据库",
    "open-data-poor-readability-share-china-2017": "1/4",
    "county-online-shops-dangshan-2019": "两万多家",
}
# Worded as a forecast, or as money promised rather than spent.
REWORDED = {"1.T08", "1.Q082", "2.Q576"}
# What the extract's first part calls its kinds; a registry count may be observed or set by policy.
KINDS = {"OBS": "observed", "TGT": "target", "FCST": "forecast", "PAR": "policy", "REG": ""}
# Rows that list several areas, and figures of one area among those of another.
LISTED = {"2.Q028", "2.Q540", "1.Q107", "1.Q114"}


@dataclass(frozen=True)
class Row:
    """One numbered row; ``words`` is its value cell and its quotation."""

    key: str
    unit: str
    value: str
    year: str
    scope: str
    quote: str
    kind: str

    @property
    def words(self) -> str:
        return f"{self.value} {self.quote}"


def _table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Row(f"2.{r['id']}", r["unit"], r["value"], r["year"], r["scope"], r["quote"], r["type"])
        for r in found
    ]


def _prose(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8").split("\n## 2.")[0]
    rows: list[Row] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if re.fullmatch(r"Q\d+", cells[0]):
            scope = rows[-1].scope if cells[6] == "同上" else cells[6]
            rows.append(
                Row(f"1.{cells[0]}", cells[4], cells[3], cells[5], scope, line, _kind(line))
            )
        elif re.fullmatch(r"[TI]\d+", cells[0]):
            rows.append(Row(f"1.{cells[0]}", "", cells[3], cells[4], "", line, "target"))
    return rows


def _kind(line: str) -> str:
    return next(
        (KINDS[cell.strip("* ")] for cell in line.split("|") if cell.strip("* ") in KINDS), ""
    )


@pytest.fixture(scope="module")
def rows(shared) -> dict[str, Row]:
    facts = shared / "facts"
    found = _table(facts / "004_part2_figures.tsv") + _prose(facts / "004_digital-economy_part1.md")
    assert len(found) == len({row.key for row in found})
    return {row.key: row for row in found}


@cache
def loaded() -> dict[str, list[str]]:
    lines = (LISTS / "jin-2019.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row: codes.split() for row, codes in (line.split("\t") for line in lines)}


@cache
def left_out() -> list[dict[str, Any]]:
    return yaml.safe_load((LISTS / "jin-2019-exclusions.yaml").read_text(encoding="utf-8"))


def _expanded(name: str) -> list[str]:
    first, _, last = name.partition("-")
    head, start = re.fullmatch(r"(\d\.[A-Z])(\d+)", first).groups()
    end = last[len(head) :] if last else start
    return [f"{head}{n:0{len(start)}d}" for n in range(int(start), int(end) + 1)]


@cache
def figures() -> dict[str, Any]:
    files = sorted((CATALOG / "figures").glob("jin-*.yaml"))
    files.append(CATALOG / "figures" / "zhejiang-2017.yaml")
    return {e.key: e.data for path in files for e in entries_of(read_document(path))}


@cache
def units() -> dict[str, str]:
    files = (CATALOG / "indicators").glob("*.yaml")
    entries = [e.data for path in files for e in entries_of(read_document(path))]
    return {i.code: i.unit.zh if i.unit else "" for i in entries}


@cache
def region_names() -> dict[str, str]:
    files = (CATALOG / "regions").glob("*.yaml")
    entries = [e.data for path in files for e in entries_of(read_document(path))]
    return {region.code: region.name.zh for region in entries}


def pairs(rows: dict[str, Row]) -> list[tuple[Row, Any]]:
    return [(rows[key], figures()[code]) for key, codes in loaded().items() for code in codes]


def test_every_row_is_loaded_or_left_out_but_not_both(rows):
    out = [key for entry in left_out() for name in entry["rows"] for key in _expanded(name)]
    assert [key for key, times in Counter(out).items() if times > 1] == []
    assert set(out) & set(loaded()) == set()
    assert set(rows) - set(out) - set(loaded()) == set()


def test_lists_name_no_row_that_the_extracts_lack(rows):
    out = {key for entry in left_out() for name in entry["rows"] for key in _expanded(name)}
    assert set(loaded()) - set(rows) == set()
    assert out - set(rows) == set()


def test_every_figure_of_the_book_stands_for_a_row():
    named = {code for codes in loaded().values() for code in codes}
    assert named == set(figures())


def test_reasons_are_given_in_both_languages():
    for entry in left_out():
        assert re.search(r"[\u3400-\u9fff]", entry["reason"]["zh"])
        assert re.search(r"[A-Za-z]{3}", entry["reason"]["en"])


def test_values_are_those_of_the_rows(rows):
    wrong = [
        f"{row.key} {figure.code}: {figure.value} {unit_of(figure)} is not in {row.words[:120]}"
        for row, figure in pairs(rows)
        if not says(row, figure)
    ]
    assert wrong == []


def unit_of(figure: Any) -> str:
    return figure.unit.zh if figure.unit else units()[figure.indicator]


def says(row: Row, figure: Any) -> bool:
    """Whether each number of the figure is said by the row, to the last digit."""
    if figure.code in WORDED:
        return WORDED[figure.code] in row.words
    if row.key == "2.Q540":
        names = ["美国", "中国", "英国", "韩国", "瑞典", "挪威", "日本", "丹麦", "新加坡", "荷兰"]
        return "、".join(names) in row.quote and 1 <= figure.value <= len(names)
    ends = [figure.value] if figure.value_high is None else [figure.value, figure.value_high]
    said = numbers(row, unit_of(figure))
    return all(abs(end) * magnitude(unit_of(figure)) in said for end in ends)


def numbers(row: Row, unit: str) -> set[Decimal]:
    """The row's numbers in units of one; a multiple of growth counts as percent too."""
    column = magnitude(row.unit)
    if "sic" in row.unit:
        column = magnitude(unit)  # a unit the extract marks as wrong, explained in the caveats
    found = set()
    for digits, suffix in NUMBER.findall(row.words):
        value = Decimal(digits)
        found |= {value * (MAGNITUDES[suffix] if suffix else column)}
        if "倍" in row.words and unit == "%":
            found.add(value * 100)
    for word in re.findall(r"([一两])(亿|万)", row.words):
        found.add(Decimal({"一": 1, "两": 2}[word[0]]) * MAGNITUDES[word[1]])
    return found


def magnitude(unit: str) -> int:
    prefix = re.match(r"(万亿|亿|万)?", unit)
    return MAGNITUDES[(prefix and prefix.group(1)) or ""]


def test_kinds_are_those_of_the_rows(rows):
    wrong = [
        (row.key, figure.code, row.kind, figure.kind)
        for row, figure in pairs(rows)
        if row.kind and not row.kind.startswith(figure.kind) and row.key not in REWORDED
    ]
    assert wrong == []


def test_years_are_those_of_the_rows_and_a_missing_year_is_said(rows):
    wrong = []
    for row, figure in pairs(rows):
        years = {int(year) for year in re.findall(r"(?:19|20)\d\d", row.year)}
        caveat = figure.caveats.zh if figure.caveats else ""
        known = figure.year in years or figure.code.startswith("robot-substitution")
        if not known and not re.search("年份|五年|四年", caveat):
            wrong.append((row.key, figure.code, row.year))
    assert wrong == []


def test_areas_are_those_of_the_rows(rows):
    wrong = [
        (row.key, figure.code, row.scope)
        for row, figure in pairs(rows)
        if row.scope and row.key not in LISTED and not figure.case
        if not lies_in(figure.area, row)
    ]
    assert wrong == []


def test_a_case_is_the_enterprise_of_its_row_and_no_target(rows):
    cases = [(row, figure) for row, figure in pairs(rows) if figure.case]
    assert len(cases) == 54
    for row, figure in cases:
        assert figure.case.name.zh.startswith(row.scope.split("（")[0].split(" (")[0])
        assert (figure.kind, figure.case.stage) in {("observed", "before"), ("observed", "after")}
        words = row.words.replace(" ", "")
        assert (figure.case.stage == "before") == (figure.code in loaded()[row.key][0]), words
        assert "案例" in figure.caveats.zh


def lies_in(area: str, row: Row) -> bool:
    country = COUNTRIES.get(row.scope.split()[0])
    name = region_names().get(area, "")
    if row.key in ("2.Q029", "2.Q030", "2.Q031"):
        return re.sub("[省市]$", "", name) in row.quote
    if country:
        return country == area or (area == "CN" and row.scope.startswith("China"))
    return bool(name) and (name in row.scope or name.startswith(row.scope))


def test_shares_above_a_band_cover_each_province_once():
    bands = [f for f in figures().values() if f.code.endswith("-band")]
    assert Counter(f.value for f in bands) == {50: 2, 40: 4, 30: 6, 20: 19}
    assert len({f.area for f in bands}) == 31


@pytest.mark.parametrize(
    ("row", "word"),
    [("2.Q469", "万"), ("2.Q193", "两种方法"), ("2.Q537", "两种方法"), ("2.Q539", "不可并列")],
)
def test_doubts_travel_with_the_figure(row, word):
    for code in loaded()[row]:
        assert word in figures()[code].caveats.zh
        assert figures()[code].caveats.en


def test_two_methods_never_share_an_indicator():
    indicator = {row: figures()[loaded()[row][0]].indicator for row in loaded()}
    assert len({indicator[row] for row in ("2.Q193", "2.Q213")}) == 2
    assert len({indicator[row] for row in ("2.Q537", "2.Q539")}) == 2
    retail = ("2.Q097", "2.Q427", "2.Q429", "2.Q396", "2.Q515", "2.Q526")
    assert len({indicator[row] for row in retail}) == 6
