"""Which regions a person answers for."""

from __future__ import annotations

from assessment.models import Jurisdiction, User
from questionnaires.models import Region


def regions_of(user: User) -> list[Region]:
    """The regions ``user`` may open rounds in, from the top down; all for an operator."""
    if user.is_operator:
        return list(Region.objects.order_by("path"))
    return list(Region.objects.filter(Jurisdiction.objects.below(user, "path")).order_by("path"))
