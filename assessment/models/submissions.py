from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.access import GuardedModel, GuardedQuerySet
from assessment.models.organisations import Organisation
from assessment.models.people import ConsultantGrant, Membership
from assessment.models.rounds import Round


class SubmissionQuerySet(GuardedQuerySet):
    def _visible_to(self, user):
        """Of one's own enterprise, of a client, or submitted by name to the officer's round."""
        own = Membership.objects.filter(user=user).values("organisation")
        clients = ConsultantGrant.objects.filter(consultant=user).valid().values("organisation")
        rounds = Round.objects.run_by(user).filter(names_visible=True).values("pk")
        return self.filter(
            Q(organisation__in=own)
            | Q(organisation__in=clients)
            | Q(round__in=rounds, state=Submission.State.SUBMITTED)
        )

    def editable_by(self, user):
        """Drafts of organisations whose answers ``user`` may change."""
        organisations = Organisation.objects.editable_by(user).values("pk")
        drafts = self.filter(state=Submission.State.DRAFT, organisation__in=organisations)
        return drafts.unscoped("limited to one user's drafts")


class Submission(GuardedModel):
    """One enterprise's answers in one round."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being filled in")
        SUBMITTED = "submitted", _("Submitted")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="submissions"
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt = models.CharField(max_length=24, unique=True, null=True, blank=True)
    pledge_text = models.TextField(blank=True)  # the words pledged to, as they stood
    pledge_name = models.CharField(max_length=80, blank=True)
    # Frozen at submission: what was said and who said it, as the engine reads them.
    profile = models.JSONField(default=dict, blank=True)
    answers_json = models.JSONField(default=dict, blank=True)
    answers_coded = models.TextField(blank=True)
    # Looked into by an officer of the round; empty = not, or taken back (see the audit trail).
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        "User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_note = models.TextField(blank=True)  # for officers only
    synthetic = models.BooleanField(default=False)

    objects = SubmissionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(GuardedModel.Meta):
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="one_per_round")
        ]
        indexes = [models.Index(fields=["round", "state"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.round_id}"
