"""One typed answer read: its canonical value, or what is wrong with it in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessment.typed import value_of
from questionnaires.answers import read_answer
from questionnaires.texts import localized


@dataclass(frozen=True)
class Read:
    """``value`` is canonical JSON (None when empty or faulty); ``error`` is empty when readable."""

    value: Any = None
    error: str = ""
    code: str = ""

    @property
    def ok(self) -> bool:
        return not self.error


def read(question: Any, raw: Any) -> Read:
    """Read what was typed or chosen for ``question``."""
    reading = read_answer(question, value_of(question, raw))
    if reading.answer is None:
        problem = reading.problems[0]
        return Read(error=localized(problem.message), code=problem.code)
    return Read(value=reading.answer.as_json())
