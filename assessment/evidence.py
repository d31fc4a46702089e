"""Files that back an answer: checked, hashed, kept under a random name."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from pathlib import PurePath
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.definitions import definition_of
from assessment.errors import Refused
from assessment.file_types import ALLOWED, sniff
from assessment.models import Answer, AnswerChange, AuditEvent, Evidence, Submission, User
from assessment.save_answer import lock_draft

MOST_FILES = 5  # behind an answer that is not itself a question for files


@transaction.atomic
def add_evidence(actor: User, submission_pk: int, question: str, file: UploadedFile) -> Evidence:
    """Keep a file behind an answer. Refused for a wrong type, too large, or too many."""
    submission = lock_draft(actor, submission_pk)
    asked = _question(submission, question)
    _check_room(submission, asked)
    name = _clean_name(file.name or "")
    media_type = _check_file(file, name)
    stored = f"{secrets.token_hex(16)}.{name.rsplit('.', 1)[-1].lower()}"
    row = Evidence(submission=submission, question=question, name=name, media_type=media_type)
    row.size, row.sha256, row.added_by = file.size or 0, _sha256(file), actor
    row.file.save(stored, file, save=False)
    row.save()
    _refer(actor, submission, asked)
    AuditEvent.record("evidence.added", actor, submission, question=question, sha256=row.sha256)
    return row


@transaction.atomic
def remove_evidence(actor: User, evidence: Evidence) -> None:
    """Take a file away again while the submission is a draft."""
    submission = lock_draft(actor, evidence.submission_id)
    AuditEvent.record(
        "evidence.removed", actor, submission, question=evidence.question, sha256=evidence.sha256
    )
    storage, stored = evidence.file.storage, str(evidence.file.name)
    asked = _question(submission, evidence.question)
    evidence.delete()
    _refer(actor, submission, asked)
    transaction.on_commit(lambda: storage.delete(stored))


def takes_files(question) -> bool:
    """A question for files, or one that names a document to back its answer."""
    return question.kind == "evidence" or question.evidence is not None


def _question(submission: Submission, code: str):
    found = definition_of(submission.round.instrument_version).questions.get(code)
    if found is None or not takes_files(found):
        raise Http404
    return found


def _check_room(submission: Submission, question) -> None:
    most = question.max_files if question.kind == "evidence" else MOST_FILES
    if Evidence.objects.filter(submission=submission, question=question.code).count() >= most:
        message = _("There are %(most)d files already. Remove one to add another.")
        raise Refused(message % {"most": most}, code="too_many")


def _check_file(file: UploadedFile, name: str) -> str:
    if not file.size:
        raise Refused(_("“%(name)s” is empty.") % {"name": name}, code="empty")
    if file.size > settings.EVIDENCE_MAX_BYTES:
        message = _("“%(name)s” is larger than %(most)s. Make it smaller or split it.")
        most = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        raise Refused(message % {"name": name, "most": most}, code="too_large")
    media_type = sniff(cast(BinaryIO, file), name)
    if media_type is None:
        message = _("The content of “%(name)s” is none of: %(allowed)s. Save it as one of these.")
        raise Refused(message % {"name": name, "allowed": ALLOWED}, code="wrong_type")
    return media_type


def _clean_name(name: str) -> str:
    """The last part of a path, without control characters, at most 120 characters."""
    name = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    name = "".join(c for c in name if c.isprintable() and c not in '"<>|:*?') or "file"
    stem, dot, extension = name.rpartition(".")
    return f"{stem[:110]}{dot}{extension[:9]}" if dot else name[:120]


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _refer(actor: User, submission: Submission, question) -> None:
    """The answer to a question for files is the list of references to them."""
    if question.kind != "evidence":
        return
    rows = Evidence.objects.filter(submission=submission, question=question.code).order_by("pk")
    value = [f"sha256:{row.sha256} {row.name}" for row in rows] or None
    found = Answer.objects.filter(submission=submission, question=question.code).first()
    answer = found or Answer(submission=submission, question=question.code, version=0)
    answer.value, answer.typed, answer.version = value, None, answer.version + 1
    answer.saved_by, answer.saved_at, answer.prefilled_from = actor, timezone.now(), None
    answer.save()
    AnswerChange.objects.create(
        submission=submission,
        question=question.code,
        value=value,
        version=answer.version,
        saved_by=actor,
        saved_at=answer.saved_at,
    )
