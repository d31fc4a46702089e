"""The kinds of values instrument documents are made of: codes, texts, exact numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from questionnaires.instruments.problems import wrong
from questionnaires.instruments.said import say

DECIMALS = 6
LARGEST = Decimal(10) ** 12
LARGEST_POINTS = Decimal(10) ** 6
RESERVED = {"profile", "points", "score"}
_QUOTE = say("write the text, in quotes")
_A_NUMBER = (say("a number"), say("write a number without quotes"))
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


class Part(BaseModel):
    """A part of an instrument: immutable, and refusing what the format does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def plain(number: Decimal) -> str:
    """The shortest way to write a decimal: 10, not 10.0 or 1E+1."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _text(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        value = {"zh": value, "en": value}
    if not isinstance(value, Mapping):
        raise wrong("not_a_text", say("a text or {zh: …, en: …}"), _QUOTE)
    extra = [str(key) for key in value if key not in ("zh", "en")]
    if extra:
        shown = ", ".join(extra)[:60]
        raise wrong("unknown_language", say("zh and en only"), say("remove %(keys)s", keys=shown))
    if not all(isinstance(text, str) and text.strip() for text in value.values()):
        raise wrong("not_a_text", say("words in each language"), _QUOTE)
    if "zh" not in value:
        raise wrong("no_chinese", say("a Chinese text under zh"), say("add zh"))
    return {"zh": value["zh"], "en": value.get("en", value["zh"])}


def _unit(value: Any) -> dict[str, str] | None:
    """A unit is a text; an empty one is none."""
    return None if value in (None, "") else _text(value)


def _code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise wrong(
            "bad_code",
            say("letters, digits, “_” and “-”, a letter first, at most 60"),
            say("change the code (put words like yes, no, on, off in quotes)"),
        )
    return value


def _slug(value: Any) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value) or len(value) > 80:
        expected = say("lower-case letters, digits and single hyphens")
        raise wrong("bad_code", expected, say("change the code"))
    return value


def _version(value: Any) -> str:
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        expected = say('a version in quotes, like "1.0"')
        raise wrong("bad_version", expected, say("put the version in quotes"))
    return value


def _number(value: Any) -> Decimal:
    """Read int, float or decimal text without loss; refuse what is not exactly representable."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise wrong("not_a_number", *_A_NUMBER)
    if isinstance(value, str) and len(value) > 40:
        raise wrong("not_a_number", *_A_NUMBER)
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, ValueError):
        raise wrong("not_a_number", *_A_NUMBER) from None
    if not number.is_finite() or abs(number) > LARGEST:
        most = say("a number up to %(most)s", most=f"{LARGEST:f}")
        raise wrong("too_large", most, say("write a smaller number"))
    if number != round(number, DECIMALS):
        most = say("at most %(count)s decimals", count=DECIMALS)
        raise wrong("too_many_decimals", most, say("round the number"))
    return number + 0


def _points(number: Decimal) -> Decimal:
    if not 0 <= number <= LARGEST_POINTS:
        expected = say("points from 0 to 1000000")
        raise wrong("points_out_of_range", expected, say("write points of 0 or more"))
    return number


def _weight(number: Decimal) -> Decimal:
    if not 0 < number <= LARGEST_POINTS:
        expected = say("a weight above 0, at most 1000000")
        raise wrong("weight_not_positive", expected, say("write such a weight"))
    return number


def _date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        fix = say("write it as 2026-05-01")
        raise wrong("not_a_date", say("a date YYYY-MM-DD"), fix) from None


def _expression(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str) or not value.strip():
        fix = say("write a condition or a formula, in quotes")
        raise wrong("not_an_expression", say("an expression"), fix)
    return value.strip()


Text = Annotated[dict[str, str], BeforeValidator(_text)]
Unit = Annotated[dict[str, str] | None, BeforeValidator(_unit)]
Code = Annotated[str, BeforeValidator(_code)]
Slug = Annotated[str, BeforeValidator(_slug)]
Version = Annotated[str, BeforeValidator(_version)]
Number = Annotated[
    Decimal, BeforeValidator(_number), PlainSerializer(plain, return_type=str, when_used="json")
]
Points = Annotated[Number, AfterValidator(_points)]
Weight = Annotated[Number, AfterValidator(_weight)]
Day = Annotated[date, BeforeValidator(_date)]
ExpressionText = Annotated[str, BeforeValidator(_expression)]
