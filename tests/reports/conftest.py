"""A scored submission, through the real engine, and pages without the rest of the site."""

from __future__ import annotations

import pytest
from django.utils import timezone

ANSWERS = {
    "Q1": ["B", "C"],
    "Q2": {"part": 35, "whole": 100},
    "Q3": 5,
    "Q4": True,
    "Q5": "B",
    "S1": 1,
    "S2": {"not_applicable": "外包采购"},
    "Q6": {"before": 3.5, "after": 3},
}


@pytest.fixture
def submitted(submission, enterprise):
    """The enterprise's submission, locked and not yet scored."""
    submission.state = "submitted"
    submission.submitted_at = timezone.now()
    submission.submitted_by = enterprise
    submission.receipt = "SH-TEST-0001"
    submission.profile = {
        "region": "330400",
        "industry": "C36",
        "section": "C",
        "size": "small",
        "employees": 120,
        "revenue": 5000,
        "assets": 4000,
        "year": 2026,
    }
    submission.answers_json = ANSWERS
    submission.save()
    return submission


@pytest.fixture
def scored(submitted):
    """Its result."""
    from scoring.jobs import outcome, score
    from scoring.models import Result

    Result.unguarded.filter(submission=submitted).delete()
    return Result.unguarded.create(submission=submitted, **outcome(score(submitted)))
