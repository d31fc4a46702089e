"""An enterprise lets a consultant in, until a date, and out again at once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.errors import Refused
from assessment.models import AuditEvent, ConsultantGrant, Organisation, User
from assessment.people import find_person


@transaction.atomic
def grant_access(
    actor: User, organisation: Organisation, email: str, expires_on: dt.date | None = None
) -> ConsultantGrant:
    """Let the consultant read submissions and results; a second grant replaces the first's date."""
    consultant = find_person(email)
    if organisation.memberships.filter(user=consultant).exists():
        message = _("%(person)s works for this enterprise and sees its results already.")
        raise Refused(message % {"person": consultant}, code="is_member", field="email")
    grant = ConsultantGrant.objects.filter(
        organisation=organisation, consultant=consultant, revoked_at=None
    ).first() or ConsultantGrant(organisation=organisation, consultant=consultant)
    grant.granted_by, grant.expires_on = actor, expires_on
    grant.save()
    until = expires_on.isoformat() if expires_on else None
    AuditEvent.record("grant.given", actor, organisation, consultant=consultant.pk, until=until)
    return grant


@transaction.atomic
def revoke_access(actor: User, grant: ConsultantGrant) -> None:
    """End access at once; the row stays as part of the trail."""
    if grant.revoked_at is None:
        grant.revoked_at = timezone.now()
        grant.save(update_fields=["revoked_at"])
        AuditEvent.record(
            "grant.revoked", actor, grant.organisation, consultant=grant.consultant_id
        )
