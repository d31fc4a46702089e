"""Read answers strictly from JSON: each kind of question takes its own form and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from questionnaires.answers.messages import problem
from questionnaires.answers.numbers import decimals, read_number, shortest, why_not
from questionnaires.answers.values import (
    UNANSWERED,
    Answer,
    AnswerProblem,
    Pair,
    Reading,
    Rung,
    Share,
    Sheet,
    State,
    Value,
)
from questionnaires.instruments.definition import Definition
from questionnaires.instruments.fields import plain

MOST_PROBLEMS = 100
LONGEST_REASON = 2000
LONGEST_REFERENCE = 500


class Refused(Exception):
    """Raised inside this module only; carries a problem's code and details."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def read_answers(definition: Definition, raw: Any) -> Sheet:
    """Read all answers of a submission; unreadable ones are problems, the others are kept."""
    if raw is None:
        return Sheet()
    if not isinstance(raw, Mapping):
        return Sheet(problems=(problem("answers_not_an_object"),))
    answers: dict[str, Answer] = {}
    problems: list[AnswerProblem] = []
    for code, value in raw.items():
        question = definition.questions.get(code) if isinstance(code, str) else None
        if question is None:
            problems.append(problem("unknown_question", detail=str(code)))
        else:
            reading = read_answer(question, value)
            problems.extend(reading.problems)
            if reading.answer is not None:
                answers[code] = reading.answer
        if len(problems) >= MOST_PROBLEMS:
            break
    return Sheet(answers, tuple(problems[:MOST_PROBLEMS]))


def read_answer(question: Any, raw: Any) -> Reading:
    """Read one answer to ``question`` (a definition's question). Never raises on bad data."""
    try:
        special = _special(question, raw)
        if special is not None:
            return Reading(special)
        value = _READERS[question.kind](question, raw)
    except Refused as refusal:
        return Reading(None, (problem(refusal.code, question.code, **refusal.details),))
    except RecursionError:
        return Reading(None, (_wrong_type(question),))
    return Reading(UNANSWERED if value is None else Answer(State.ANSWERED, value))


def _special(question: Any, raw: Any) -> Answer | None:
    """Answers that any kind may have: none, "does not apply", "not known"."""
    if raw is None:
        return UNANSWERED
    if not isinstance(raw, Mapping):
        return None
    if set(raw) == {"not_applicable"}:
        return _not_applicable(question, raw["not_applicable"])
    if set(raw) == {"unknown"} and raw["unknown"] is True:
        if not question.allow_unknown:
            raise Refused("unknown_not_allowed")
        return Answer(State.UNKNOWN)
    return None


def _not_applicable(question: Any, reason: Any) -> Answer:
    if not question.takes_not_applicable:
        raise Refused("not_applicable_not_allowed")
    if not isinstance(reason, str) or not reason.strip():
        raise Refused("reason_missing")
    return Answer(State.NOT_APPLICABLE, reason=_clean(reason, LONGEST_REASON))


_FORMS = {
    "single": ('一个选项编号，如 "B"', 'one option code such as "B"'),
    "multiple": ('选项编号的列表，如 ["B", "C"]', 'a list of option codes such as ["B", "C"]'),
    "ratio": ("百分数，或 {{part, whole}} 两个数量", "a percentage, or the counts {{part, whole}}"),
    "ladder": ("从 0 起的级别数字", "a rung, a whole number from 0"),
    "yes_no": ("true 或 false", "true or false"),
    "text": ("文字", "a text"),
    "date": ('日期，如 "2026-05-01"', 'a date such as "2026-05-01"'),
    "before_after": ("{{before, after}} 两个数值", "{{before, after}}"),
    "evidence": ("文件名、地址或编号的列表", "a list of file names, addresses or hashes"),
}


def _wrong_type(question: Any) -> AnswerProblem:
    return problem("wrong_type", question.code, **_form(question))


def _form(question: Any) -> dict[str, object]:
    zh, en = (text.replace("{{", "{").replace("}}", "}") for text in _FORMS[question.kind])
    return {"wanted_zh": zh, "wanted_en": en}


def _wrong(question: Any) -> Refused:
    return Refused("wrong_type", **_form(question))


