"""Numbers are written the same way everywhere."""

from decimal import Decimal as D

import pytest

from reports import numbers


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (D("1234.56"), 1, "1,234.6"),
        (D("0.25"), 1, "0.3"),
        (D("-6.5"), 1, "−6.5"),
        (D("-0.04"), 1, "0.0"),
        (D("1e3"), 0, "1,000"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_away_from_zero(value, places, text):
    assert numbers.number(value, places) == text


def test_a_difference_carries_its_sign_and_zero_carries_none():
    assert [numbers.signed(D(v)) for v in ("7.5", "-7.5", "0")] == ["+7.5", "−7.5", "0.0"]


def test_exact_numbers_keep_every_decimal_they_have():
    assert [numbers.exact(D(v)) for v in ("0.70", "1.875", "10", "0.333333")] == [
        "0.7",
        "1.875",
        "10",
        "0.333333",
    ]


def test_an_own_value_is_as_precise_as_the_published_one_beside_it():
    assert numbers.own_figure(D("1.314"), D("1.26"), "%", "zh") == "1.31%"
    assert numbers.own_figure(D("57.5"), D("50"), "%", "zh") == "57.5%"


def test_an_unknown_own_value_is_said_in_words():
    assert numbers.own_figure(None, D("50"), "%", "en") == "not answered"


def test_published_figures_keep_their_operator_and_both_ends():
    assert numbers.published_figure(D(25), None, "≥", "%", "zh") == "≥\u00a025%"
    assert numbers.published_figure(D(10), D(20), "range", "%", "en") == "10%–20%"


@pytest.mark.parametrize(("language", "text"), [("zh", "12\u00a0台"), ("en", "12\u00a0computers")])
def test_the_unit_of_a_question_is_its_own_word_in_each_language(language, text):
    assert numbers.with_unit("12", {"zh": "台", "en": "computers"}, language) == text


def test_the_unit_of_a_figure_is_looked_up():
    assert numbers.with_unit("12", "台", "en") == "12\u00a0machines"


def test_a_difference_of_percentages_is_in_percentage_points():
    text = numbers.gap_figure(D("-6.5"), D("57.5"), D("64"), "%", "en")
    assert text == "−6.5\u00a0percentage points"
