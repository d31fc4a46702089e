"""Provinces beside each other: one definition a column, a gap is a gap, the reason beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questionnaires.models import Figure, Gap, Indicator, Source
from questionnaires.regional.files import as_csv, as_data
from questionnaires.regional.provinces import NOT_COVERED, PROVINCES, TILES
from questionnaires.regional.reading import shipped_table, stored_table
from questionnaires.regional.table import build, in_order, notes_of
from questionnaires.regional.tiles import tiles
from tests.questionnaires.test_completeness_jin import figures as entries
from tests.questionnaires.test_completeness_jin import loaded as rows_loaded
from tests.questionnaires.test_completeness_jin import rows as extract_rows  # noqa: F401
from tests.questionnaires.test_completeness_jin import says

pytestmark = pytest.mark.django_db

SOURCE = Source(code="s", title={"zh": "公报", "en": "Communiqué"})
USERS = Indicator(code="users", name={"zh": "用户", "en": "Users"}, unit="万户")
NAMES = {code: {"zh": code, "en": code} for code in TILES}


def figure(area="330000", value="5", indicator=USERS, **given) -> Figure:
    values = {
        "code": f"f-{area}-{value}", "period": "2018", "year": 2018, "unit": indicator.unit,
        "kind": "observed", "status": "transcribed", "source": SOURCE, **given,
    }  # fmt: skip
    return Figure(indicator=indicator, area=area, value=Decimal(value), **values)


def gap(area="510000", **given) -> Gap:
    values = {"period": "2018", "year": 2018, "reason": {"zh": "单位有误", "en": "wrong unit"}}
    return Gap(indicator=USERS, area=area, source=SOURCE, **{**values, **given})


def table(figures, gaps=(), indicators=("users",), year=2018):
    return build(year, figures, gaps, NAMES, indicators)


def cell(made, area, place=0):
    return next(row for row in made.rows if row.area == area).cells[place]


def test_there_is_a_row_for_each_of_31_provinces_by_code():
    made = table([figure()])
    assert [row.area for row in made.rows] == sorted(PROVINCES)
    assert len(PROVINCES) == 31
    assert set(TILES) - set(PROVINCES) == set(NOT_COVERED)


def test_a_province_without_a_figure_is_a_gap_and_counted_so():
    made = table([figure()])
    assert cell(made, "330000").shown == "5"
    assert (cell(made, "110000").figures, cell(made, "110000").value) == ((), None)
    assert (made.cells, made.missing, made.kept_out) == (31, 30, 0)


def test_zero_is_a_value_and_no_gap():
    made = table([figure(value="0")])
    assert cell(made, "330000").shown == "0"
    assert made.missing == 30


def test_a_value_that_is_kept_out_stays_a_gap_with_its_reason():
    made = table([figure()], [gap(), gap("110000", year=2017, period="2017")])
    assert cell(made, "510000").figures == ()
    assert [one.reason["zh"] for one in cell(made, "510000").gaps] == ["单位有误"]
    assert made.kept_out == 1
    assert ("", "Communiqué", "wrong unit") in notes_of(made)


@pytest.mark.parametrize(
    "other",
    [
        {"form": "growth", "unit": "%"},
        {"unit": "户"},
        {"period": "2018-08"},
        {"sector": "C39"},
        {"form": "change", "unit": "%", "base_year": 2015},
        {"indicator": Indicator(code="others", name={"zh": "别的"}, unit="万户")},
    ],
)
def test_two_definitions_never_share_a_column(other):
    made = table([figure(), figure("440000", "7", **other)], indicators=("users", "others"))
    assert len(made.columns) == 2
    assert all(column.provinces == 1 for column in made.columns)
    assert len({column.key for column in made.columns}) == 2


@pytest.mark.parametrize(
    "left_out",
    [
        {"kind": "target"},
        {"year": 2017, "period": "2017"},
        {"area": "330100"},
        {"area": "CN"},
        {"area": "710000"},
        {"case": {"zh": "某厂"}},
    ],
)
def test_only_observed_values_of_the_provinces_in_the_year_count(left_out):
    made = table([figure(), figure(**{"area": "440000", **left_out})])
    assert made.missing == 30


def test_an_exact_value_stands_before_a_band_of_the_same_definition():
    band = figure(value="30", operator=">", code="band")
    made = table([band, figure(value="41.5")])
    assert cell(made, "330000").shown == "41.5 / > 30"
    assert cell(made, "330000").value == Decimal("41.5")


def test_without_a_choice_only_columns_of_five_provinces_are_shown():
    enough = [figure(area, "1") for area in PROVINCES[:5]]
    assert len(table(enough, indicators=()).columns) == 1
    assert table(enough[:4], indicators=()).columns == ()
    assert len(table(enough[:4], indicators=()).offered) == 1


@pytest.mark.parametrize(("down", "first"), [(True, "440000"), (False, "330000")])
def test_sorted_by_a_column_gaps_come_last_either_way(down, first):
    made = table([figure(value="5"), figure("440000", "7")])
    rows = in_order(made, 0, down)
    assert rows[0].area == first
    assert [row.area for row in rows[2:]] == [a for a in PROVINCES if a not in ("330000", "440000")]


def test_the_map_has_34_squares_and_shades_by_quarter():
    made = table([figure(area, str(n)) for n, area in enumerate(PROVINCES[:8])])
    grid = {tile.area: tile for tile in tiles(made, 0, NAMES)}
    assert len(grid) == len({(t.row, t.column) for t in grid.values()}) == 34
    assert [grid[area].shade for area in PROVINCES[:8]] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert grid[PROVINCES[9]].shade == 0
    assert grid["710000"].shade == -1


@pytest.fixture
def page(client, loaded):
    def get(query: str = "", language: str = "en") -> str:
        client.cookies["django_language"] = language
        response = client.get(f"/catalogue/regions/{query}")
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_the_page_counts_its_gaps_and_names_who_is_not_covered(page):
    made = stored_table(2018)
    html = page()
    assert f"{made.missing:,} are gaps" in html
    assert html.count("no published figure") >= made.missing - made.kept_out
    assert "no values for Taiwan, Hong Kong and Macao" in re.sub(r"\s+", " ", html)
    assert 'aria-hidden="true">—<' in html


def test_each_value_leads_to_its_figure_and_each_note_exists(page):
    html = page("?indicator=digital-economy-size")
    assert "/catalogue/figures/digital-economy-size-zhejiang-2018/" in html
    asked = set(re.findall(r'href="#(note-\d+)"', html))
    assert asked == set(re.findall(r'id="(note-\d+)"', html)) != set()
    assert "contradicts a share above 30 % of GDP" in html


@pytest.mark.parametrize(
    ("indicator", "area", "word"),
    [
        ("digital-economy-size", "510000", "1亿元"),
        ("digital-economy-share-of-gdp", "500000", "21.4%"),
        ("long-distance-cable-length", "420000", "160.58"),
    ],
)
def test_doubtful_numbers_are_told_in_place_of_a_value(loaded, indicator, area, word):
    made = stored_table(2018, [indicator])
    place = next(n for n, c in enumerate(made.columns) if c.form == "level")
    assert word in cell(made, area, place).gaps[0].reason["zh"]
    assert all(value.operator != "=" for value in cell(made, area, place).figures)


def test_guangxi_s_missing_ten_thousand_is_told_beside_its_value(loaded):
    made = stored_table(2018, ["fixed-broadband-users"])
    [told] = cell(made, "450000").figures
    assert "万" in told.caveats["zh"]


def test_nothing_english_is_left_on_the_chinese_page(page):
    html = re.search(r"<main.*?</main>", page("", "zh-hans"), re.S)[0]
    text = re.sub(r"<[^>]+>", " ", html)
    assert re.findall(r"[A-Za-z]{4,}(?: [a-z]{2,})+", text) == []


@pytest.mark.parametrize(
    "query",
    ["?year=abc", "?year=99999", "?year=1950", "?indicator=none", "?sort=x&map=y", "?year=²⁰¹⁸"],
)
def test_what_cannot_be_meant_still_opens(page, query):
    page(query)


def test_the_page_costs_the_same_for_any_number_of_columns(client, page):
    costs = []
    for query in ("?indicator=digital-economy-size", "", "?year=2017"):
        with CaptureQueriesContext(connection) as queries:
            page(query)
        costs.append(len(queries))
    assert max(costs) <= 8
    assert max(costs) - min(costs) <= 1


def test_files_api_command_and_page_say_the_same(client, loaded, capsys):
    data = json.loads(client.get("/catalogue/regions/?format=json").content)
    assert data == as_data(stored_table(2018))
    assert client.get("/api/v1/regional-table/?year=2018").json() == data
    call_command("catalog", "table", "--year", "2018", "--format", "json")
    assert json.loads(capsys.readouterr().out) == data
    assert data["gaps"] == sum(
        not one["published"] for row in data["rows"] for one in row["values"].values()
    )


@pytest.mark.slow
def test_the_shipped_files_give_the_table_before_anything_is_loaded(loaded):
    assert as_data(shipped_table(2018)) == as_data(stored_table(2018))


def test_a_gap_in_the_file_is_empty_and_says_so(client, loaded):
    client.cookies["django_language"] = "zh-hans"
    body = client.get("/catalogue/regions/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == 31
    shaanxi = next(row for row in rows if row["代码"] == "610000")
    assert shaanxi["电信业务总量（亿元）"] == ""
    assert shaanxi["电信业务总量（亿元）的说明"] == "没有公布的数据"


def test_a_cell_that_would_run_as_a_formula_is_disarmed():
    odd = figure(source=Source(code="s", title={"en": "=cmd()"}))
    rows = list(csv.reader(io.StringIO(as_csv(table([odd])))))
    assert not any(value.startswith("=") for row in rows for value in row)


def test_the_2018_cells_are_the_rows_of_the_extract(extract_rows, loaded):  # noqa: F811
    """Every observed provincial figure of 2018 in the table is said by its row, and none lacks."""
    codes = [c.indicator.code for c in stored_table(2018).offered]
    made = stored_table(2018, codes)
    in_table = {
        figure.code: (row, figure)
        for row in made.rows for one in row.cells for figure in one.figures
    }  # fmt: skip
    expected = {}
    for key, figures in rows_loaded().items():
        for code in figures:
            expected[code] = extract_rows[key]
    wanted = {
        f.code
        for f in Figure.objects.filter(kind="observed", year=2018, area__in=PROVINCES, case={})
        if f.code in expected
    }
    assert len(wanted) > 300
    assert wanted <= set(in_table)
    for code in wanted:
        row, figure = in_table[code]
        entry = entries()[code]
        assert (figure.value, row.area) == (entry.value, entry.area)
        assert says(expected[code], entry), code
