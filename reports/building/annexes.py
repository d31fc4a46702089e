"""What is laid beside a result for one reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assessment.models import Organisation
from reports.annex_model import Annexes
from reports.building.crosswalk import crosswalk
from reports.building.support import support_block
from reports.model import ResultReport
from scoring.models import Result


def with_annexes(
    report: ResultReport, result: Result, reader: Any, *, others: bool = True
) -> ResultReport:
    """The report with support rules, if ``reader`` may see the enterprise's own facts, and (with
    ``others``) the same answers under other questionnaires. ``reader`` None is the system."""
    submission = result.submission
    may = reader is None or _opened(reader, submission.organisation_id)
    annexes = Annexes(
        support=support_block(submission.organisation, submission, report.today) if may else None,
        others=crosswalk(submission) if others else None,
    )
    return replace(report, annexes=annexes)


def _opened(reader: Any, organisation: int) -> bool:
    return Organisation.objects.opened_to(reader).filter(pk=organisation).exists()
