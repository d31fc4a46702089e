"""Template filters for catalogue texts and numbers, available in every template."""

from typing import Any

from django import template

from questionnaires.numbers import shown, value_of
from questionnaires.texts import localized

register = template.Library()


@register.filter
def text(value: Any) -> str:
    """``{{ indicator.name|text }}``: the map's text in the reader's language."""
    return localized(value)


@register.filter
def exact(number: Any) -> str:
    """``{{ figure.value|exact }}``: all its digits and no padding, thousands grouped."""
    return "" if number is None else shown(number)


@register.filter
def figure_value(figure: Any) -> str:
    """``{{ figure|figure_value }}``: its value with its operator, without the unit."""
    return value_of(figure)


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """``{% query page=2 %}``: the page's query string with these keys changed (None drops one)."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        parameters.pop(key, None)
        if value is not None:
            parameters[key] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"
