"""The list of figures: every filter, the address as its whole state, and a constant cost."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questionnaires.models import Figure, Indicator, Industry, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(regions):
    """240 figures: two indicators of one concept, three areas, forty years."""
    source = Source.objects.create(code="yearbook", title={"zh": "年鉴", "en": "Yearbook"})
    Industry.objects.create(code="C39", section="C", level="division", name={"zh": "电子"})
    indicators = [
        Indicator.objects.create(
            code=code, concept="sales", name={"zh": zh, "en": en}, unit="%", level="region",
            source=source,
        )
        for code, zh, en in (
            ("online-sales", "网上零售额", "Online sales"),
            ("online-goods", "网上商品零售额", "Online sales of goods"),
        )
    ]  # fmt: skip
    Figure.objects.bulk_create(
        Figure(
            code=f"{indicator.code}-{area}-{year}", indicator=indicator, area=area, year=year,
            period=str(year), value=year - 1980, kind="target" if year > 2015 else "observed",
            status="press" if area == "CN" else "official", source=source, locator="1",
            sector="C39" if year == 2000 else "",
        )
        for indicator in indicators
        for area in ("CN", "330000", "440300")
        for year in range(1985, 2025)
    )  # fmt: skip


def ask(client, query: str, language: str = "en"):
    client.cookies["django_language"] = language
    response = client.get(f"/catalogue/figures/?{query}")
    assert response.status_code == 200
    return response


def count(client, query: str) -> int:
    said = re.search(r'role="status">([\d,]+)', ask(client, query).content.decode())[1]
    return int(said.replace(",", ""))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 240),
        ("concept=sales", 240),
        ("concept=other", 0),
        ("indicator=online-goods", 120),
        ("indicator=商品", 120),
        ("indicator=of+goods", 120),
        ("area=330000", 80),
        ("sector=C39", 6),
        ("kind=target", 54),
        ("status=press", 80),
        ("year_from=2020&year_to=2021", 12),
        ("kind=target&area=CN&indicator=online-sales&year_from=2024", 1),
        ("q=浙江+商品+2020", 1),
        ("q=zhejiang+goods+2020", 1),
    ],
)
def test_each_filter_finds_what_it_says(client, many, query, expected):
    assert count(client, query) == expected


def test_the_list_costs_the_same_for_any_number_of_rows_and_filters(client, many):
    costs = []
    for query in ("size=25", "size=200", "size=200&kind=target", "size=25&page=3"):
        with CaptureQueriesContext(connection) as queries:
            ask(client, query)
        costs.append(len(queries))
    assert max(costs) <= 12
    assert max(costs) - min(costs) <= 1


def test_filters_in_use_are_named_and_can_be_dropped_one_by_one(client, many):
    html = ask(client, "kind=target&area=330000&size=25&page=2").content.decode()
    shown = re.search(r'class="conditions-set".*?</ul>', html, re.S)[0]
    assert "Zhejiang" in shown
    assert "Target" in shown
    assert 'href="?kind=target&amp;size=25"' in shown


def test_the_size_of_a_page_is_part_of_the_address_and_outlives_a_new_filter(client, many):
    html = ask(client, "size=100").content.decode()
    assert html.count("<tr>") == 101
    assert 'name="size" value="100"' in html
    assert "size=100&amp;page=2" in html
    assert ask(client, "size=7").content.decode().count("<tr>") == 51


def test_a_download_keeps_the_filters_and_is_named_after_them(client, many):
    html = ask(client, "kind=target&area=330000&size=25&page=2").content.decode()
    link = re.search(r'href="(\?[^"]*format=csv)"', html)[1].replace("&amp;", "&")
    response = ask(client, link[1:], "zh-hans")
    name = unquote(response["Content-Disposition"].split("''")[1])
    assert name == "figures_浙江省_目标值.csv"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 18
    assert {row["area"] for row in rows} == {"330000"}


def test_a_figure_page_leads_to_the_others_of_its_indicator(client, many):
    client.cookies["django_language"] = "en"
    html = client.get("/catalogue/figures/online-sales-CN-2024/").content.decode()
    assert "/catalogue/figures/online-sales-CN-1985/" in html
    assert "80 figures of other areas" in html
    assert "No questionnaire asks for this indicator" in html


def test_definitions_of_one_idea_say_why_they_are_kept_apart(client, many):
    goods = Indicator.objects.get(code="online-goods")
    goods.unit, goods.level = "亿元", "enterprise"
    goods.save()
    client.cookies["django_language"] = "en"
    html = client.get("/catalogue/indicators/online-sales/").content.decode()
    assert "another unit (亿元); measured for: Enterprise" in html


def test_an_indicator_page_shows_the_areas_asked_for_in_the_address(client, many):
    client.cookies["django_language"] = "en"
    html = client.get("/catalogue/indicators/online-sales/?series=440300").content.decode()
    assert re.search(r"role=\"img\" aria-label=\"Shenzhen: Observed from 1985 5", html)
