"""What scoring does when the assessment room says that something happened."""

from __future__ import annotations

from assessment.models import Submission
from assessment.signals import submitted
from scoring import jobs


def connect() -> None:
    submitted.connect(on_submitted, dispatch_uid="scoring.on_submitted")


def on_submitted(sender: object, submission: Submission, **_: object) -> None:
    """Note the job in the transaction of the submission; it runs once that is committed."""
    jobs.enqueue(submission)
