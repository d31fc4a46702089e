"""The same answers under every other published instrument: what is covered, what it comes to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assessment.models import Submission
from questionnaires.instruments import Definition
from questionnaires.models import InstrumentVersion
from questionnaires.usage import current_versions
from reports.annex_model import Derived, OtherResult
from scoring.crosswalk import Coverage, Translation
from scoring.crosswalk_bounds import Bounds
from scoring.crosswalk_results import under
from scoring.numbers import Text, decimal
from scoring.shape import definition_of, levels_of


def crosswalk(submission: Submission) -> list[OtherResult]:
    """Every other instrument, the most covered first; of those with nothing covered no score."""
    own = submission.round.instrument_version
    current = [v.pk for v in current_versions() if v.instrument_id != own.instrument_id]
    others = InstrumentVersion.objects.filter(pk__in=current).select_related("instrument")
    found = [_under(submission, definition_of(own), version) for version in others]
    return sorted(found, key=lambda each: (-each.percent, each.code))


def results_among(rows: list[OtherResult]) -> list[OtherResult]:
    """Those that give a result: at least one scored question is covered."""
    return [row for row in rows if row.has_result]


def _under(submission: Submission, source: Definition, version: InstrumentVersion) -> OtherResult:
    target = definition_of(version)
    done, ends = under(target, submission.answers_json, source, submission.profile)
    share, by_points = _share(done.coverage)
    return OtherResult(
        code=version.instrument.code,
        version=version.version,
        title=version.title,
        percent=decimal(round(float(share) * 100, 1)),
        by_points=by_points,
        questions=done.coverage.questions,
        all_questions=done.coverage.all_questions,
        covered=[target.questions[code].text for code in done.covered],
        derived=_derived(source, target, done),
        open=[target.questions[code].text for code in done.open],
        **_ends(target, ends),
    )


def _ends(target: Definition, ends: Bounds | None) -> dict[str, Any]:
    if ends is None:
        return {}
    names: list[Text] = [level.name for level in levels_of(target)]
    return {
        "low": ends.low,
        "high": ends.high,
        "max": ends.max,
        "part": ends.covered,
        "level_low": names[ends.level_low] if names else {},
        "level_high": names[ends.level_high] if names else {},
    }


def _derived(source: Definition, target: Definition, done: Translation) -> list[Derived]:
    return [
        Derived(target.questions[code].text, source.questions[one.source].text, one.rule.reason)
        for code, one in done.given.items()
        if one.rule
    ]


def _share(done: Coverage) -> tuple[Fraction, bool]:
    """The share of the points, else of the questions; and whether it is of the points."""
    if done.points is not None:
        return done.points, True
    share = Fraction(done.questions, done.all_questions) if done.all_questions else Fraction(0)
    return share, False
