"""People and what they may do: members of an enterprise, consultants, officers, operators."""

from __future__ import annotations

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person, known by e-mail address."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    synthetic = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[misc,assignment]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_operator(self) -> bool:
        """Runs the site: loads catalogues, appoints officers, sees everything."""
        return self.is_active and self.is_superuser

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class MembershipQuerySet(models.QuerySet):
    def of(self, user):
        """A person's memberships; none for an anonymous or inactive user."""
        known = getattr(user, "is_authenticated", False) and user.is_active
        return self.filter(user=user) if known else self.none()


class Membership(models.Model):
    """A person's role in an enterprise."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")  # edits, submits, manages people and consultants
        EDITOR = "editor", _("Editor")  # edits and submits
        VIEWER = "viewer", _("Viewer")  # reads

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "Organisation", on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_role_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class GrantQuerySet(models.QuerySet):
    def valid(self):
        """Grants in force today."""
        today = timezone.localdate()
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today), revoked_at=None)


class ConsultantGrant(models.Model):
    """An enterprise lets a consultant read its submissions and results, until a date."""

    organisation = models.ForeignKey(
        "Organisation", on_delete=models.CASCADE, related_name="grants"
    )
    consultant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.consultant} → {self.organisation_id}"


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    def below(self, user, path: str) -> models.Q:
        """What lies in ``user``'s regions, by the ``path`` of a region (``region__path``)."""
        inside = models.Q(pk__in=[])
        for office in self.filter(officer=user).select_related("region"):
            inside |= models.Q(**{f"{path}__startswith": office.region.path})
        return inside


class Jurisdiction(models.Model):
    """A region an officer answers for, with everything below it."""

    officer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="jurisdictions")
    region = models.ForeignKey("questionnaires.Region", on_delete=models.PROTECT)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "region"], name="one_office_per_region")
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.region}"
