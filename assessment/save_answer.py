"""Saving an answer: never over somebody else's unseen, never losing what was typed.

Every answer has a version. Who saves says which version they saw; if it has moved on, and not by
their own open page, the save is refused with both values and the person chooses.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.definitions import definition_of
from assessment.errors import Refused
from assessment.models import Answer, AnswerChange, Organisation, Submission, User
from assessment.reading import Read, read
from assessment.start import closed_words

LONGEST = 100_000  # characters of JSON; the longest text a questionnaire can ask for is 20,000
SAME_BREATH = dt.timedelta(seconds=30)  # saves of one page while typing are one line of the trail


@dataclass(frozen=True)
class Said:
    """One answer to save: raw value, the version it was based on, and the page's own count."""

    question: str
    raw: Any
    version: int
    device: str = ""
    counter: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of one ``Said``. ``conflict`` means nothing was written."""

    question: Any
    answer: Answer | None
    read: Read
    conflict: bool = False


def lock_draft(actor: User, submission_pk: int) -> Submission:
    """The draft, locked against submitting and other saves, or Refused with the reason."""
    rows = Submission.objects.unscoped("locked for one editor's save").select_for_update(
        of=("self",)
    )
    rows = rows.select_related("round__instrument_version", "organisation__industry")
    rows = rows.select_related("organisation__region").defer(
        "round__instrument_version__definition", "answers_json"
    )
    submission = rows.get(pk=submission_pk)
    organisation = submission.organisation_id
    if not Organisation.objects.editable_by(actor).filter(pk=organisation).exists():
        raise Refused(
            _("Only an owner or editor of the enterprise can change answers."), code="role"
        )
    if submission.state != Submission.State.DRAFT:
        message = _(
            "The answers were submitted (receipt %(receipt)s) and can no longer be changed."
        )
        raise Refused(message % {"receipt": submission.receipt}, code="submitted")
    if not submission.round.is_open:
        raise Refused(closed_words(submission.round), code="closed")
    return submission


@transaction.atomic
def save_answers(actor: User, submission_pk: int, said: Iterable[Said]) -> list[Outcome]:
    """Save several answers in one transaction; each has its own outcome.

    Raises Refused when nothing may be saved, Http404 for a question the instrument lacks.
    """
    submission = lock_draft(actor, submission_pk)
    questions = definition_of(submission.round.instrument_version).questions
    said = list(said)
    codes = [one.question for one in said]
    if any(code not in questions for code in codes):
        raise Http404
    rows = Answer.objects.filter(submission=submission, question__in=codes)
    kept = {row.question: row for row in rows.select_related("saved_by")}
    return [_save(actor, submission, questions[one.question], one, kept) for one in said]


def save_answer(actor: User, submission_pk: int, said: Said) -> Outcome:
    """Save one answer."""
    return save_answers(actor, submission_pk, [said])[0]


def _save(
    actor: User, submission: Submission, question: Any, said: Said, kept: dict[str, Answer]
) -> Outcome:
    if question.kind == "evidence" and said.device:
        return Outcome(question, kept.get(question.code), Read())  # files have their own way in
    if len(json.dumps(said.raw, default=str)) > LONGEST:
        raise Refused(_("This is longer than any answer can be: shorten it."), code="too_long")
    found = read(question, said.raw)
    row = kept.get(question.code)
    if row and _same_page(row, said) and said.counter <= row.counter:
        return Outcome(question, row, found)  # an earlier save that arrived late
    typed = None if found.ok else said.raw
    if row and row.value == found.value and row.typed == typed:
        return Outcome(question, _confirm(actor, row, said), found)
    if row is None and found.ok and found.value is None:
        return Outcome(question, None, found)
    if _moved_on(row, said):
        return Outcome(question, row, found, conflict=True)
    row = _write(actor, submission, row, said, found, typed)
    kept[question.code] = row
    return Outcome(question, row, found)


def _same_page(row: Answer, said: Said) -> bool:
    return bool(said.device) and row.device == said.device


def _moved_on(row: Answer | None, said: Said) -> bool:
    if row is None:
        return False
    return row.version != said.version and not _same_page(row, said)


def _confirm(actor: User, row: Answer, said: Said) -> Answer:
    """Saying a proposed value again confirms it."""
    if row.prefilled_from_id is None:
        return row
    row.prefilled_from = None
    row.saved_by, row.saved_at, row.device = actor, timezone.now(), said.device
    row.counter, row.version = said.counter, row.version + 1
    row.save()
    return row


def _write(
    actor: User, submission: Submission, row: Answer | None, said: Said, found: Read, typed: Any
) -> Answer:
    now = timezone.now()
    going_on = bool(row and _same_page(row, said) and now - row.saved_at < SAME_BREATH)
    row = row or Answer(submission=submission, question=said.question, version=0)
    row.value, row.typed, row.version = found.value, typed, row.version + 1
    row.saved_by, row.saved_at, row.prefilled_from = actor, now, None
    row.device, row.counter = said.device, said.counter
    row.save()
    _trail(row, going_on)
    return row


def _trail(row: Answer, going_on: bool) -> None:
    trail = AnswerChange.objects.filter(submission=row.submission_id, question=row.question)
    last = trail.order_by("-pk").first() if going_on else None
    line = last or AnswerChange(submission_id=row.submission_id, question=row.question)
    line.value, line.version = row.value, row.version
    line.saved_by, line.saved_at = row.saved_by, row.saved_at
    line.save()
