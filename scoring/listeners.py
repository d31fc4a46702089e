"""What scoring does when the assessment room says that something happened."""

from __future__ import annotations

from django.db import transaction

from assessment.models import Round, Submission
from assessment.signals import submitted, verification_changed
from scoring import jobs, runners


def connect() -> None:
    submitted.connect(on_submitted, dispatch_uid="scoring.on_submitted")
    verification_changed.connect(on_verified, dispatch_uid="scoring.on_verified")


def on_submitted(sender: object, submission: Submission, **_: object) -> None:
    """Note the job in the transaction of the submission; it runs once that is committed."""
    jobs.enqueue(submission)


def on_verified(sender: object, round: Round, **_: object) -> None:
    """Where only verified answers count, the statistics follow once this is committed."""
    if round.counts_verified_only:
        transaction.on_commit(lambda: runners.refresh_soon(round.pk))