def _clean(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused("too_long", detail=longest)
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Refused("bad_characters")
    return text


def _single(question: Any, raw: Any) -> str:
    if not isinstance(raw, str):
        raise _wrong(question)
    return _option(question, raw)


def _option(question: Any, raw: str) -> str:
    codes = [option.code for option in question.options]
    if raw not in codes:
        raise Refused("unknown_option", detail=raw, choices=", ".join(codes))
    return raw


def _multiple(question: Any, raw: Any) -> tuple[str, ...] | None:
    if not isinstance(raw, list | tuple):
        raise _wrong(question)
    if len(raw) > 1000:
        raise Refused("too_long", detail=len(question.options))
    chosen: set[str] = set()
    for item in raw:
        if not isinstance(item, str):
            raise _wrong(question)
        if _option(question, item) in chosen:
            raise Refused("duplicate_option", detail=item)
        chosen.add(item)
    for option in question.options:
        if option.exclusive and option.code in chosen and len(chosen) > 1:
            raise Refused("exclusive_option", detail=option.code)
    return tuple(o.code for o in question.options if o.code in chosen) or None


def _plain_number(raw: Any) -> Decimal:
    number = read_number(raw)
    if number is None:
        raise Refused(why_not(raw))
    return number


def _bounded(question: Any, raw: Any) -> Decimal:
    number = _plain_number(raw)
    if question.decimals is not None and decimals(shortest(number)) > question.decimals:
        raise Refused("too_many_decimals", detail=question.decimals)
    if question.min is not None and number < question.min:
        raise Refused("below_min", detail=plain(question.min))
    if question.max is not None and number > question.max:
        raise Refused("above_max", detail=plain(question.max))
    return shortest(number)


_STATED = ("percent", "value", "pct", "rate", "percentage")


def _ratio(question: Any, raw: Any) -> Share:
    if not isinstance(raw, Mapping):
        if isinstance(raw, list | tuple):
            raise _wrong(question)
        return Share(_percent(question, raw))
    strange = [key for key in raw if key not in ("part", "whole", *_STATED)]
    if strange:
        raise Refused("unknown_field", detail=str(strange[0]))
    stated = [_percent(question, raw[key]) for key in _STATED if raw.get(key) is not None]
    part, whole = raw.get("part"), raw.get("whole")
    if part is None and whole is None:
        return _stated_only(question, stated)
    if part is None or whole is None:
        raise Refused("incomplete_counts")
    return _from_counts(question, _count(part), _count(whole), stated)


def _stated_only(question: Any, stated: list[Decimal]) -> Share:
    if not stated:
        raise _wrong(question)
    if len(set(stated)) > 1:
        raise Refused("percent_contradicts_counts", detail=plain(stated[0]), part="?", whole="?")
    return Share(shortest(stated[0]))


def _percent(question: Any, raw: Any) -> Decimal:
    number = _plain_number(raw)
    if number < 0:
        raise Refused("below_min", detail=0)
    if number > 100 and not question.above_whole:
        raise Refused("above_max", detail=100)
    return number


def _count(raw: Any) -> Decimal:
    number = _plain_number(raw)
    if number < 0:
        raise Refused("negative_count")
    return shortest(number)


def _from_counts(question: Any, part: Decimal, whole: Decimal, stated: list[Decimal]) -> Share:
    shown = {"part": plain(part), "whole": plain(whole)}
    if whole == 0:
        raise Refused("zero_whole")
    if part > whole and not question.above_whole:
        raise Refused("part_above_whole", **shown)
    for percent in stated:
        if not _agrees(percent, part, whole):
            raise Refused("percent_contradicts_counts", detail=plain(percent), **shown)
    return Share(None, part, whole)


def _agrees(percent: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether the stated percentage is the counts' own, rounded to the decimals it is stated in."""
    half = Decimal(5).scaleb(-min(decimals(percent), 12) - 1)
    with localcontext() as context:
        context.prec = 60
        return abs(100 * part - percent * whole) <= half * whole


def _ladder(question: Any, raw: Any) -> Rung:
    branches: Any = ()
    if isinstance(raw, Mapping):
        strange = [key for key in raw if key not in ("rung", "branches")]
        if strange:
            raise Refused("unknown_field", detail=str(strange[0]))
        branches, raw = raw.get("branches") or (), raw.get("rung")
    if isinstance(raw, str | list | tuple | Mapping) or raw is None or isinstance(raw, bool):
        raise _wrong(question)
    number = _plain_number(raw)
    top = len(question.rungs) - 1
    if number != number.to_integral_value() or not 0 <= number <= top:
        raise Refused("unknown_rung", detail=top)
    return Rung(int(number), _branches(question, int(number), branches))


def _branches(question: Any, rung: int, raw: Any) -> tuple[str, ...]:
    known = [branch.code for branch in question.rungs[rung].branches]
    if not isinstance(raw, list | tuple) or len(raw) > 100:
        raise _wrong(question)
    for item in raw:
        if item not in known:
            raise Refused("unknown_branch", detail=str(item))
    return tuple(code for code in known if code in raw)


def _yes_no(question: Any, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise _wrong(question)
    return raw


def _text(question: Any, raw: Any) -> str | None:
    if not isinstance(raw, str):
        raise _wrong(question)
    return _clean(raw, question.max_length).strip() or None


def _date(question: Any, raw: Any) -> date:
    if not isinstance(raw, str):
        raise _wrong(question)
    try:
        day = date.fromisoformat(raw) if len(raw) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise Refused("not_a_date")
    if question.min and day < question.min:
        raise Refused("date_too_early", detail=question.min.isoformat())
    if question.max and day > question.max:
        raise Refused("date_too_late", detail=question.max.isoformat())
    return day


def _before_after(question: Any, raw: Any) -> Pair:
    if not isinstance(raw, Mapping):
        raise _wrong(question)
    strange = [key for key in raw if key not in ("before", "after")]
    if strange:
        raise Refused("unknown_field", detail=str(strange[0]))
    if raw.get("before") is None or raw.get("after") is None:
        raise Refused("incomplete_pair")
    return Pair(_bounded(question, raw["before"]), _bounded(question, raw["after"]))


def _evidence(question: Any, raw: Any) -> tuple[str, ...] | None:
    if not isinstance(raw, list | tuple):
        raise _wrong(question)
    if len(raw) > question.max_files:
        raise Refused("too_many_files", detail=question.max_files)
    if not all(isinstance(item, str) and item.strip() for item in raw):
        raise _wrong(question)
    return tuple(_clean(item, LONGEST_REFERENCE).strip() for item in raw) or None


_READERS: dict[str, Callable[[Any, Any], Value]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _bounded,
    "ratio": _ratio,
    "ladder": _ladder,
    "yes_no": _yes_no,
    "text": _text,
    "date": _date,
    "before_after": _before_after,
    "evidence": _evidence,
}
