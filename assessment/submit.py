"""Submitting: one transaction that freezes the answers, once, however often it is asked for."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.checks import contradictions
from assessment.errors import Refused
from assessment.models import AuditEvent, Organisation, Submission, User
from assessment.pledge import pledge_text
from assessment.save_answer import lock_draft
from assessment.sheet import AnswerSheet, sheet_of
from assessment.signals import submitted
from questionnaires.answers import read_answers, read_profile, to_coded

RECEIPT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without letters that read like digits


@transaction.atomic
def submit(actor: User, submission_pk: int, pledge_name: str) -> Submission:
    """Lock the answers and hand them over; a second call returns the first's submission.

    Raises Refused when the round is closed, the person may not submit, an answer cannot be read,
    or no name stands under the pledge.
    """
    done = _submitted_already(actor, submission_pk)
    if done:
        return done
    submission = lock_draft(actor, submission_pk)
    sheet = sheet_of(submission, actor)
    name = _check(sheet, pledge_name)
    _freeze(submission, sheet)
    submission.state = Submission.State.SUBMITTED
    submission.submitted_at, submission.submitted_by = timezone.now(), actor
    submission.pledge_text = pledge_text(submission.organisation.name)
    submission.pledge_name, submission.receipt = name, _receipt(submission)
    submission.save()
    AuditEvent.record("submission.submitted", actor, submission, receipt=submission.receipt)
    submitted.send(sender=Submission, submission=submission)
    return submission


def _submitted_already(actor: User, submission_pk: int) -> Submission | None:
    """Wait for a submit that is under way, then see whether it has done the work."""
    rows = Submission.objects.unscoped("locked to see whether it was submitted")
    submission = rows.select_for_update().get(pk=submission_pk)
    mine = Organisation.objects.editable_by(actor).filter(pk=submission.organisation_id)
    if submission.state == Submission.State.SUBMITTED and mine.exists():
        return submission
    return None


def _check(sheet: AnswerSheet, pledge_name: str) -> str:
    if sheet.progress.faulty:
        message = _("Some answers cannot be read. Mend them first; they are marked below.")
        raise Refused(message, code="unreadable_answers")
    blocking = [found.message for found in contradictions(sheet) if found.blocks]
    if blocking:
        raise Refused(" ".join(blocking), code="contradiction")
    name = " ".join(pledge_name.split())
    if not name:
        message = _("Type your name under the pledge.")
        raise Refused(message, code="pledge", field="pledge_name")
    return name[:80]


def _freeze(submission: Submission, sheet: AnswerSheet) -> None:
    """What was said to the questions that were asked, and who said it."""
    said: dict[str, Any] = {c: v for c, v in sheet.values.items() if c in sheet.asked}
    submission.profile = sheet.profile
    submission.answers_json = said
    profile, _errors, _warnings = read_profile(sheet.profile)
    answers = read_answers(sheet.definition, said).answers
    submission.answers_coded = to_coded(sheet.definition, profile, answers)


def _receipt(submission: Submission) -> str:
    """Year, region and eight letters: readable over a telephone, not guessable."""
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _position in range(8))
    return f"{submission.round.year}-{submission.round.region.code}-{tail}"
