"""Everything a page of a submission needs, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessment.definitions import definition_of
from assessment.models import Answer, Organisation, Submission, User
from assessment.profiles import profile_of
from assessment.progress import Progress, progress_of
from assessment.relevance import asked_codes
from questionnaires.instruments import Definition


@dataclass
class AnswerSheet:
    """A submission with its definition and its answers by question code."""

    submission: Submission
    definition: Definition
    answers: dict[str, Answer]
    may_edit: bool  # role, state and dates all allow it

    @cached_property
    def profile(self) -> dict[str, object]:
        return profile_of(self.submission.organisation, self.submission.round)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Canonical values said so far."""
        return {code: row.value for code, row in self.answers.items() if row.value is not None}

    @cached_property
    def asked(self) -> set[str]:
        return asked_codes(self.definition, self.profile, self.values)

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.definition, self.asked, self.answers)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Every question's place in the questionnaire, from 1; it does not move with answers."""
        return {code: n for n, code in enumerate(self.definition.questions, start=1)}

    def section(self, code: str) -> Any | None:
        return next((s for s in self.definition.sections if s.code == code), None)


def sheet_of(submission: Submission, user: User | None = None) -> AnswerSheet:
    """Read the answers of a submission fetched by ``for_pages``."""
    rows = Answer.objects.filter(submission=submission)
    answers = {
        row.question: row
        for row in rows.select_related("saved_by", "prefilled_from__round").defer(
            "prefilled_from__answers_json"
        )
    }
    definition = definition_of(submission.round.instrument_version)
    may_edit = bool(user) and _may_edit(submission, user)
    return AnswerSheet(submission, definition, answers, may_edit)


def for_pages(rows):
    """A submissions queryset with what pages read, without the large columns."""
    return rows.select_related(
        "round__instrument_version__instrument",
        "round__region",
        "organisation__region",
        "organisation__industry",
        "submitted_by",
    ).defer("round__instrument_version__definition", "answers_json", "answers_coded")


def _may_edit(submission: Submission, user) -> bool:
    if submission.state != Submission.State.DRAFT or not submission.round.is_open:
        return False
    rows = Organisation.objects.editable_by(user)
    return rows.filter(pk=submission.organisation_id).exists()
