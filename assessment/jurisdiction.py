"""Which regions a person answers for."""

from __future__ import annotations

from django.db.models import Q

from assessment.models import Jurisdiction, User
from questionnaires.models import Region


def regions_of(user: User) -> list[Region]:
    """The regions ``user`` may open rounds in, from the top down; all for an operator."""
    if user.is_operator:
        return list(Region.objects.order_by("path"))
    inside = Q(pk__in=[])
    for office in Jurisdiction.objects.filter(officer=user).select_related("region"):
        inside |= Q(path__startswith=office.region.path)
    return list(Region.objects.filter(inside).order_by("path"))
