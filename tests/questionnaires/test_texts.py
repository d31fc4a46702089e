"""Texts and units as a reader meets them."""

import pytest

from questionnaires.texts import after_number, localized


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("CNY 10,000", "× CNY 10,000"),
        ("10,000 people", "× 10,000 people"),
        ("100 million", "× 100 million"),
        ("5G base stations", "5G base stations"),
        ("tonnes of CO2", "tonnes of CO2"),
        ("万元", "万元"),
        ("%", "%"),
        ("", ""),
    ],
)
def test_a_unit_that_holds_a_number_is_multiplied(unit, shown):
    assert after_number(unit) == shown


def test_a_text_without_english_is_shown_in_chinese():
    assert localized({"zh": "指标"}, "en") == "指标"
    assert localized({"zh": "指标", "en": "Indicator"}, "en") == "Indicator"
    assert localized(None) == ""
