from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.access import GuardedModel, GuardedQuerySet
from assessment.models import Submission


class ResultQuerySet(GuardedQuerySet["Result"]):
    def _visible_to(self, user: Any) -> ResultQuerySet:
        """Results follow their submissions."""
        return self.filter(submission__in=Submission.objects.visible_to(user).values("pk"))


class Result(GuardedModel):
    """The score of one submission, and at the same time the job that computes it.

    The row is the truth about what is still to be scored: a lost broker or worker leaves it
    ``pending`` (or ``running`` past its lease) and the sweep takes it up again.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting to be scored")
        RUNNING = "running", _("Being scored")
        DONE = "done", _("Scored")
        FAILED = "failed", _("Could not be scored")

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="result")
    state = models.CharField(max_length=8, choices=State, default=State.PENDING, db_index=True)
    lease = models.CharField(max_length=36, blank=True)  # whose attempt this is
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    # What came out. ``total`` is exact to six decimals; ``payload`` is the engine's whole output.
    total = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    instrument_sha256 = models.CharField(max_length=64, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    engine = models.CharField(max_length=40, blank=True)
    # The number of the publication of its round that first counted it; empty = none yet.
    published = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = ResultQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.state}"
