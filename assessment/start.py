"""An enterprise begins to fill in: the draft, with what it said before as a first proposal."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.definitions import definition_of
from assessment.errors import Refused
from assessment.models import (
    Answer,
    AuditEvent,
    Invitation,
    Organisation,
    Round,
    Submission,
    User,
)
from assessment.prefill import proposals


@transaction.atomic
def start_submission(actor: User, round_: Round, organisation: Organisation) -> Submission:
    """The enterprise's draft in the round; the one there is, if it was begun before.

    Raises Refused when ``actor`` may not edit, or the round is not open to the enterprise.
    """
    begun = Submission.objects.unscoped("of an enterprise whose editor asks").filter(
        round=round_, organisation=organisation
    )
    if submission := begun.first():
        return submission
    _check(actor, round_, organisation)
    Invitation.objects.get_or_create(round=round_, organisation=organisation)
    submission, created = Submission.unguarded.get_or_create(
        round=round_,
        organisation=organisation,
        defaults={"synthetic": organisation.synthetic},
    )
    if created:
        _propose(actor, submission)
        AuditEvent.record("submission.started", actor, submission)
    return submission


def _check(actor: User, round_: Round, organisation: Organisation) -> None:
    if not Organisation.objects.editable_by(actor).filter(pk=organisation.pk).exists():
        raise Refused(_("Only an owner or editor of the enterprise can fill in."), code="role")
    if not round_.is_open:
        raise Refused(closed_words(round_), code="closed")
    invited = round_.invitations.filter(organisation=organisation).exists()
    if not invited and not round_.region.covers(organisation.region):
        raise Refused(_("This round is for enterprises of another region."), code="elsewhere")


def closed_words(round_: Round) -> str:
    """Why nothing can be changed: the round has not opened, or has closed."""
    if round_.is_coming:
        return _("The round opens on %(day)s.") % {"day": round_.opens_on}
    return _("The round closed on %(day)s. What was filled in can be read but not changed.") % {
        "day": round_.closes_on
    }


def _propose(actor: User, submission: Submission) -> None:
    definition = definition_of(submission.round.instrument_version)
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(
            submission=submission,
            question=question,
            value=value,
            saved_by=actor,
            saved_at=now,
            prefilled_from_id=source,
        )
        for question, value, source in proposals(definition, submission)
    )
