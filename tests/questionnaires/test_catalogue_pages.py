"""The public pages: open to all, whole in both languages, their state in the address."""

from __future__ import annotations

import csv
import io
import json
import re
from math import ceil

import pytest
from django.urls import reverse

from questionnaires.models import Figure, Indicator, InstrumentVersion, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, loaded):
    """``page("figures/?kind=target")`` → the text of the page, in Chinese unless told."""

    def get(path: str = "", language: str = "zh-hans", status: int = 200) -> str:
        client.cookies["django_language"] = language
        response = client.get(f"/catalogue/{path}")
        assert response.status_code == status, path
        return response.content.decode()

    return get


def main(html: str) -> str:
    """What stands in the page's main part, without tags."""
    inner = re.search(r"<main.*?</main>", html, re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner))


NAMES = [
    ("overview", ()),
    ("source-list", ()),
    ("source-detail", ("mic2025",)),
    ("indicator-list", ()),
    ("indicator-detail", ("key-process-nc-rate",)),
    ("figure-list", ()),
    ("figure-detail", ("mic2025-energy-intensity-fall-2025",)),
    ("region-table", ()),
    ("instrument-list", ()),
    ("instrument-detail", ("miit-sme-2024",)),
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("name", "arguments"), NAMES)
def test_every_page_opens_without_signing_in(client, loaded, name, arguments, language):
    client.cookies["django_language"] = language
    response = client.get(reverse(f"questionnaires:{name}", args=arguments))
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.slow
def test_every_entry_has_a_page_that_opens(client, loaded):
    addresses = [
        *(reverse("questionnaires:source-detail", args=[s.code]) for s in Source.objects.all()),
        *(
            reverse("questionnaires:indicator-detail", args=[i.code])
            for i in Indicator.objects.all()
        ),
        *(reverse("questionnaires:figure-detail", args=[f.code]) for f in Figure.objects.all()),
        *(
            reverse("questionnaires:instrument-detail", args=[v.instrument.code])
            for v in InstrumentVersion.objects.all()
        ),
    ]
    assert [a for a in addresses if client.get(a).status_code != 200] == []


@pytest.mark.parametrize("kind", ["sources", "indicators", "figures", "instruments"])
def test_an_entry_that_does_not_exist_is_not_found(page, kind):
    page(f"{kind}/no-such-thing/", status=404)


@pytest.mark.parametrize(("name", "arguments"), NAMES)
def test_chinese_pages_have_no_english_left(client, loaded, name, arguments):
    client.cookies["django_language"] = "zh-hans"
    html = client.get(reverse(f"questionnaires:{name}", args=arguments)).content.decode()
    html = re.sub(
        r"<code>.*?</code>|<a href=\"http.*?</a>|<title>.*?</title>", "", html, flags=re.S
    )
    words = re.findall(r"[A-Za-z]{4,}(?: [a-z]{2,})+", main(html))
    assert words == []


def test_the_indicator_page_has_definition_formula_targets_and_who_asks(page):
    text = main(page("indicators/key-process-nc-rate/"))
    for part in (
        "规模以上工业企业关键工序数控化率的平均值",
        "÷ 企业数",
        "2025",
        "64",
        "目标值",
        "实际值",
        "注5",
    ):
        assert part in text
    assert "企业数字经济成熟度评估" in text


def test_an_indicator_names_other_definitions_of_its_idea_as_not_comparable(page):
    text = main(page("indicators/zj-fixed-internet-penetration/", "en"))
    assert "Broadband penetration" in text
    assert "not comparable" in text


def test_an_indicator_without_figures_says_so(page):
    text = main(page("indicators/equipment-digital-rate/", "en"))
    assert "No published target" in text


def test_a_figure_page_gives_source_place_status_and_caveats(page):
    text = main(page("figures/mic2025-energy-intensity-fall-2025/"))
    for part in (
        "34",
        "较 2015 年变化",
        "国发〔2015〕28号",
        "制造业主要指标",
        "据出版物转录",
        "19.5%",
    ):
        assert part in text


def test_targets_and_observed_values_are_told_apart_by_words(page):
    assert "实际值" not in _rows(page("figures/?kind=target"))
    assert "目标值" not in _rows(page("figures/?kind=observed"))


def _rows(html: str) -> str:
    return re.search(r"<tbody>.*?</tbody>", html, re.S)[0]


def test_filters_work_together_and_stay_in_the_form(page):
    html = page("figures/?kind=target&year_from=2025&q=能耗&form=change")
    assert _rows(html).count("<tr>") == 1
    assert 'value="2025"' in html
    assert 'value="能耗"' in html
    assert "<details open" in html


def test_a_search_finds_chinese_and_english_words_in_any_order(page):
    assert _rows(page("indicators/?q=数控化 关键")).count("<tr>") == 2
    assert "关键工序数控化率" in page("indicators/?q=processes+numerical")
    assert "没有符合条件" in page("indicators/?q=没有这个词")


