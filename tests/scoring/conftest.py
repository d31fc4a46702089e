"""Rounds with made-up results, so that statistics are tested without the engine."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone


@pytest.fixture
def score(organisations, round_):
    """Add a scored enterprise to the round: ``score(70, region="330100", foundation=20)``.

    Node scores by keyword; ``values`` are indicator values. Returns its Result.
    """
    from assessment.models import Invitation, Submission
    from scoring.models import Result

    numbers = iter(range(1, 10_000))

    def add(total, *, region="330400", industry="C36", size="small", level=None, values=None,
            round=None, **nodes):  # fmt: skip
        number = next(numbers)
        organisation = organisations(
            f"test-{number:04d}", f"企业 {number}", region=region, industry=industry, size=size
        )
        Invitation.objects.create(round=round or round_, organisation=organisation)
        submission = Submission.unguarded.create(
            round=round or round_,
            organisation=organisation,
            state="submitted",
            submitted_at=timezone.now(),
            receipt=f"R{number}",
            profile={"region": region, "industry": industry, "size": size},
        )
        payload = {"total": total, "level": level, "nodes": nodes, "values": values or {}}
        return Result.unguarded.create(
            submission=submission,
            state="done",
            scored_at=timezone.now(),
            total=None if total is None else Decimal(str(total)),
            level=level,
            payload=payload,
        )

    return add


@pytest.fixture
def cell(round_):
    """The aggregate of one cell after a refresh: ``cell("330400", "C36", "small")``."""
    from scoring.aggregates import refresh
    from scoring.models import RoundAggregate

    done = []

    def read(region, industry="", size=""):
        if not done:
            refresh(round_)
            done.append(True)
        return RoundAggregate.objects.filter(
            round=round_, region=region, industry=industry, size=size
        ).first()

    return read
