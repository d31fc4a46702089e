from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.access import GuardedModel, GuardedQuerySet
from assessment.models import Jurisdiction
from questionnaires.models import InstrumentVersion, Region


class RegionalIndexQuerySet(GuardedQuerySet["RegionalIndex"]):
    def visible_to(self, user: Any) -> RegionalIndexQuerySet:
        """Published ones are everybody's; the others belong to the officers of their region."""
        own = super().visible_to(user).values("pk")
        return self.filter(models.Q(public=True) | models.Q(pk__in=own)).unscoped(
            "published or own"
        )

    def _visible_to(self, user: Any) -> RegionalIndexQuerySet:
        return self.filter(Jurisdiction.objects.below(user, "region__path"))

    def run_by(self, user: Any) -> RegionalIndexQuerySet:
        """Those ``user`` may publish or remove; a public one may be somebody else's."""
        return super().visible_to(user)


class RegionalIndex(GuardedModel):
    """An index of the regions of an area over years: data, every choice, and what came out.

    The row is the truth about what is still to be computed, like ``Result``. What was computed is
    never changed: another choice is another row.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting to be computed")
        DONE = "done", _("Computed")
        FAILED = "failed", _("Could not be computed")

    title = models.CharField(max_length=160)
    instrument_version = models.ForeignKey(
        InstrumentVersion, on_delete=models.PROTECT, related_name="regional_indices"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    source = models.CharField(max_length=300)  # of the data, in words
    synthetic = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    choices = models.JSONField(default=dict)  # of scoring.regional.choices.Choices
    reason = models.CharField(max_length=500, blank=True)  # why these weights
    data = models.TextField()  # the CSV as it was handed in
    data_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING, db_index=True)
    error = models.JSONField(default=dict, blank=True)  # {"rule", "zh", "en"}
    result = models.JSONField(default=dict, blank=True)  # of scoring.regional.run.run
    computed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RegionalIndexQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
