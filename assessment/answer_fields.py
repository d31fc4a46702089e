"""The inputs of a question: what they are called, what they hold, what they were left with.

``Fields`` maps an input's name to the list of its values, as a form posts them. Names are the
question's code for its main input and ``CODE.part`` and the like for the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from assessment.values import is_not_applicable, is_unknown

Fields = Mapping[str, list[str]]

PAIRS = {"ratio": ("part", "whole"), "before_after": ("before", "after")}


def names_of(question: Any) -> list[str]:
    """Every input of the question, without its version."""
    suffixes = ["state", "reason", "mode", "percent", "branch", *PAIRS.get(question.kind, ())]
    return [question.code, *(f"{question.code}.{suffix}" for suffix in suffixes)]


def raw_of(question: Any, fields: Fields) -> Any:
    """What was typed or chosen, in the shape ``read_answer`` takes; None for nothing."""
    code = question.code
    state = _first(fields, f"{code}.state")
    if state == "unknown":
        return {"unknown": True}
    if state == "not_applicable":
        return {"not_applicable": _first(fields, f"{code}.reason").strip()}
    if question.kind == "multiple":
        return list(fields.get(code, [])) or None
    if question.kind == "ladder":
        return _rung(code, fields)
    if question.kind == "yes_no":
        return {"yes": True, "no": False}.get(_first(fields, code))
    if question.kind == "ratio" and _first(fields, f"{code}.mode") == "percent":
        return _text(fields, f"{code}.percent")
    if question.kind in PAIRS:
        return _pair(question, fields)
    return _text(fields, code)


def fields_of(question: Any, value: Any) -> dict[str, list[str]]:
    """The reverse of ``raw_of``: what the inputs hold for ``value`` (or for what was typed)."""
    code, kind = question.code, question.kind
    if is_unknown(value):
        return {f"{code}.state": ["unknown"]}
    if is_not_applicable(value):
        reason = str(value["not_applicable"] or "")
        return {f"{code}.state": ["not_applicable"], f"{code}.reason": [reason]}
    if value is None:
        return {}
    if kind == "multiple":
        return {code: [str(item) for item in value]}
    if kind == "yes_no":
        return {code: ["yes" if value else "no"]}
    if kind == "ladder" and isinstance(value, dict):
        rung = str(value.get("rung"))
        branches = [f"{rung}:{branch}" for branch in value.get("branches", [])]
        return {code: [rung], f"{code}.branch": branches}
    if kind in PAIRS and isinstance(value, dict):
        if value.get("part") is None and value.get("percent") is not None:
            return {f"{code}.mode": ["percent"], f"{code}.percent": [plain(value["percent"])]}
        pair = {f"{code}.{name}": [plain(value.get(name))] for name in PAIRS[kind]}
        return {f"{code}.mode": ["counts"], **pair} if kind == "ratio" else pair
    if kind == "ratio":
        return {f"{code}.mode": ["percent"], f"{code}.percent": [plain(value)]}
    return {code: [plain(value)]}


def plain(value: Any) -> str:
    """A value as the text of an input: 1200, not 1200.0; text as it was typed."""
    if value is None:
        return ""
    if isinstance(value, str | bool):
        return str(value)
    try:
        return f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return str(value)


def _first(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return str(values[0])


def _text(fields: Fields, name: str) -> str | None:
    text = _first(fields, name)
    return text if text.strip() else None


def _pair(question: Any, fields: Fields) -> dict[str, str] | None:
    typed = {name: _text(fields, f"{question.code}.{name}") for name in PAIRS[question.kind]}
    if not any(typed.values()):
        return None
    return {name: text or "" for name, text in typed.items()}


def _rung(code: str, fields: Fields) -> Any:
    chosen = _first(fields, code)
    if not chosen.isdecimal():
        return chosen or None
    ticked = [
        b.split(":", 1)[1] for b in fields.get(f"{code}.branch", []) if b.startswith(f"{chosen}:")
    ]
    return {"rung": int(chosen), "branches": ticked} if ticked else int(chosen)
