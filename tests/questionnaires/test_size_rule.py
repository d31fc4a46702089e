"""The 2017 size rule, line by line, at its bounds and where other programs got it wrong."""

from decimal import Decimal

import pytest

from questionnaires.size_rule import RULES, SECTIONS, section_of, size_class


def test_industrial_firm_takes_the_lower_of_its_two_measures():
    assert size_class("C36", 1000, 40000) == "large"
    assert size_class("C36", 1000, 39999) == "medium"
    assert size_class("C36", 299, 40000) == "small"
    assert size_class("C36", 5000, 299) == "micro"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_line_of_the_table_includes_its_bounds_and_excludes_what_is_below(rule):
    measures = [m for m in ("employees", "revenue", "assets") if getattr(rule, m)]
    for rank, name in enumerate(("large", "medium", "small")):
        at = {m: getattr(rule, m)[rank] for m in measures}
        assert size_class(rule.codes[0], **at) == name
        for missed in measures:
            below = {**at, missed: at[missed] - 1}
            assert size_class(rule.codes[0], **below) == ("medium", "small", "micro")[rank]


def test_a_disputed_software_firm_is_medium_and_not_small_by_the_industrial_line():
    assert size_class("I65", 103, Decimal("15735.28")) == "medium"
    assert size_class("C39", 103, Decimal("15735.28")) == "small"


def test_warehousing_is_medium_from_a_hundred_staff():
    assert size_class("G59", 100, 1000) == "medium"
    assert size_class("G59", 99, 1000) == "small"


def test_information_transmission_between_ten_thousand_and_a_hundred_thousand_is_medium():
    assert size_class("I64", 2000, 50000) == "medium"
    assert size_class("I63", 2000, 100000) == "large"


@pytest.mark.parametrize(
    ("industry", "measures"),
    [
        ("A01", {"revenue": 50}),
        ("C13", {"employees": 20, "revenue": 300}),
        ("G59", {"employees": 20, "revenue": 100}),
        ("L72", {"employees": 10, "assets": 100}),
        ("7010", {"revenue": 100, "assets": 2000}),
        ("M73", {"employees": 10}),
    ],
)
def test_exactly_the_bound_of_small_is_small_and_not_micro(industry, measures):
    assert size_class(industry, **measures) == "small"


def test_renting_and_business_services_go_by_staff_and_assets_whatever_the_revenue():
    assert size_class("L72", 300, revenue=1, assets=120000) == "large"
    assert size_class("L72", 300, revenue=10**6, assets=99) == "micro"


def test_building_goes_by_revenue_and_assets():
    assert size_class("E47", 1, 80000, 80000) == "large"
    assert size_class("E47", 9000, 80000, 4999) == "small"


@pytest.mark.parametrize("industry", ["J66", "P83", "J", "G53", "84", "704", "S91", "T97"])
def test_industries_outside_the_rule_have_no_class(industry):
    assert size_class(industry, 500, 50000, 50000) is None


@pytest.mark.parametrize("industry", ["", "  ", "X12", "J36", "98", "C3", "C36 1", "36.1", "é"])
def test_what_is_no_code_has_no_class(industry):
    assert size_class(industry, 500, 50000, 50000) is None


@pytest.mark.parametrize("industry", ["C36", "36", "c36", "C", "3612", "C3612", " C36 "])
def test_a_code_is_understood_at_any_depth(industry):
    assert size_class(industry, 300, 2000) == "medium"


def test_real_estate_needs_a_class_code_unless_all_its_lines_agree():
    assert size_class("K70", 50, 1500, 6000) is None  # developer medium, manager micro
    assert size_class("7010", 50, 1500, 6000) == "medium"
    assert size_class("702", 50, 1500, 6000) == "micro"
    assert size_class("K709", 50, 1500, 6000) == "small"
    assert size_class("K70", 1000, 200000, 10000) == "large"


def test_trade_as_a_section_gets_a_class_only_where_wholesale_and_retail_agree():
    assert size_class("F", 300, 40000) == "large"
    assert size_class("F", 20, 5000) is None


def test_handling_is_transport_and_not_warehousing():
    assert size_class("591", 200, 30000) == "small"
    assert size_class("592", 200, 30000) == "large"


def test_an_unknown_measure_leaves_the_class_unknown_unless_another_says_micro():
    assert size_class("C36", None, 40000) is None
    assert size_class("C36", 500, None) is None
    assert size_class("C36", 19, None) == "micro"
    assert size_class("M74", 300) == "large"
    assert size_class("C36") is None


def test_zero_staff_is_a_number_and_not_unknown():
    assert size_class("C36", 0, 40000) == "micro"


@pytest.mark.parametrize("bad", [-1, Decimal("-0.01"), float("nan")])
def test_a_negative_measure_is_refused(bad):
    with pytest.raises(ValueError, match="zero or more"):
        size_class("C36", 10, bad)


def test_the_sections_cover_the_divisions_without_gap_or_overlap():
    ranges = sorted(SECTIONS.values())
    assert [number for first, last in ranges for number in range(first, last + 1)] == list(
        range(1, 98)
    )
    assert section_of("36") == "C"
    assert section_of("C36") == "C"
    assert section_of("D36") == ""
