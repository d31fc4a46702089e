"""Answers belong to the indicator: what was said before is proposed wherever it is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessment.definitions import definition_of
from assessment.models import Submission
from assessment.values import is_special
from questionnaires.crosswalk import carry
from questionnaires.instruments import Definition

LOOKED_AT = 8  # of the enterprise's submissions, the latest first


def proposals(definition: Definition, submission: Submission) -> Iterator[tuple[str, Any, int]]:
    """``(question, value, source submission)`` from the enterprise's earlier submissions.

    The rules are those of the crosswalk: the same indicator asked in the same way, or an answer
    that follows from another by a stated rule. Of several, the latest submission's counts; what
    was not known or did not apply is not proposed.
    """
    given: set[str] = set()
    for earlier in _submitted(submission):
        before = definition_of(earlier.round.instrument_version)
        for code, found in carry(earlier.answers_json, before, definition).items():
            if code not in given and not is_special(found.raw):
                given.add(code)
                yield code, found.raw, earlier.pk


def _submitted(submission: Submission) -> list[Submission]:
    rows = Submission.objects.unscoped("the enterprise's own earlier answers").filter(
        organisation=submission.organisation_id, state=Submission.State.SUBMITTED
    )
    rows = rows.exclude(pk=submission.pk).select_related("round__instrument_version__instrument")
    return list(rows.order_by("-submitted_at")[:LOOKED_AT])
