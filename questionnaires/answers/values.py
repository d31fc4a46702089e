"""What an answer is once read, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import IntEnum
from functools import cached_property
from typing import Any

Text = dict[str, str]


class State(IntEnum):
    """How a question stands. The numbers are those of the ``.state`` columns of coded frames."""

    ANSWERED = 0
    UNANSWERED = 1
    NOT_APPLICABLE = 2
    UNKNOWN = 3
    NOT_ASKED = 4


@dataclass(frozen=True)
class AnswerProblem:
    """Why an answer cannot be taken. ``message`` says in zh and en what to do."""

    code: str
    message: Text
    question: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "question": self.question, "message": self.message}


@dataclass(frozen=True)
class Rung:
    rung: int
    branches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """A ratio: the percentage, and its two counts where they were given."""

    percent: Decimal | None
    part: Decimal | None = None
    whole: Decimal | None = None

    def as_float(self) -> float:
        """The nearest double to the exact percentage, so that band edges are exact."""
        if self.part is None or self.whole is None:
            return float(self.percent or 0)
        with localcontext() as context:
            context.prec = 60
            return float(100 * self.part / self.whole)


@dataclass(frozen=True)
class Pair:
    """A value before and after; ``percent`` is None where before is 0."""

    before: Decimal
    after: Decimal

    @property
    def percent(self) -> float | None:
        if self.before == 0:
            return None
        with localcontext() as context:
            context.prec = 60
            return float(100 * (self.after - self.before) / abs(self.before))


Value = str | tuple[str, ...] | Decimal | Share | Rung | Pair | bool | date | None


@dataclass(frozen=True)
class Answer:
    """One answer: its state, its value when answered, the reason when it does not apply."""

    state: State
    value: Value = None
    reason: str = ""

    def as_json(self) -> Any:
        """The canonical JSON form, readable again by ``read_answer``."""
        if self.state == State.NOT_APPLICABLE:
            return {"not_applicable": self.reason}
        if self.state == State.UNKNOWN:
            return {"unknown": True}
        return None if self.state == State.UNANSWERED else value_json(self.value)


UNANSWERED = Answer(State.UNANSWERED)


def value_json(value: Value) -> Any:
    if isinstance(value, Decimal):
        return number_json(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Rung):
        return (
            {"rung": value.rung, "branches": list(value.branches)} if value.branches else value.rung
        )
    if isinstance(value, Share):
        return _share_json(value)
    if isinstance(value, Pair):
        return {"before": number_json(value.before), "after": number_json(value.after)}
    return value.isoformat() if isinstance(value, date) else value


def _share_json(value: Share) -> Any:
    if value.part is None or value.whole is None:
        return number_json(value.percent) if value.percent is not None else None
    return {"part": number_json(value.part), "whole": number_json(value.whole)}


def number_json(number: Decimal) -> int | float:
    """A JSON number: whole numbers without a fraction."""
    return int(number) if number == number.to_integral_value() else float(number)


def rounded(number: Decimal, places: int) -> Decimal:
    """Half away from zero."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass(frozen=True)
class Reading:
    """The outcome of reading one answer: the answer, or what is wrong with it."""

    answer: Answer | None
    problems: tuple[AnswerProblem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The outcome of reading all answers of one submission."""

    answers: dict[str, Answer] = field(default_factory=dict)
    problems: tuple[AnswerProblem, ...] = ()

    @cached_property
    def said(self) -> dict[str, Any]:
        """``as_json``, made once."""
        return self.as_json()

    def as_json(self) -> dict[str, Any]:
        """Canonical: sorted by code, unanswered questions left out."""
        given = sorted(self.answers.items())
        return {c: a.as_json() for c, a in given if a.state != State.UNANSWERED}