@pytest.mark.parametrize(
    "query",
    ["year_from=abc", "source=no-such", "area=zz", "kind=goal", "q=%00", "year_to=99999999999999"],
)
def test_an_impossible_filter_is_named_and_what_was_typed_stays(page, query):
    html = page(f"figures/?{query}")
    assert "field-error" in html
    assert "<tbody>" not in html


def test_a_page_beyond_the_last_shows_the_last(page):
    last = ceil(Figure.objects.count() / 50)
    html = page("figures/?page=999").replace("span ", "")
    assert f'aria-current="page">{last}<' in html


def test_pages_keep_the_filters(page):
    html = page("figures/?form=level&page=2")
    assert "form=level&amp;page=1" in html


def test_sorting_by_value(page):
    rows = _rows(page("figures/?source=mic2025&kind=target&form=level&order=-value"))
    assert rows.index("85.5") < rows.index("84.5") < rows.index("1.68")


def test_csv_has_the_filtered_rows_with_a_mark_for_spreadsheets(client, loaded):
    response = client.get("/catalogue/figures/?kind=target&year_from=2025&format=csv&page=3")
    assert response["Content-Type"].startswith("text/csv")
    assert "figures_" in response["Content-Disposition"]
    assert "2025.csv" in response["Content-Disposition"]
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert len(rows) == Figure.objects.filter(kind="target", year__gte=2025).count()
    assert {row["kind"] for row in rows} == {"target"}


def test_json_download_of_each_list(client, loaded):
    for kind in ("sources", "indicators", "figures", "instruments"):
        rows = json.loads(client.get(f"/catalogue/{kind}/?format=json").content)
        assert rows


def test_the_questionnaire_page_tells_every_question_rule_and_the_hash(page):
    version = InstrumentVersion.objects.get(instrument__code="miit-sme-2024")
    text = main(page("instruments/miit-sme-2024/"))
    assert version.sha256 in text
    for section in version.definition["sections"]:
        for question in section["questions"]:
            assert question["text"]["zh"] in text
    assert "10 &lt; x ≤ 20：1.5 分" in text
    assert "“数字化水平得分”不低于 80" in text
    assert "16 道分级题中至少 10 道达到 4 级" in text
    assert "10 道分级题中至少 6 道达到 4 级" in text
    assert "转录，未与官方文本核对" in text


def test_an_unknown_version_is_not_found(page):
    page("instruments/miit-sme-2024/?version=2024")
    page("instruments/miit-sme-2024/?version=1999", status=404)


def test_lists_cost_the_same_however_many_entries(client, loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/catalogue/figures/")
    with django_assert_max_num_queries(12):
        client.get("/catalogue/indicators/")


def test_an_empty_catalogue_shows_empty_pages(client, db):
    for name, arguments in NAMES:
        if not arguments:
            assert client.get(reverse(f"questionnaires:{name}")).status_code == 200


# --- API --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("sources", "mic2025"),
        ("indicators", "key-process-nc-rate"),
        ("figures", "mic2025-rd-intensity-2015"),
        ("instruments", "miit-sme-2024"),
        ("regions", "330100"),
        ("industries", "C36"),
    ],
)
def test_the_api_reads_lists_and_entries_without_signing_in(client, loaded, path, code):
    listed = client.get(f"/api/v1/{path}/").json()
    assert listed["count"] >= 2
    assert client.get(f"/api/v1/{path}/{code}/").json()["code"] == code
    assert client.get(f"/api/v1/{path}/no-such/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_writes_nothing(client, loaded, operator, method):
    client.force_login(operator)
    assert getattr(client, method)("/api/v1/sources/mic2025/").status_code in (403, 405)


def test_the_api_filters_like_the_pages(client, loaded):
    answer = client.get("/api/v1/figures/", {"kind": "target", "indicator": "key-process-nc-rate"})
    assert [(row["year"], row["value"]) for row in answer.json()["results"]] == [
        (2020, "50"),
        (2025, "64"),
    ]
    assert client.get("/api/v1/figures/?area=zz").status_code == 400
    assert client.get("/api/v1/regions/?parent=330000").json()["count"] == 11


def test_the_api_gives_a_whole_instrument_with_its_hash(client, loaded):
    from questionnaires.instruments import sha256_of

    answer = client.get("/api/v1/instruments/miit-sme-2024/?version=2024").json()
    assert sha256_of(answer["definition"]) == answer["sha256"]
    assert client.get("/api/v1/instruments/miit-sme-2024/?version=1").status_code == 404


def test_exact_values_in_the_api(client, loaded):
    row = client.get("/api/v1/figures/mic2025-rd-intensity-2015/").json()
    assert row["value"] == "0.95"
    assert row["value_high"] is None
