"""Answers in words, in both languages, as an instrument's options and rungs say them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from questionnaires.texts import localized
from reports import numbers
from reports.model import Text

NOT_ANSWERED: Text = {"zh": "未填写", "en": "Not answered"}
UNKNOWN: Text = {"zh": "暂不清楚", "en": "Not known"}
YES: Text = {"zh": "是", "en": "Yes"}
NO: Text = {"zh": "否", "en": "No"}


def both(make: Callable[[str], str]) -> Text:
    return {language: make(language) for language in ("zh", "en")}


def plain(text: Any) -> Text:
    """A text that may come as a map, a string or nothing."""
    if isinstance(text, dict):
        return {str(key): str(value) for key, value in text.items()}
    return {"zh": str(text), "en": str(text)} if text not in (None, "") else {}


def said(question: Any, raw: Any) -> Text:
    """What was answered to ``question`` (None for a computed value)."""
    if raw is None or raw == []:
        return NOT_ANSWERED
    if isinstance(raw, dict) and raw.get("unknown"):
        return UNKNOWN
    if isinstance(raw, dict) and "not_applicable" in raw:
        return _not_applicable(raw["not_applicable"])
    write = WRITERS.get(getattr(question, "kind", ""), _as_is)
    return write(question, raw)


def _not_applicable(reason: Any) -> Text:
    said_why = str(reason or "").strip()
    return both(
        lambda language: (
            ("不适用" if language == "zh" else "Does not apply")
            + (("：" if language == "zh" else ": ") + said_why if said_why else "")
        )
    )


def _options(question: Any, raw: Any) -> Text:
    chosen = raw if isinstance(raw, list) else [raw]
    texts = {option.code: option.text for option in question.options}
    return both(
        lambda language: ("；" if language == "zh" else "; ").join(
            localized(texts.get(code, str(code)), language) for code in chosen
        )
    )


def _number(question: Any, raw: Any) -> Text:
    return said_number(question.unit, raw)


def said_number(unit: Text | None, raw: Any) -> Text:
    """A number with its unit; "not answered" where it could not be computed."""
    if raw is None:
        return NOT_ANSWERED
    return both(lambda language: numbers.with_unit(numbers.exact(raw), unit, language))


def _ratio(question: Any, raw: Any) -> Text:
    if not isinstance(raw, dict):
        return both(lambda language: f"{numbers.exact(raw)}%")
    part, whole = numbers.decimal(raw["part"]), numbers.decimal(raw["whole"])
    share = f"{numbers.number(part * 100 / whole)}%" if whole else "–"

    def write(language: str) -> str:
        of = numbers.with_unit(numbers.exact(whole), question.unit, language)
        return f"{numbers.exact(part)} / {of} = {share}"

    return both(write)


def _ladder(question: Any, raw: Any) -> Text:
    at = raw["rung"] if isinstance(raw, dict) else raw
    rung = question.rungs[at]
    return both(
        lambda language: (
            (f"第 {at} 级：" if language == "zh" else f"Rung {at}: ")
            + localized(rung.name or rung.text, language)
        )
    )


def _yes_no(question: Any, raw: Any) -> Text:
    return YES if raw else NO


def _before_after(question: Any, raw: Any) -> Text:
    def write(language: str) -> str:
        ends = [
            numbers.with_unit(numbers.exact(raw[key]), question.unit, language)
            for key in ("before", "after")
        ]
        return " → ".join(ends)

    return both(write)


def _evidence(question: Any, raw: Any) -> Text:
    return both(lambda language: f"{len(raw)} 份" if language == "zh" else f"{len(raw)} files")


def _as_is(question: Any, raw: Any) -> Text:
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, int | float):
        return both(lambda language: numbers.exact(raw))
    return plain(str(raw))


WRITERS: dict[str, Callable[[Any, Any], Text]] = {
    "single": _options,
    "multiple": _options,
    "number": _number,
    "ratio": _ratio,
    "ladder": _ladder,
    "yes_no": _yes_no,
    "before_after": _before_after,
    "evidence": _evidence,
}
