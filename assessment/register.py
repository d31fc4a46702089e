"""An enterprise registers and keeps its facts up to date."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from assessment.errors import Refused
from assessment.models import AuditEvent, Membership, Organisation, User
from questionnaires.size_rule import size_class

REGISTERED = _(
    "An enterprise with this code is registered here already. If it is yours, ask its owner to "
    "add you under “People”; if nobody there can, write to the operator of this site."
)
FACTS = ("name", "region", "industry", "employees", "revenue", "assets")


def register_organisation(actor: User, *, credit_code: str, **facts) -> Organisation:
    """Create an enterprise with ``actor`` as its owner; ``facts`` are those of ``FACTS``.

    Raises Refused when the code is registered already.
    """
    organisation = Organisation(credit_code=credit_code, **facts)
    organisation.size = class_of(organisation)
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
            role = Membership.Role.OWNER
            Membership.objects.create(user=actor, organisation=organisation, role=role)
            AuditEvent.record("organisation.registered", actor, organisation)
    except IntegrityError:
        raise Refused(REGISTERED, code="registered", field="credit_code") from None
    return organisation


@transaction.atomic
def update_organisation(actor: User, organisation: Organisation, **facts) -> Organisation:
    """Change facts; the size class follows. The trail keeps which ones changed, not the values."""
    changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, facts[name])
    organisation.size = class_of(organisation)
    organisation.save()
    if changed:
        AuditEvent.record("organisation.changed", actor, organisation, fields=changed)
    return organisation


def class_of(organisation: Organisation) -> str:
    """The size class by the 2017 rule, empty where the rule gives none."""
    found = size_class(
        organisation.industry.code,
        organisation.employees,
        organisation.revenue,
        organisation.assets,
    )
    return found or ""
