from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.access import GuardedModel, GuardedQuerySet
from assessment.models.people import ConsultantGrant, Membership
from questionnaires.models.areas import RegionQuerySetMixin


class OrganisationQuerySet(RegionQuerySetMixin, GuardedQuerySet):
    def _visible_to(self, user):
        """Members' own, granted to a consultant, or taking part by name in an officer's round."""
        from assessment.models.rounds import Round

        rounds = Round.objects.run_by(user).filter(names_visible=True).values("pk")
        return self.filter(
            Q(pk__in=Membership.objects.filter(user=user).values("organisation"))
            | Q(
                pk__in=ConsultantGrant.objects.filter(consultant=user)
                .valid()
                .values("organisation")
            )
            | Q(invitations__round__in=rounds)
        ).distinct()

    def editable_by(self, user):
        """Organisations whose answers ``user`` may change."""
        roles = [Membership.Role.OWNER, Membership.Role.EDITOR]
        members = Membership.objects.of(user).filter(role__in=roles).values("organisation")
        return self.filter(pk__in=members).unscoped("limited to one user's organisations")

    def managed_by(self, user):
        """Organisations whose people and consultants ``user`` may manage."""
        owned = Membership.objects.of(user).filter(role=Membership.Role.OWNER)
        return self.filter(pk__in=owned.values("organisation")).unscoped("limited to one owner's")

    def opened_to(self, user):
        """Organisations whose inside ``user`` may read: members, their consultants, operators.

        An officer of a round sees who takes part, not what else an enterprise says of itself.
        """
        known = getattr(user, "is_authenticated", False) and user.is_active
        if not known:
            return self.none().unscoped("nobody sees nothing")
        if user.is_operator:
            return self.unscoped("the operator sees everything")
        members = Membership.objects.of(user).values("organisation")
        clients = ConsultantGrant.objects.filter(consultant=user).valid().values("organisation")
        found = self.filter(Q(pk__in=members) | Q(pk__in=clients))
        return found.unscoped("limited to one user's enterprises and clients")

    def worked_for_by(self, user):
        """Organisations ``user`` is a member of, in whatever role."""
        members = Membership.objects.of(user).values("organisation")
        return self.filter(pk__in=members).unscoped("limited to one user's organisations")


class Organisation(GuardedModel):
    """An enterprise, known by its unified social credit code."""

    class Size(models.TextChoices):
        LARGE = "large", _("Large")
        MEDIUM = "medium", _("Medium")
        SMALL = "small", _("Small")
        MICRO = "micro", _("Micro")

    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    name = models.CharField(_("name"), max_length=200)
    region = models.ForeignKey(
        "questionnaires.Region", on_delete=models.PROTECT, verbose_name=_("region")
    )
    industry = models.ForeignKey(
        "questionnaires.Industry", on_delete=models.PROTECT, verbose_name=_("industry")
    )
    employees = models.PositiveIntegerField(_("employees"))
    revenue = models.DecimalField(  # 万元, the unit of the size rule
        _("revenue (CNY 10,000)"), max_digits=16, decimal_places=2
    )
    assets = models.DecimalField(_("total assets (CNY 10,000)"), max_digits=16, decimal_places=2)
    size = models.CharField(_("size class"), max_length=8, choices=Size, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()  # type: ignore[misc]

    class Meta(GuardedModel.Meta):
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
