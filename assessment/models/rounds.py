from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.access import GuardedModel, GuardedQuerySet
from assessment.models.people import ConsultantGrant, Jurisdiction, Membership
from questionnaires.instruments.weighting import sha256_of
from questionnaires.models import Region
from questionnaires.models.areas import RegionQuerySetMixin


def path_prefixes(path: str) -> list[str]:
    """The materialised paths of a region and of all regions above it."""
    step = Region.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _count(rows):
    """Rows per round as a sub-query: two joins at once would multiply each other."""
    per_round = rows.filter(round=OuterRef("pk")).order_by().values("round")
    return Coalesce(Subquery(per_round.annotate(n=Count("pk")).values("n")), 0)


class RoundQuerySet(RegionQuerySetMixin, GuardedQuerySet):
    def run_by(self, user):
        """Rounds of regions in ``user``'s jurisdiction; an operator's is everywhere."""
        if user.is_operator:
            return self.unscoped("an operator runs every round")
        below = Jurisdiction.objects.below(user, "region__path")
        return self.filter(below).unscoped("limited to one officer's rounds")

    def covering(self, region: Region):
        """Rounds of ``region`` or of a region above it."""
        return self.filter(region__path__in=path_prefixes(region.path))

    def open_on(self, day=None):
        day = day or timezone.localdate()
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def joinable_by(self, user):
        """Open rounds that cover the place of one of ``user``'s enterprises."""
        places = Region.objects.filter(organisation__memberships__user=user)
        paths = {path for place in places for path in path_prefixes(place.path)}
        found = self.open_on().filter(region__path__in=paths)
        return found.unscoped("limited to one user's enterprises")

    def with_counts(self):
        """Adds ``invited``, ``started`` and ``submitted``, each counted on its own."""
        submissions = apps.get_model("assessment", "Submission").unguarded
        return self.annotate(
            invited=_count(Invitation.objects.all()),
            started=_count(submissions.all()),
            submitted=_count(submissions.filter(state="submitted")),
        )

    def _visible_to(self, user):
        """Run by the officer, above the officer's region, of an enterprise's, or open to it."""
        offices = Jurisdiction.objects.filter(officer=user).select_related("region")
        above = [path for office in offices for path in path_prefixes(office.region.path)]
        own = Membership.objects.filter(user=user).values("organisation")
        clients = ConsultantGrant.objects.filter(consultant=user).valid().values("organisation")
        visible = Q(pk__in=Round.objects.run_by(user).values("pk"))
        visible |= Q(region__path__in=above)
        visible |= Q(invitations__organisation__in=own)
        visible |= Q(invitations__organisation__in=clients)
        visible |= Q(pk__in=Round.objects.joinable_by(user).values("pk"))
        return self.filter(visible).distinct()


class Round(GuardedModel):
    """One collection: an instrument version, a region, a year, and the days it is open."""

    class Counts(models.TextChoices):
        """Whose results the round's statistics count: one choice, so there is one set of tables."""

        SUBMITTED = "submitted", _("All submitted")
        VERIFIED = "verified", _("Verified only")

    title = models.CharField(_("title"), max_length=160)
    region = models.ForeignKey(
        "questionnaires.Region", on_delete=models.PROTECT, verbose_name=_("region")
    )
    instrument_version = models.ForeignKey(
        "questionnaires.InstrumentVersion",
        on_delete=models.PROTECT,
        verbose_name=_("questionnaire"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    names_visible = models.BooleanField(_("officers see named enterprises"), default=False)
    counts = models.CharField(
        _("statistics count"), max_length=10, choices=Counts, default=Counts.SUBMITTED
    )
    opened_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    # Chosen for this round: {node: {child: "2"}}; empty where the instrument's own are in force.
    weights = models.JSONField(default=dict, blank=True)
    weights_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    weights_at = models.DateTimeField(null=True, blank=True)
    weights_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = RoundQuerySet.as_manager()  # type: ignore[misc]

    class Meta(GuardedModel.Meta):
        ordering = ["-year", "-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def weights_sha256(self) -> str:
        """Hash of the chosen weights; empty where the instrument's own are in force."""
        return sha256_of(self.weights) if self.weights else ""

    @property
    def counts_verified_only(self) -> bool:
        return self.counts == Round.Counts.VERIFIED

    @property
    def is_open(self) -> bool:
        return self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def is_coming(self) -> bool:
        return timezone.localdate() < self.opens_on


class Invitation(models.Model):
    """An enterprise is asked to take part in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        "Organisation", on_delete=models.CASCADE, related_name="invitations"
    )
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.organisation_id}"
