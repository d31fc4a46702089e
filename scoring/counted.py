"""Whose results the statistics of a round count, by the setting of the round.

A round counts all submitted answers or verified ones only; never both, so that nobody can subtract
one from the other. In a round of verified ones a result enters with a publication, and everything
else (estimates, comparisons, item statistics) counts what has been published: a set that grows in
steps of at least ``MINIMUM_CELL`` and never loses anybody, whatever is taken back later.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from assessment.models import Round
from scoring.models import Publication, Result, RoundAggregate
from scoring.numbers import Text
from scoring.words import sentence

Print = tuple[int, int]


def counted(round: Round, until: datetime | None = None) -> QuerySet[Result]:
    """The scored results that the statistics of a round count, as of ``until`` (now)."""
    rows = _scored(round, until)
    if not round.counts_verified_only:
        return rows
    if until is None:
        return rows.filter(published__isnull=False)
    made = Publication.objects.filter(round=round, made_at__lte=until)
    return rows.filter(published__in=made.values("number"))


def publishable(round: Round, until: datetime) -> QuerySet[Result]:
    """Those that a publication at ``until`` counts: the published ones and those that enter."""
    rows = _scored(round, until)
    if not round.counts_verified_only:
        return rows
    verified = Q(submission__verified_at__lte=until)
    return rows.filter(verified | Q(published__isnull=False))


def entering(round: Round, until: datetime) -> QuerySet[Result]:
    """Those that a publication at ``until`` would count for the first time."""
    return publishable(round, until).filter(published=None)


def fingerprint(rows: QuerySet[Result]) -> Print:
    """Tells whether the same results were read twice: how many, and the sum of their keys."""
    found = rows.order_by().aggregate(n=Count("pk"), keys=Sum("pk"))
    return found["n"], found["keys"] or 0


def in_words(round: Round) -> Text:
    """That verified submissions are counted, and how many of how many; empty where all are."""
    if not round.counts_verified_only:
        return {}
    top = RoundAggregate.objects.filter(
        round=round, region=round.region.code, industry="", size=""
    ).first()
    n, submitted = (top.scored, top.submitted) if top else (0, 0)
    return sentence("only_verified", n=f"{n:,}", submitted=f"{submitted:,}")


def _scored(round: Round, until: datetime | None) -> QuerySet[Result]:
    rows: QuerySet[Result] = Result.objects.unscoped("statistics are of everybody").filter(
        submission__round=round, state=Result.State.DONE
    )
    return rows if until is None else rows.filter(scored_at__lte=until)
