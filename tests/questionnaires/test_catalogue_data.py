"""The shipped figures say exactly what their documents say."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from questionnaires.catalogue.export import as_csv, as_json, exact, harmless
from questionnaires.models import Figure, Indicator, Industry, Region
from questionnaires.size_rule import SECTIONS, section_of

COLUMNS = (
    "indicator,concept,area,sector,period,value,value_high,operator,unit,kind,form,base_year,"
    "source,locator,status,caveats"
)

LEVELS = {
    "mic2025-rd-intensity": "0.88 0.95 1.26 1.68",
    "mic2025-patents-per-100m-revenue": "0.36 0.44 0.70 1.10",
    "mic2025-quality-index": "83.1 83.5 84.5 85.5",
    "mic2025-broadband-penetration": "37 50 70 82",
    "digital-design-tool-rate": "52 58 72 84",
    "key-process-nc-rate": "27 33 50 64",
    "mic2025-solid-waste-utilisation": "62 65 73 79",
}
FALLS = {
    "mic2025-energy-intensity-fall": (18, 34),
    "mic2025-co2-intensity-fall": (22, 40),
    "mic2025-water-intensity-fall": (23, 41),
    "mic2025-value-added-rate-rise": (2, 4),
}
ZHEJIANG = (
    "95663.0 171.1 3.8 41.3 126.4 90.4 56.9 2.2 6.3 57.7 9.4 35.5 25.4 2.1 22.0 0.3 60.1 41.2 12.9 "
    "12075.8 54.9 3.4 325.8 22.9 37.7 85.9 87.6 91.2 80.4 79.1"
)


@pytest.mark.parametrize(("code", "values"), LEVELS.items())
def test_the_levels_of_made_in_china_2025(loaded, code, values):
    figures = Figure.objects.filter(indicator__code=code, area="CN").order_by("year")
    assert [figure.year for figure in figures] == [2013, 2015, 2020, 2025]
    assert [figure.value for figure in figures] == [Decimal(v) for v in values.split()]
    assert [figure.kind for figure in figures] == ["observed", "observed", "target", "target"]
    assert {figure.form for figure in figures} == {"level"}


@pytest.mark.parametrize(("code", "values"), FALLS.items())
def test_the_changes_of_made_in_china_2025_are_against_2015(loaded, code, values):
    figures = Figure.objects.filter(indicator__code=code).order_by("year")
    assert [(f.year, f.value, f.form, f.base_year, f.kind) for f in figures] == [
        (year, Decimal(value), "change", 2015, "target")
        for year, value in zip((2020, 2025), values, strict=True)
    ]


def test_productivity_grows_by_about_a_rate_over_each_plan(loaded):
    figures = Figure.objects.filter(indicator__code="mic2025-labour-productivity-growth")
    assert [(f.period, f.value, f.form, f.operator) for f in figures.order_by("year")] == [
        ("2016-2020", Decimal("7.5"), "growth", "≈"),
        ("2021-2025", Decimal("6.5"), "growth", "≈"),
    ]


def test_made_in_china_2025_has_twelve_indicators_in_four_groups(loaded):
    main = Indicator.objects.filter(source__code="mic2025", position__gt=0)
    twelve = main.order_by("position")
    assert [indicator.position for indicator in twelve] == list(range(1, 13))
    assert len({indicator.groups[0]["zh"] for indicator in twelve}) == 4


def test_the_two_rates_firms_answer_roll_up_as_the_notes_define(loaded):
    both = Indicator.objects.filter(level="both", source__code="mic2025")
    rates = both.exclude(roll_up__in=["", "ratio_of_totals"])
    assert dict(rates.values_list("code", "roll_up")) == {
        "key-process-nc-rate": "mean_of_firms",
        "digital-design-tool-rate": "share_of_firms",
    }


def test_ratios_and_falls_of_made_in_china_2025_follow_from_totals(loaded):
    totals = Indicator.objects.filter(source__code="mic2025", roll_up="ratio_of_totals")
    assert {"mic2025-rd-intensity", "mic2025-energy-intensity-fall"} <= set(
        totals.values_list("code", flat=True)
    )


def test_the_zhejiang_system_has_5_groups_10_first_level_and_30_second_level_indicators(loaded):
    thirty = Indicator.objects.filter(code__startswith="zj-").order_by("position")
    assert len(thirty) == 30
    assert len({indicator.groups[0]["zh"] for indicator in thirty}) == 5
    assert len({tuple(g["zh"] for g in indicator.groups) for indicator in thirty}) == 10
    values = [indicator.figures.get(area="330000").value for indicator in thirty]
    assert values == [Decimal(value) for value in ZHEJIANG.split()]
    figures = Figure.objects.filter(indicator__in=thirty, area="330000")
    assert set(figures.values_list("area", "year", "kind", "status")) == {
        ("330000", 2017, "observed", "transcribed")
    }


def test_every_figure_has_a_source_a_locator_and_caveats_in_both_languages(loaded):
    for figure in Figure.objects.all():
        assert figure.locator
        assert figure.caveats["zh"]
        assert figure.caveats["en"]


def test_shipped_texts_are_in_both_languages_and_chinese_ones_use_chinese_marks(loaded):
    for indicator in Indicator.objects.filter(
        source__code__in=["mic2025", "jin-2019-digital-economy"]
    ):
        for text in (indicator.name, indicator.definition):
            assert text["zh"]
            assert text["en"]
            assert not set(text["zh"]) & set(",;?")
        assert indicator.definition["zh"].endswith("。")


def test_a_shared_concept_keeps_definitions_apart(loaded):
    codes = set(
        Indicator.objects.filter(concept="fixed-broadband-penetration").values_list(
            "code", flat=True
        )
    )
    assert codes == {
        "mic2025-broadband-penetration",
        "zj-fixed-internet-penetration",
        "fixed-broadband-penetration-per-100",
    }


def test_regions_have_both_names_and_no_placeholder(loaded):
    names = {region.code: region.name for region in Region.objects.all()}
    assert all(name["zh"] and name["en"] for name in names.values())
    assert not any("直辖" in name["zh"] or "市辖" in name["zh"] for name in names.values())
    expected = {
        "500000": "Chongqing", "350200": "Xiamen", "341500": "Lu'an", "140400": "Changzhi",
        "331000": "Taizhou (Zhejiang)", "610100": "Xi'an", "411100": "Luohe", "150100": "Hohhot",
        "610000": "Shaanxi", "140000": "Shanxi", "211300": "Chaoyang", "220200": "Jilin City",
        "532500": "Honghe Hani and Yi Autonomous Prefecture", "810000": "Hong Kong",
    }  # fmt: skip
    assert {code: names[code]["en"] for code in expected} == expected
    english = [name["en"] for name in names.values()]
    assert len(set(english)) == len(english)


def test_industries_agree_with_the_sections_of_the_size_rule(loaded):
    for industry in Industry.objects.filter(level="division"):
        assert section_of(industry.code) == industry.section
    assert set(SECTIONS) == set(
        Industry.objects.filter(level="section").values_list("code", flat=True)
    )


# --- exports ----------------------------------------------------------------------------------


def test_the_export_of_figures_has_exactly_its_columns_and_exact_values(loaded):
    text = as_csv("figures")
    assert text.splitlines()[0] == COLUMNS
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == Figure.objects.count()
    row = next(
        r for r in rows if r["indicator"] == "mic2025-rd-intensity" and r["period"] == "2015"
    )
    assert row["value"] == "0.95"
    assert row["operator"] == "="
    assert row["value_high"] == row["base_year"] == ""
    assert row["concept"] == "rd-intensity"
    fall = next(r for r in rows if r["indicator"] == "mic2025-energy-intensity-fall")
    assert (fall["form"], fall["base_year"]) == ("change", "2015")


def test_the_json_export_has_numbers_nulls_and_both_languages(loaded):
    rows = json.loads(as_json("figures"))
    row = next(
        r for r in rows if r["indicator"] == "mic2025-rd-intensity" and r["period"] == "2015"
    )
    assert list(row) == COLUMNS.split(",")
    assert row["value"] == 0.95
    assert row["value_high"] is None
    assert set(row["caveats"]) == {"zh", "en"}
    assert '"value": 0.95,' in as_json("figures")


@pytest.mark.parametrize(
    ("number", "text"),
    [("0.950000", "0.95"), ("100.000000", "100"), ("0.000000", "0"), ("-3.50", "-3.5"),
     ("12345678901234.123456", "12345678901234.123456")],
)  # fmt: skip
def test_numbers_are_written_without_padding_and_without_loss(number, text):
    assert exact(Decimal(number)) == text


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("=", "="),
        ("-3.5", "-3.5"),
        ("+3", "+3"),
        ("≥", "≥"),
        ("plain", "plain"),
    ],
)
def test_cells_cannot_run_as_formulas_but_numbers_and_operators_stay(cell, safe):
    assert harmless(cell) == safe
