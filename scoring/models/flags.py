"""Points for a person to check: what looked odd in a submission, and what was decided of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.access import GuardedModel, GuardedQuerySet
from assessment.models import Round, Submission


class FlagQuerySet(GuardedQuerySet["Flag"]):
    def _visible_to(self, user: Any) -> FlagQuerySet:
        """Only officers of rounds that show names; never the enterprise or its consultants."""
        run = Round.objects.run_by(user)  # type: ignore[no-untyped-call]
        rounds = run.filter(names_visible=True).values("pk")
        return self.filter(submission__round__in=rounds)


class Flag(GuardedModel):
    """One odd thing in one submission, with its reason and evidence; never a verdict.

    Scores do not change. ``key`` tells apart several of one kind in a submission, so that a
    recomputation finds its flag again and what was decided stays. ``holds`` is false where the
    latest computation no longer finds it; undecided flags are then removed.
    """

    class Kind(models.TextChoices):
        CONTRADICTION = "contradiction", _("Answers contradict each other")
        COUNTS = "counts", _("Counts do not fit each other")
        MOVE = "move", _("Sudden change since last year")
        PACE = "pace", _("Filled in very fast")
        TWIN = "twin", _("Same answers as another enterprise")
        LINE = "line", _("The same place chosen throughout")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("point to check", "Open")
        SET_ASIDE = "set_aside", _("Set aside")
        ASKED = "asked", _("Enterprise asked")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=14, choices=Kind)
    key = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=40)  # of scoring.integrity.words
    facts = models.JSONField(default=dict)  # what the words of the reason name
    evidence = models.JSONField(default=dict)  # {"questions": [...], "others": [...], "before": n}
    holds = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, db_index=True)
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # when reason or evidence last changed
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = FlagQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "key"], name="one_flag_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind} {self.key}"

    @property
    def has_changed(self) -> bool:
        """Whether the evidence is other than it was when somebody decided."""
        return self.decided_at is not None and self.changed_at > self.decided_at


class FlagDecision(models.Model):
    """What an officer decided of a flag, why, and when; the latest counts, all are kept."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="decisions")
    state = models.CharField(max_length=10, choices=Flag.State)
    note = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.flag_id} {self.state}"


class FillTime(models.Model):
    """How fast a submission was filled in: worked out once, as its answers are locked.

    ``seconds`` is the median time between two answers; null where too few times are known, as
    with answers that were imported, sent in one go or taken over from an earlier year.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="fill_time"
    )
    timed = models.PositiveSmallIntegerField(default=0)  # answers whose time is known
    seconds = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.submission_id} {self.seconds}"
