"""Unified social credit codes as people type and paste them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from questionnaires.credit_code import is_valid, normalise, validate


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91512081MA62K0260E",
        "91110108551385082Q",
        "91110000600037341L",
        "911100009999999780",  # check value 31 is written 0
    ],
)
def test_real_codes_are_accepted(code):
    assert validate(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        " 91110000600037341l ",
        "9111 0000 6000 37341L",
        "９１１１００００６０００３７３４１Ｌ",
        "911100-0060003734-1L",
        "91110000600037341L\u200b",
        "\u300091110000600037341L",
    ],
)
def test_spaces_width_case_and_invisible_characters_do_not_matter(typed):
    assert validate(typed) == "91110000600037341L"


def test_a_widely_printed_example_contains_a_letter_the_standard_excludes():
    with pytest.raises(ValidationError) as caught:
        validate("91350100M000100Y4Z")
    assert caught.value.code == "character"
    assert "did you mean" in str(caught.value.messages) or "2" in str(caught.value.messages)


@pytest.mark.parametrize(("letter", "digit"), [("O", "0"), ("I", "1")])
def test_letters_that_look_like_digits_are_named_with_what_was_meant(letter, digit):
    typed = "91110000600037341L".replace(digit, letter, 1)
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        validate(typed)
    position = typed.index(letter) + 1
    assert f"“{letter}” (character {position})" in caught.value.messages[0]
    assert f"did you mean “{digit}”" in caught.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "length"),
        ("9111000060003734", "length"),
        ("91110000600037341LL", "length"),
        ("91110000600037341M", "checksum"),
        ("91110000600037431L", "checksum"),
        ("9111A000600037341L", "format"),
        ("91110000600037341中", "character"),
        ("<script>alert(1)</s", "character"),
    ],
)
def test_each_fault_has_its_own_message(typed, code):
    with pytest.raises(ValidationError) as caught:
        validate(typed)
    assert caught.value.code == code
    assert not is_valid(typed)


def test_the_message_counts_the_characters_after_cleaning():
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        validate(" 9111 0000 ")
    assert "has 8 characters" in caught.value.messages[0]


def test_messages_are_chinese_on_a_chinese_page():
    with translation.override("zh-hans"), pytest.raises(ValidationError) as caught:
        validate("91110000600037341M")
    assert "营业执照" in caught.value.messages[0]


def test_none_is_no_code():
    assert normalise(None) == ""
    assert not is_valid(None)


def test_a_code_issued_by_an_authority_with_a_letter_is_accepted():
    from stdnum.cn import uscc

    body = "N2110000600037341"
    assert is_valid(body + uscc.calc_check_digit(body))
