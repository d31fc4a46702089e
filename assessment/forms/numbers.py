"""Numbers and money as people type them: full-width, grouped, with a unit behind."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _

# Behind an amount in CNY 10,000: the unit itself, or a hundred million in units of ten thousand.
MONEY_UNITS = {"": 1, "万": 1, "万元": 1, "亿": 10_000, "亿元": 10_000}
_AMOUNT = re.compile(r"^([+-]?\d*\.?\d+)(\D*)$")


def plain(text: str) -> str:
    """Half-width, without spaces, grouping commas and invisible characters."""
    text = unicodedata.normalize("NFKC", text or "")
    return re.sub(r"[\s,'\u200b-\u200f\u2060\ufeff]", "", text)


def read_amount(text: str, units: dict[str, int]) -> Decimal | None:
    """The amount in ``text``, or None when it cannot be read; ``units`` maps suffix to factor."""
    match = _AMOUNT.match(plain(text))
    if not match or match[2] not in units:
        return None
    try:
        return Decimal(match[1]) * units[match[2]]
    except InvalidOperation:
        return None


class MoneyField(forms.CharField):
    """An amount in CNY 10,000 (万元), two decimals; ``1.2亿`` is read as 12,000."""

    default_error_messages = {
        "unreadable": _("Write the amount in CNY 10,000 as a number, for example 1,250.5."),
        "negative": _("The amount cannot be below zero."),
        "large": _("This is more than CNY 10,000 billion: check the unit, it is CNY 10,000."),
    }

    def to_python(self, value) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        amount = read_amount(text, MONEY_UNITS)
        if amount is None:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable")
        if amount < 0:
            raise forms.ValidationError(self.error_messages["negative"], code="negative")
        if amount >= 10**9:
            raise forms.ValidationError(self.error_messages["large"], code="large")
        return amount.quantize(Decimal("0.01"))


class CountField(forms.CharField):
    """A whole number of persons."""

    default_error_messages = {
        "unreadable": _("Write the number of persons as a whole number, for example 120."),
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value) -> int | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        amount = read_amount(text, {"": 1, "人": 1, "万": 10_000})
        if amount is None or amount < 0 or amount != amount.to_integral() or amount > 10**7:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable")
        return int(amount)
