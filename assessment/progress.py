"""How far a submission is: per section, in few words, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.models import Answer
from assessment.values import is_unknown
from questionnaires.instruments import Definition
from questionnaires.texts import localized

STATES = {
    "not_started": _("Not started"),
    "in_progress": _("In progress"),
    "to_confirm": _("To be confirmed"),
    "done": _("Done"),
    "not_asked": _("Not asked of you"),
}


@dataclass(frozen=True)
class SectionProgress:
    """Counts of the asked questions of one section; ``missing`` are required and empty."""

    code: str
    title: str
    asked: int
    answered: int
    missing: int
    to_confirm: int
    faulty: int

    @property
    def state(self) -> str:
        if not self.asked:
            return "not_asked"
        if not self.answered and not self.faulty:
            return "not_started"
        if self.missing:
            return "in_progress"
        return "to_confirm" if self.to_confirm or self.faulty else "done"

    @property
    def words(self) -> str:
        return str(STATES[self.state])


@dataclass(frozen=True)
class Progress:
    """The whole: sections in order, and the first question that still needs the person."""

    sections: list[SectionProgress]
    next_question: str | None

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def missing(self) -> int:
        return sum(section.missing for section in self.sections)

    @property
    def faulty(self) -> int:
        return sum(section.faulty for section in self.sections)

    @property
    def to_confirm(self) -> int:
        return sum(section.to_confirm for section in self.sections)

    @property
    def done(self) -> int:
        return sum(section.state == "done" for section in self.sections)


def progress_of(definition: Definition, asked: set[str], answers: Mapping[str, Answer]) -> Progress:
    """Count ``answers`` (by question code) against the questions ``asked``."""
    sections = [_section(section, asked, answers) for section in definition.sections]
    return Progress(sections, _next(definition, asked, answers))


def is_missing(question: Any, answer: Answer | None) -> bool:
    """A required question with nothing said, or an unreadable answer."""
    if answer and answer.typed is not None:
        return True
    return question.required and (answer is None or answer.value is None)


def wants_confirmation(answer: Answer) -> bool:
    """Proposed from an earlier submission, or said to be not known."""
    return answer.prefilled_from_id is not None or is_unknown(answer.value)


def _section(section: Any, asked: set[str], answers: Mapping[str, Answer]) -> SectionProgress:
    questions = [question for question in section.questions if question.code in asked]
    given = [answers[q.code] for q in questions if q.code in answers]
    faulty = sum(answer.typed is not None for answer in given)
    return SectionProgress(
        code=section.code,
        title=localized(section.title),
        asked=len(questions),
        answered=sum(answer.value is not None for answer in given),
        missing=sum(is_missing(q, answers.get(q.code)) for q in questions) - faulty,
        to_confirm=sum(wants_confirmation(answer) for answer in given),
        faulty=faulty,
    )


def _next(definition: Definition, asked: set[str], answers: Mapping[str, Answer]) -> str | None:
    questions: Iterable[Any] = definition.questions.values()
    missing = (q.code for q in questions if q.code in asked and is_missing(q, answers.get(q.code)))
    return next(missing, None)
