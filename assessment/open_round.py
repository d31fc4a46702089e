"""An officer opens a round, and changes it until it opens."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.errors import Refused
from assessment.jurisdiction import regions_of
from assessment.models import AuditEvent, Round, User
from questionnaires.models import Region


@transaction.atomic
def open_round(actor: User, **values) -> Round:
    """Create a round; ``values`` are the fields of Round. Refused outside one's jurisdiction."""
    _check(actor, values)
    round_ = Round(opened_by=actor, **values)
    round_.save(force_insert=True)
    AuditEvent.record("round.opened", actor, round_)
    return round_


@transaction.atomic
def change_round(actor: User, round_: Round, **values) -> Round:
    """Change a round that has not opened yet; enterprises may already be filling in others."""
    if not round_.is_coming:
        message = _("The round has opened on %(day)s and can no longer be changed.")
        raise Refused(message % {"day": round_.opens_on}, code="has_opened")
    _check(actor, {"counts": round_.counts, **values})
    changed = [name for name, value in values.items() if getattr(round_, name) != value]
    for name in changed:
        setattr(round_, name, values[name])
    if "instrument_version" in changed:  # weights chosen for another questionnaire mean nothing
        round_.weights, round_.weights_by, round_.weights_at = {}, None, None
        round_.weights_reason = ""
    round_.save()
    AuditEvent.record("round.changed", actor, round_, fields=changed)
    return round_


def _check(actor: User, values: dict) -> None:
    region: Region = values["region"]
    if region.pk not in {mine.pk for mine in regions_of(actor)}:
        message = _("You do not answer for this region.")
        raise Refused(message, code="not_your_region", field="region")
    if not values["instrument_version"].published:
        message = _("This version of the questionnaire is not published.")
        raise Refused(message, code="not_published", field="instrument_version")
    if values.get("counts") == Round.Counts.VERIFIED and not values.get("names_visible"):
        message = _("Only a round that shows names can be verified: let officers see names.")
        raise Refused(message, code="no_names", field="counts")
    if values["closes_on"] < values["opens_on"]:
        message = _("The round would close before it opens.")
        raise Refused(message, code="closes_before", field="closes_on")
    if values["closes_on"] < timezone.localdate():
        message = _("This day has passed: choose today or later.")
        raise Refused(message, code="past", field="closes_on")
