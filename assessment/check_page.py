"""All answers in words, by section, with what to look at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessment.checks import Contradiction
from assessment.progress import is_missing
from assessment.question_page import proposed_from, saved_line, typed_words
from assessment.reading import read
from assessment.sheet import AnswerSheet
from assessment.values import in_words
from questionnaires.texts import localized


@dataclass(frozen=True)
class Line:
    """One question: its answer in words and what is the matter with it, if anything."""

    question: Any
    number: int
    words: str
    missing: bool
    saved: str
    notes: list[str]


@dataclass(frozen=True)
class CheckSection:
    code: str
    title: str
    lines: list[Line]


def check_sections(sheet: AnswerSheet, found: list[Contradiction]) -> list[CheckSection]:
    """Sections with at least one question that is asked."""
    sections = []
    for section in sheet.definition.sections:
        questions = [q for q in section.questions if q.code in sheet.asked]
        lines = [_line(sheet, question, found) for question in questions]
        if lines:
            sections.append(CheckSection(section.code, localized(section.title), lines))
    return sections


def _line(sheet: AnswerSheet, question: Any, found: list[Contradiction]) -> Line:
    answer, number = sheet.answers.get(question.code), sheet.numbers[question.code]
    notes = [one.message for one in found if question.code in one.questions]
    if answer is None:
        return Line(
            question, number, in_words(question, None), is_missing(question, None), "", notes
        )
    if answer.typed is not None:
        notes.insert(0, read(question, answer.typed).error)
        return Line(question, number, typed_words(answer.typed), True, saved_line(answer), notes)
    if answer.prefilled_from_id is not None:
        said = _("Taken over from “%(round)s”: look at it and confirm.")
        notes.insert(0, said % {"round": proposed_from(answer)})
    words, missing = in_words(question, answer.value), is_missing(question, answer)
    return Line(question, number, words, missing, saved_line(answer), notes)
