"""Which regions of a round a person may see: the account decides, not the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from assessment.models import AuditEvent, Jurisdiction, Round, User
from questionnaires.models import Region


@dataclass(frozen=True)
class Reach:
    """The round's regions this person answers for, in the order of the tree."""

    regions: list[Region]

    @property
    def top(self) -> Region:
        return self.regions[0]

    def find(self, code: str) -> Region | None:
        return next((region for region in self.regions if region.code == code), None)


def reach(user: User, round: Round) -> Reach:
    """Empty for whoever answers for no part of the round's region."""
    rows = Region.objects.filter(path__startswith=round.region.path).order_by("path")
    regions = list(rows)
    if user.is_operator:
        return Reach(regions)
    offices = Jurisdiction.objects.filter(officer=user).select_related("region")
    paths = tuple(office.region.path for office in offices)
    return Reach([region for region in regions if paths and region.path.startswith(paths)])


def require(user: User, round: Round, code: str) -> tuple[Reach, Region]:
    """The region asked for (the highest one without a code), or a refusal that leaves a trail."""
    found = reach(user, round)
    if found.regions:
        region = found.find(code) if code else found.top
        if region is not None:
            return found, region
    AuditEvent.record("dashboard.refused", user, round, region=code[:12])
    raise PermissionDenied(
        _("Your account does not answer for this region, so its figures are not shown to you.")
    )
