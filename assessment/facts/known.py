"""What is known of an enterprise for the matching: its own facts, then what it answered before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.definitions import definition_of
from assessment.facts.fields import FactField
from assessment.models import Fact, Organisation, Submission
from assessment.values import is_special, rate_of
from questionnaires.instruments.questions import unit_key


@dataclass(frozen=True)
class Known:
    """A value as rules read it (true, a number, a list of numbers) and where it comes from: the
    round's title for an answer, empty for a fact entered here. ``year`` is the value's."""

    value: Any
    year: int | None = None
    answered_in: str = ""


def known_facts(
    organisation: Organisation, fields: Mapping[str, FactField], submission: Submission | None
) -> dict[str, Known]:
    """Everything known by indicator. A fact counts before an answer; "not known" and what cannot
    be read are unknown, and hide what was answered before."""
    found = known_answers(fields, submission) if submission else {}
    for fact in Fact.objects.filter(organisation=organisation, indicator__in=list(fields)):
        if fact.value is None and fact.typed is None:
            continue
        found.pop(fact.indicator, None)
        if fact.value is not None and not is_special(fact.value):
            found[fact.indicator] = Known(fact.value, fact.year)
    return found


def known_answers(fields: Mapping[str, FactField], submission: Submission) -> dict[str, Known]:
    """Facts that a submission answers: the same indicator in the same unit."""
    definition = definition_of(submission.round.instrument_version)
    found = {}
    for code, question in definition.questions.items():
        field = fields.get(question.indicator or "")
        said = submission.answers_json.get(code)
        if field is None or said is None or is_special(said):
            continue
        value = _value(field, question, said)
        if value is not None:
            round_ = submission.round
            found[field.code] = Known([value] if field.many else value, round_.year, round_.title)
    return found


def _value(field: FactField, question: Any, said: Any) -> Any:
    if question.kind == "yes_no":
        return said if field.number is None else None
    if field.number is None or (unit := unit_key(field.number)) is None:
        return None
    if question.kind == "ratio" and unit == "%":
        rate = rate_of(said)
        return None if rate is None else float(rate)
    return said if question.kind == "number" and unit_key(question) == unit else None


def latest_submission(organisation: Organisation) -> Submission | None:
    """The enterprise's latest submitted answers."""
    rows = Submission.objects.unscoped("the enterprise's own latest answers").filter(
        organisation=organisation, state=Submission.State.SUBMITTED
    )
    rows = rows.select_related("round__instrument_version__instrument")
    found: Submission | None = rows.order_by("-submitted_at").first()
    return found
