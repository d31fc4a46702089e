"""Texts in two languages: a mapping ``{"zh": …, "en": …}`` of which zh is authoritative."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language

PERCENT = {"zh": "%", "en": "%"}  # the one unit that code itself gives to a value


def localized(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """Return ``text`` in ``language`` (default: the active one), in Chinese where it lacks it."""
    if not text:
        return ""
    if isinstance(text, str):
        return text
    code = (language or get_language() or "zh").split("-")[0]
    return text.get(code) or text.get("zh") or text.get("en") or ""


def after_number(unit: str) -> str:
    """A unit as it follows a number: one that holds a number itself is multiplied.

    ``54.8 × CNY 10,000`` and ``40 × 10,000 people``, where Chinese has 万元 and 万人.
    """
    words = unit.replace(",", "").split()
    holds_number = bool(words) and (words[0].isdigit() or words[-1].isdigit())
    return f"× {unit}" if holds_number else unit


class TextField(models.JSONField):
    """A translations map. Empty means "not given", never null."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
