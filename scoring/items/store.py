"""The item statistics of a round, kept until further results arrive."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from assessment.models import Round
from scoring import analyses
from scoring.models import RoundAnalysis
from scoring.shape import definition_of

KIND = RoundAnalysis.Kind.ITEMS


def refresh(round: Round) -> RoundAnalysis:
    """Work out the statistics of every submitted answer set of a round."""
    from scoring.items.reading import coded_round
    from scoring.items.statistics import item_statistics

    stamp, now = analyses.stamp_of(round), timezone.now()
    compiled = definition_of(round.instrument_version).compiled
    content = item_statistics(compiled, coded_round(round)[1], settings.MINIMUM_CELL)
    return analyses.keep(round, KIND, stamp, content, now)


def current(round: Round) -> RoundAnalysis | None:
    """The statistics of the latest results; None while a large round's are being worked out."""
    return analyses.current(round, KIND, refresh)
