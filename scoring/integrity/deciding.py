"""What a person decides of a flag: set aside with a reason, or the enterprise was asked."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.errors import Refused
from assessment.models import AuditEvent, User
from scoring.models import Flag, FlagDecision

LONGEST = 2000


@transaction.atomic
def decide(actor: User, flag_id: int, state: str, note: str) -> Flag:
    """Note a decision; every earlier one stays on record. No score changes.

    Raises Flag.DoesNotExist where ``actor`` may not see the flag, Refused for an unknown state or
    without a note.
    """
    seen = Flag.objects.visible_to(actor)
    flag: Flag = seen.select_for_update(of=("self",)).get(pk=flag_id)
    note = " ".join(note.split())
    if state not in Flag.State.values:
        raise Refused(_("Choose what to do with this point."), code="state", field="state")
    if not note:
        message = _("Write down why, so that others can follow the decision.")
        raise Refused(message, code="note", field="note")
    if len(note) > LONGEST:
        message = _("The note is too long: shorten it to %(most)s characters.")
        raise Refused(message % {"most": LONGEST}, code="note", field="note")
    FlagDecision.objects.create(flag=flag, state=state, note=note, by=actor)
    flag.state = state
    flag.decided_at = timezone.now()
    flag.save(update_fields=["state", "decided_at"])
    AuditEvent.record(f"flag.{state}", actor, flag, submission=flag.submission_id, kind=flag.kind)
    return flag
