"""An officer marks submissions as verified (核实通过), or takes that back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.errors import Refused
from assessment.models import AuditEvent, Round, Submission, User
from assessment.signals import verification_changed

LONGEST_NOTE = 1000


def may_verify(user: User, round_: Round) -> bool:
    """Whether ``user`` runs the round and the round shows names."""
    return round_.names_visible and Round.objects.run_by(user).filter(pk=round_.pk).exists()


@transaction.atomic
def verify(
    actor: User, round_: Round, keys: Collection[int], *, verified: bool, note: str = ""
) -> int:
    """Mark submissions of one round as verified, or no longer; how many were not so before.

    All or nothing. Raises Refused when ``actor`` does not run the round or it shows no names, one
    of ``keys`` is not a submitted submission of it, or a verification is taken back without a note.
    """
    # A publication of the round's statistics takes the same lock, so it counts all of this or none.
    Round.unguarded.select_for_update(no_key=True).get(pk=round_.pk)
    note = note.strip()
    _check(actor, round_, verified=verified, note=note)
    rows = _rows(round_, keys)
    changed = [one for one in rows if (one.verified_at is not None) != verified]
    for one in changed:
        one.verified_at = timezone.now() if verified else None
        one.verified_by, one.verified_note = (actor, note) if verified else (None, "")
        one.save(update_fields=["verified_at", "verified_by", "verified_note"])
        verb = "submission.verified" if verified else "submission.verification_taken_back"
        AuditEvent.record(verb, actor, one, note=note)
    if changed:
        verification_changed.send(sender=Submission, round=round_)
    return len(changed)


def _check(actor: User, round_: Round, *, verified: bool, note: str) -> None:
    if not may_verify(actor, round_):
        message = _("Only officers of the round's region can verify, in rounds that show names.")
        raise Refused(message, code="role")
    if len(note) > LONGEST_NOTE:
        message = _("The note is longer than %(most)d characters: shorten it.")
        raise Refused(message % {"most": LONGEST_NOTE}, code="note_too_long", field="note")
    if not verified and not note:
        message = _("Say why the verification is taken back.")
        raise Refused(message, code="no_note", field="note")


def _rows(round_: Round, keys: Collection[int]) -> list[Submission]:
    """The submissions, locked; Refused unless every one is submitted in this round."""
    submitted = Submission.objects.unscoped("of a round its officer may verify").filter(
        round=round_, state=Submission.State.SUBMITTED, pk__in=keys
    )
    found = list(submitted.select_for_update().defer("answers_json", "answers_coded", "profile"))
    if not found or len(found) != len(set(keys)):
        message = _("Only submitted answers of this round can be verified: choose again.")
        raise Refused(message, code="not_submitted", field="submission")
    return found
