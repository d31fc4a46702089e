"""The same answers under every other published instrument: how much is covered, what remains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessment.models import Submission
from questionnaires.instruments import Definition
from questionnaires.models import InstrumentVersion
from questionnaires.usage import current_versions
from scoring.crosswalk import Coverage, Translation, translate
from scoring.numbers import Text, decimal
from scoring.one import score_one
from scoring.shape import definition_of

ENOUGH = Fraction(1, 2)  # of the score (or of the questions): less gives no score


@dataclass(frozen=True)
class Under:
    """What the answers come to under one instrument.

    ``share`` is 0 … 1 of the whole score the covered questions decide (of the questions, where the
    instrument has no score); ``total`` and ``max`` are None where that is less than half.
    """

    version: InstrumentVersion
    coverage: Coverage
    share: Fraction
    covered: list[Text]
    open: list[Text]
    total: Decimal | None
    max: Decimal | None

    @property
    def percent(self) -> Decimal:
        return decimal(round(float(self.share) * 100, 1))

    @property
    def whole(self) -> bool:
        return self.share == 1


def crosswalk(submission: Submission) -> list[Under]:
    """Every other instrument of which something is covered or not, the most covered first."""
    own = submission.round.instrument_version
    current = [v.pk for v in current_versions() if v.instrument_id != own.instrument_id]
    others = InstrumentVersion.objects.filter(pk__in=current).select_related("instrument")
    found = [_under(submission, definition_of(own), version) for version in others]
    return sorted(found, key=lambda each: (-each.share, each.version.instrument.code))


def _under(submission: Submission, source: Definition, version: InstrumentVersion) -> Under:
    target, answers = definition_of(version), submission.answers_json
    first = translate(answers, source, target)
    scored = score_one(target, submission.profile, first.answers) if first.covered else {}
    skipped = _certainly_not_asked(target, scored.get("not_asked", []), first)
    done = translate(answers, source, target, skipped)
    share = _share(done.coverage)
    enough = share >= ENOUGH and scored.get("total") is not None
    return Under(
        version=version,
        coverage=done.coverage,
        share=share,
        covered=[target.questions[code].text for code in done.covered],
        open=[target.questions[code].text for code in done.open],
        total=decimal(scored["total"]) if enough else None,
        max=decimal(scored["max"]) if enough else None,
    )


def _share(done: Coverage) -> Fraction:
    if done.points is not None:
        return done.points
    return Fraction(done.questions, done.all_questions) if done.all_questions else Fraction(0)


def _certainly_not_asked(target: Definition, not_asked: list[str], done: Translation) -> list[str]:
    """Questions left out by the profile or by covered answers; one whose condition rests on an
    open question may still be asked and stays among the remaining."""
    unknown = set(done.open) - set(not_asked)
    return [code for code in not_asked if not unknown & _names(target, code)]


def _names(target: Definition, code: str) -> set[str]:
    """Words of the conditions a question is asked on."""
    section = next(s for s in target.sections if any(q.code == code for q in s.questions))
    conditions: list[Any] = [section.relevant, target.questions[code].relevant]
    return {word for each in conditions if each for word in re.findall(r"[\w-]+", str(each))}
