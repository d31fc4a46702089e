"""Answers belong to the indicator: what was said before is proposed wherever it is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessment.definitions import definition_of
from assessment.models import Submission
from assessment.values import is_special
from questionnaires.instruments import Definition
from questionnaires.instruments.questions import unit_key

# Options and rungs are codes of one questionnaire: the same letter means something else in another.
CARRIED = {"number", "ratio", "yes_no", "before_after", "date"}


def proposals(definition: Definition, submission: Submission) -> Iterator[tuple[str, Any, int]]:
    """``(question, value, source submission)`` of the enterprise's latest submission, by
    indicator and same kind; options and rungs only within the same questionnaire."""
    latest = (
        Submission.objects.unscoped("the enterprise's own earlier answers")
        .filter(organisation=submission.organisation_id, state=Submission.State.SUBMITTED)
        .exclude(pk=submission.pk)
        .select_related("round__instrument_version__instrument")
        .order_by("-submitted_at")
        .first()
    )
    if latest is None:
        return
    before = definition_of(latest.round.instrument_version)
    said = {
        (question.indicator, question.kind): (before.code, question, latest.answers_json[code])
        for code, question in before.questions.items()
        if question.indicator and latest.answers_json.get(code) is not None
    }
    for code, question in definition.questions.items():
        found = said.get((question.indicator, question.kind))
        if found and not is_special(found[2]) and _same(definition.code, question, *found[:2]):
            yield code, found[2], latest.pk


def _same(code: str, question: Any, code_before: str, question_before: Any) -> bool:
    """Units must agree; codes of options and rungs only mean the same in one questionnaire."""
    if unit_key(question) != unit_key(question_before):
        return False
    return question.kind in CARRIED or code == code_before
