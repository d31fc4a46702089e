"""Who works for an enterprise: adding, changing and removing members."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.errors import Refused
from assessment.models import AuditEvent, Membership, Organisation, User


def find_person(email: str) -> User:
    """The account with this address; Refused with what to do when there is none."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        message = _("There is no account with this address. Ask the person to sign up here first.")
        raise Refused(message, code="no_account", field="email")
    return person


@transaction.atomic
def add_member(actor: User, organisation: Organisation, email: str, role: str) -> Membership:
    """Give a person with an account a role in the enterprise."""
    person = find_person(email)
    if Membership.objects.filter(user=person, organisation=organisation).exists():
        message = _("%(person)s is on the list already. Change the role there.")
        raise Refused(message % {"person": person}, code="member_already", field="email")
    member = Membership.objects.create(user=person, organisation=organisation, role=role)
    AuditEvent.record("member.added", actor, organisation, person=person.pk, role=role)
    return member


@transaction.atomic
def change_role(actor: User, member: Membership, role: str) -> Membership:
    """Change what a member may do, never leaving the enterprise without an owner."""
    if role != Membership.Role.OWNER:
        _keep_an_owner(member)
    member.role = role
    member.save(update_fields=["role"])
    AuditEvent.record(
        "member.changed", actor, member.organisation, person=member.user_id, role=role
    )
    return member


@transaction.atomic
def remove_member(actor: User, member: Membership) -> None:
    """Take a person off the list, never leaving the enterprise without an owner."""
    _keep_an_owner(member)
    AuditEvent.record("member.removed", actor, member.organisation, person=member.user_id)
    member.delete()


def _keep_an_owner(member: Membership) -> None:
    """Lock the owners, so that two of them cannot remove each other at once."""
    owners = Membership.objects.select_for_update().filter(
        organisation_id=member.organisation_id, role=Membership.Role.OWNER
    )
    if member.pk in {owner.pk for owner in owners} and len(owners) == 1:
        message = _("An enterprise needs an owner. Make somebody else the owner first.")
        raise Refused(message, code="last_owner")
