"""A smaller round of the year before, so that the same enterprises can be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from django.db.models import F

from assessment.models import Round, Submission, User
from reports.demo import rounds
from reports.demo.enterprises import Enterprise
from scoring.batch import score_many

TOOK_PART = 0.6  # of this year's enterprises
GROWTH, LUCK = 0.05, 0.05  # how much maturity grew since, and how differently
UNEVENNESS = 0.05  # sections that stray less contradict each other less
YEAR = dt.timedelta(days=365)


def add(
    later: Round, title: str, enterprises: list[Enterprise], clerk: User, luck: Random
) -> Round:
    """A closed round like ``later``, a year before; some of the same enterprises answered."""
    code = later.instrument_version.instrument.code
    officer = later.opened_by
    round_ = rounds.open_round(code, title, later.region, officer, names=later.names_visible)
    round_.year -= 1
    round_.opens_on -= YEAR
    round_.closes_on -= YEAR
    round_.save()
    before = [_a_year_younger(one, luck) for one in enterprises if luck.random() < TOOK_PART]
    _drop_contradictions(round_, rounds.fill(round_, before, clerk, luck))
    Submission.unguarded.filter(round=round_, submitted_at__isnull=False).update(
        submitted_at=F("submitted_at") - YEAR
    )
    return round_


def _drop_contradictions(round: Round, submissions: list[Submission]) -> None:
    """A closed round has been gone over: whoever contradicted themselves did not submit."""
    rows = [(str(one.pk), one.profile, one.answers_json) for one in submissions]
    outcomes = score_many(round.instrument_version, rows)
    pairs = zip(submissions, outcomes, strict=True)
    doubtful = [one.pk for one, outcome in pairs if outcome["warnings"]]
    Submission.unguarded.filter(pk__in=doubtful).delete()


def _a_year_younger(one: Enterprise, luck: Random) -> Enterprise:
    maturity = one.maturity - luck.gauss(GROWTH, LUCK)
    return replace(one, maturity=min(max(maturity, 0.03), 0.97), unevenness=UNEVENNESS)
