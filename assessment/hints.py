"""What the page says beside a value: what it comes to, and whether it may be a slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessment.templatetags.amounts import yuan
from assessment.values import (
    change_of,
    in_words,
    is_special,
    number,
    percent,
    rate_of,
    with_unit,
)
from questionnaires.instruments.questions import unit_key
from questionnaires.texts import PERCENT

Text = Mapping[str, str]


@dataclass(frozen=True)
class Hint:
    """``text`` to show; ``doubt`` is a question to the person, ``instead`` the value meant."""

    text: str
    doubt: bool = False
    instead: str = ""


def hints_for(question: Any, value: Any) -> list[Hint]:
    """Hints for a readable value, none for an empty or special one."""
    if value is None or is_special(value):
        return []
    return _HINTS.get(question.kind, lambda question, value: [])(question, value)


def _number(question: Any, value: Any) -> list[Hint]:
    amount = Decimal(str(value))
    found = [Hint(_("Read as %(value)s") % {"value": in_words(question, value)})]
    if unit_key(question) == "万元":
        found.append(Hint(yuan(amount)))
    return found + _band(question, amount, question.unit) + _slip(unit_key(question), amount)


def _ratio(question: Any, value: Any) -> list[Hint]:
    rate = rate_of(value)
    if rate is None:
        return [Hint(_("The whole is zero: there is no rate."))]
    typed_directly = not isinstance(value, dict)
    said = _("Read as %(value)s") % {"value": in_words(question, value)}
    found = [Hint(said if typed_directly else _("Rate: %(rate)s") % {"rate": percent(rate)})]
    return found + _band(question, rate, PERCENT) + (_slip("%", rate) if typed_directly else [])


def _before_after(question: Any, value: Any) -> list[Hint]:
    change = change_of(value)
    if change is None:
        return [Hint(_("The value before is zero: there is no change in percent."))]
    return [Hint(_("Change: %(change)s %%") % {"change": f"{change:+.1f}"})]


def _band(question: Any, amount: Decimal, unit: Text | None) -> list[Hint]:
    """The band of the points' table that the value falls in, with its closed and open ends."""
    for band in getattr(question.points, "bands", ()):
        found = band.range
        above = amount >= found.low if found.low_closed else amount > found.low
        below = amount <= found.high if found.high_closed else amount < found.high
        if above and below:
            return [Hint(_("Falls in %(band)s") % {"band": _interval(found, unit)})]
    return []


def _interval(found: Any, unit: Text | None) -> str:
    low = number(found.low) if found.low.is_finite() else "−∞"
    high = number(found.high) if found.high.is_finite() else "+∞"
    ends = f"{'[' if found.low_closed else '('}{low}, {high}{']' if found.high_closed else ')'}"
    return with_unit(ends, unit)


def _slip(unit: str, amount: Decimal) -> list[Hint]:
    """A fraction where percent are asked: 0.35 is more often 35 % than 0.35 %."""
    if unit != "%" or not 0 < amount < 1:
        return []
    meant = number(amount * 100)
    question = _("This says %(value)s %%. Do you mean %(meant)s %%?")
    return [Hint(question % {"value": number(amount), "meant": meant}, doubt=True, instead=meant)]


_HINTS = {"number": _number, "ratio": _ratio, "before_after": _before_after}
