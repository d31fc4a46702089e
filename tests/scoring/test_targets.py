"""Values beside published figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from questionnaires.models import Figure, Indicator, Source
from scoring.numbers import summarise
from scoring.targets import compare, roll_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(db):
    def make(code="nc-rate", **fields):
        values = {
            "concept": code, "name": {"zh": "数控化率", "en": "NC rate"}, "unit": "%",
            "level": "both", "roll_up": "mean_of_firms",
        }  # fmt: skip
        return Indicator.objects.create(code=code, **{**values, **fields})

    return make


@pytest.fixture
def figure(db):
    source = Source.objects.create(code="policy", title={"zh": "某规划", "en": "A plan"})
    numbers = iter(range(1, 1000))

    def make(indicator, value, **fields):
        values = {
            "area": "CN", "year": 2025, "kind": "target", "form": "level", "operator": "=",
            "unit": "%", "status": "official", "locator": "表 1",
        }  # fmt: skip
        values |= fields
        return Figure.objects.create(
            code=f"figure-{next(numbers)}", indicator=indicator, value=Decimal(str(value)),
            period=str(values["year"]), source=source, **values,
        )  # fmt: skip

    return make


def only(values, region, **options):
    (row,) = compare(values, region, **options)
    return row


def test_a_value_below_a_target_shows_the_gap_in_its_unit(indicator, figure, regions):
    figure(indicator(), 64)
    row = only({"nc-rate": Decimal("41.5")}, regions["330400"])
    assert (row.state, row.gap, row.unit) == ("gap", Decimal("-22.5"), "%")
    assert (row.source_code, row.locator, row.status) == ("policy", "表 1", "official")


@pytest.mark.parametrize(
    ("operator", "direction", "value", "state"),
    [
        ("=", "higher", 64, "met"),
        ("=", "higher", 70, "met"),
        ("≥", "higher", 64, "met"),
        (">", "higher", 64, "gap"),
        (">", "higher", 64.000001, "met"),
        ("=", "lower", 64, "met"),
        ("=", "lower", 70, "gap"),
        ("≤", "higher", 70, "gap"),
        ("<", "lower", 64, "gap"),
        ("≥", "lower", 70, "met"),
        ("=", "neutral", 70, "gap"),
        ("=", "neutral", 64, "met"),
    ],
)
def test_the_operator_and_the_direction_decide_what_meets_a_target(
    indicator, figure, regions, operator, direction, value, state
):
    figure(indicator(direction=direction), 64, operator=operator)
    assert only({"nc-rate": Decimal(str(value))}, regions["330400"]).state == state


def test_an_observed_figure_is_never_a_target(indicator, figure, regions):
    figure(indicator(), 33, kind="observed", year=2015)
    row = only({"nc-rate": Decimal(60)}, regions["330400"])
    assert (row.kind, row.state, row.published, row.gap) == ("observed", "no_target", 33, None)


def test_the_latest_observed_figure_stands_in_where_there_is_no_target(indicator, figure, regions):
    one = indicator()
    for year in (2013, 2015):
        figure(one, year - 1980, kind="observed", year=year)
    assert only({"nc-rate": Decimal(60)}, regions["330400"]).year == 2015


def test_without_any_figure_there_is_a_row_that_says_so(indicator, regions):
    indicator()
    row = only({"nc-rate": Decimal(60)}, regions["330400"])
    assert (row.state, row.figure, row.published) == ("no_target", "", None)


def test_an_unanswered_indicator_is_not_a_zero(indicator, figure, regions):
    figure(indicator(), 64)
    row = only({"nc-rate": None}, regions["330400"])
    assert (row.state, row.own, row.gap) == ("no_answer", None, None)


def test_figures_of_the_own_city_and_province_come_before_the_nation(indicator, figure, regions):
    one = indicator()
    for area in ("CN", "330000", "330400", "440000"):
        figure(one, 50, area=area)
    rows = compare({"nc-rate": Decimal(60)}, regions["330400"])
    assert [row.area for row in rows] == ["330400", "330000", "CN"]
    assert rows[1].area_name["zh"] == "浙江省"


def test_a_target_of_a_past_year_says_so(indicator, figure, regions):
    one = indicator()
    figure(one, 50, year=2020)
    figure(one, 64, year=2030)
    rows = compare({"nc-rate": Decimal(60)}, regions["330400"], year=2026)
    assert [(row.year, row.past) for row in rows] == [(2030, False), (2020, True)]


@pytest.mark.parametrize(("form", "word"), [("change", "2015"), ("growth", "增速")])
def test_a_change_or_a_growth_is_not_compared_with_a_level(indicator, figure, regions, form, word):
    figure(indicator(), -34, form=form, base_year=2015)
    row = only({"nc-rate": Decimal(60)}, regions["330400"])
    assert (row.state, row.gap) == ("not_comparable", None)
    assert word in row.reason["zh"]


def test_another_definition_of_the_same_concept_is_not_compared(indicator, figure, regions):
    figure(indicator("other-rate", concept="nc-rate"), 64)
    indicator()
    row = only({"nc-rate": Decimal(60)}, regions["330400"])
    assert row.state == "not_comparable"
    assert row.reason["zh"]


def test_another_unit_is_not_compared(indicator, figure, regions):
    figure(indicator(), 64, unit="家")
    assert only({"nc-rate": Decimal(60)}, regions["330400"]).state == "not_comparable"


def test_a_share_of_enterprises_is_compared_with_a_region_only(indicator, figure, regions):
    figure(indicator(roll_up="share_of_firms"), 84)
    values = {"nc-rate": Decimal(100)}
    assert only(values, regions["330000"]).state == "not_comparable"
    assert only(values, regions["330000"], subject="region").state == "met"


def test_a_value_inside_a_range_meets_it(indicator, figure, regions):
    figure(indicator(direction="neutral"), 40, operator="range", value_high=Decimal(60))
    assert only({"nc-rate": Decimal(50)}, regions["330400"]).state == "met"
    assert only({"nc-rate": Decimal(61)}, regions["330400"]).state == "gap"


@pytest.mark.parametrize(
    ("how", "value"),
    [("mean_of_firms", "0.75"), ("share_of_firms", "50"), ("sum", "3"), ("", None)],
)
def test_a_regions_value_follows_its_indicators_rule(indicator, how, value):
    stats = summarise([0, 0, 1, 2])
    assert roll_up(indicator(roll_up=how), stats) == (value and Decimal(value))


def test_without_values_a_region_has_none(indicator):
    assert roll_up(indicator(), None) is None
