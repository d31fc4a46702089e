"""Money of enterprises: kept in CNY 10,000 (万元), shown in that and in yuan."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def grouped(value: Decimal | int | float) -> str:
    """1234567.50 → 1,234,567.5, in every language (Django's Chinese formats do not group)."""
    number = Decimal(str(value))
    return f"{number.normalize():,f}" if number else "0"


@register.filter
def ten_thousand(value: Decimal) -> str:
    """An amount in CNY 10,000 with its unit."""
    return _("CNY %(amount)s × 10,000") % {"amount": grouped(value)}


@register.filter
def yuan(value: Decimal) -> str:
    """The same in yuan, shortened as people say it: 1.57 亿元, CNY 157.35 million."""
    full = Decimal(value) * 10_000
    return _("= CNY %(amount)s%(short)s") % {"amount": grouped(full), "short": _short(full)}


def _short(full: Decimal) -> str:
    if (get_language() or "").startswith("zh"):
        if full < 10**8:
            return ""
        return f"（{grouped(round(full / 10**8, 2))} 亿元）"
    if full < 10**6:
        return ""
    return f" ({grouped(round(full / 10**6, 2))} million)"
