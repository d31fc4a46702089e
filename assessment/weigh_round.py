"""An assessor chooses the weights of a round whose questionnaire leaves them to the assessor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.definitions import definition_of
from assessment.errors import Refused
from assessment.models import AuditEvent, Round, Submission, User
from questionnaires.instruments.weighting import (
    Fault,
    check,
    chosen_by_assessor,
    groups,
    normal_form,
)
from questionnaires.texts import localized

LONGEST_REASON = 1000

Given = Mapping[str, Mapping[str, Any]]


def may_weigh(round_: Round) -> bool:
    """Whether the weights can be chosen now: nobody has begun to answer."""
    return leaves_weights(round_) and not _begun(round_)


def leaves_weights(round_: Round) -> bool:
    """Whether the round's questionnaire leaves the weights to the assessor."""
    return chosen_by_assessor(definition_of(round_.instrument_version))


@transaction.atomic
def weigh_round(actor: User, round_: Round, given: Given, reason: str) -> Round:
    """Store chosen weights with who, when and why; none goes back to the questionnaire's own.

    Raises Refused when the questionnaire fixes its weights, somebody has begun to answer, there is
    no reason, or the weights are unusable.
    """
    # Nobody begins between the look and the writing.
    locked = Round.unguarded.select_for_update().get(pk=round_.pk)
    _check(actor, locked, given, reason)
    definition = definition_of(locked.instrument_version)
    old = locked.weights_sha256
    locked.weights = normal_form(definition, given) if given else {}
    locked.weights_by, locked.weights_at = actor, timezone.now()
    locked.weights_reason = reason.strip()
    fields = ["weights", "weights_by", "weights_at", "weights_reason"]
    locked.save(update_fields=fields)
    AuditEvent.record("round.weighted", actor, locked, before=old, after=locked.weights_sha256)
    return locked


def _check(actor: User, round_: Round, given: Given, reason: str) -> None:
    if not Round.objects.run_by(actor).filter(pk=round_.pk).exists():
        raise Refused(_("You do not answer for this region."), code="not_your_region")
    if not leaves_weights(round_):
        raise Refused(_("This questionnaire fixes its weights."), code="weights_fixed")
    if _begun(round_):
        message = _("An enterprise has begun to answer: the weights can no longer be changed.")
        raise Refused(message, code="has_begun")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        message = _("Say why, in at most %(most)d characters.")
        raise Refused(message % {"most": LONGEST_REASON}, code="no_reason", field="reason")
    faults = check(definition_of(round_.instrument_version), given)
    if faults:
        raise Refused(told(round_, faults[0]), code=faults[0].kind, field="weights")


def told(round_: Round, fault: Fault) -> str:
    """The fault in the reader's words, naming the node and what was expected."""
    definition = definition_of(round_.instrument_version)
    known = groups(definition)
    names = {group.code: localized(group.title) for group in known}
    names |= {branch.code: localized(branch.title) for group in known for branch in group.branches}
    words = {
        "unknown": _("“%(node)s”: “%(child)s” has no weight in this questionnaire."),
        "not_a_number": _("“%(node)s”: the weight of “%(child)s” is no number; write 1 or 2.5."),
        "negative": _("“%(node)s”: the weight of “%(child)s” is below 0; write 0 or more."),
        "too_large": _("“%(node)s”: the weight of “%(child)s” is above 1,000,000."),
        "too_fine": _("“%(node)s”: the weight of “%(child)s” has more than 6 decimals."),
        "all_zero": _("“%(node)s”: all weights are 0; give at least one more than 0."),
    }
    node, child = names.get(fault.node, fault.node), names.get(fault.child, fault.child)
    return words[fault.kind] % {"node": node, "child": child}


def _begun(round_: Round) -> bool:
    return Submission.unguarded.filter(round=round_.pk).exists()


def weights_of(round_: Round, runs: bool) -> dict[str, Any]:
    """What the page of a round says about its weights; nothing where they are fixed."""
    if not leaves_weights(round_):
        return {"weight_groups": []}
    definition = definition_of(round_.instrument_version)
    return {
        "weight_groups": groups(definition, round_.weights),
        "may_weigh": runs and may_weigh(round_),
    }
