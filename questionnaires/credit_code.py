"""Unified social credit codes (统一社会信用代码, GB 32100-2015), as people type them."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
LENGTH = 18
# Letters the standard left out because they read like a digit, and what was probably meant.
LOOKALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}


def normalise(value: str) -> str:
    """Full-width to half-width, upper case, without spaces, hyphens and invisible characters."""
    plain = unicodedata.normalize("NFKC", value or "").upper()
    return re.sub(r"[\s\-‐‑–—_.\u200b-\u200f\u2060\ufeff]", "", plain)


def validate(value: str) -> str:
    """Return the normalised code, or raise ValidationError that says what is wrong with it."""
    code = normalise(value)
    _check_characters(code)
    if len(code) != LENGTH:
        raise ValidationError(
            _("The code has %(count)d characters; a unified social credit code has 18.")
            % {"count": len(code)},
            code="length",
        )
    return _check_digits(code)


def is_valid(value: str) -> bool:
    """Whether ``value``, once normalised, is a code with the right check digit."""
    try:
        validate(value)
    except ValidationError:
        return False
    return True


def _check_characters(code: str) -> None:
    for position, character in enumerate(code, start=1):
        if character in ALPHABET:
            continue
        values = {"character": character, "position": position}
        if character in LOOKALIKES:
            values["meant"] = LOOKALIKES[character]
            message = _(
                "“%(character)s” (character %(position)d) never occurs in these codes; "
                "did you mean “%(meant)s”?"
            )
        else:
            message = _(
                "“%(character)s” (character %(position)d) does not belong in the code: "
                "use digits and capital letters."
            )
        raise ValidationError(message % values, code="character")


def _check_digits(code: str) -> str:
    """Characters 3–8 name a division, the last is computed from the others.

    The first two may be letters (N for collectives, A and Y for others), which stdnum's own
    validate() refuses; its check digit holds for them as well.
    """
    if not code[2:8].isdigit():
        raise ValidationError(
            _("Characters 3 to 8 must be the digits of an administrative division."),
            code="format",
        )
    if uscc.calc_check_digit(code[:-1]) != code[-1]:
        raise ValidationError(
            _("The last character does not fit the others: compare with the business licence."),
            code="checksum",
        )
    return code
