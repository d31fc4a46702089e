"""Builds the one report that page, PDF, workbook and API show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from assessment.models import Submission
from questionnaires.instruments import Definition
from questionnaires.instruments.weighting import weighted
from questionnaires.models import InstrumentVersion
from reports.building import dimensions, indicators, people, steps, targets, trace
from reports.building.answers import plain
from reports.building.dimensions import known
from reports.building.weights import notice_of
from reports.model import Cohort, ResultReport
from scoring.benchmarks import Standing, standing
from scoring.counted import in_words
from scoring.models import Result
from scoring.numbers import Text, decimal
from scoring.shape import LevelShape, definition_of, levels_of
from scoring.words import sentence


def build(result: Result) -> ResultReport:
    """Everything a report on a scored ``result`` says."""
    submission = result.submission
    version = submission.round.instrument_version
    definition = weighted(definition_of(version), submission.round.weights)
    place, peers = people.region_of(submission), standing(result)
    rows = dimensions.rows(definition, result.payload, peers.nodes, peers.percentiles)
    strong, weak = dimensions.strengths_and_weaknesses(rows)
    beside = targets.rows(definition, result.payload, place, submission.round.year)
    return ResultReport(
        **_identity(result, submission, version),
        **_outcome(definition, result.payload),
        **_peers(peers),
        region=people.place(place),
        industry=people.industry(submission),
        size=people.size(submission),
        dimensions=rows,
        strengths=strong,
        weaknesses=weak,
        next_steps=steps.steps(result),
        targets=beside,
        indicators=indicators.rows(definition, result.payload, peers),
        sources=targets.sources(version.source, beside),
    )


def report_number(submission: Submission) -> str:
    return f"SH-{submission.round.year}-{submission.pk:06d}"


def _identity(result: Result, submission: Submission, version: InstrumentVersion) -> dict[str, Any]:
    organisation, round = submission.organisation, submission.round
    return {
        "result_id": result.pk,
        "submission_id": submission.pk,
        "round_id": round.pk,
        "number": report_number(submission),
        "organisation": organisation.name,
        "credit_code": organisation.credit_code,
        "round_title": round.title,
        "year": round.year,
        "instrument_title": version.title,
        "instrument_label": version.label,
        "notice": notice_of(version, round),
        "status": version.status,
        "synthetic": submission.synthetic or organisation.synthetic or round.synthetic,
        "submitted_at": submission.submitted_at,
        "receipt": submission.receipt or "",
        "scored_at": result.scored_at,
        "instrument_sha256": result.instrument_sha256,
        "inputs_sha256": result.inputs_sha256,
        "engine": result.engine,
        "today": timezone.localdate(),
        "verified": _verified(submission),
        "counted": in_words(round),
    }


def _verified(submission: Submission) -> Text:
    """When and by which office the answers were verified, without the officer's note."""
    if submission.verified_at is None:
        return {}
    day = timezone.localdate(submission.verified_at).isoformat()
    return sentence("verified", day=day, region=submission.round.region.name)


def _outcome(definition: Definition, payload: dict[str, Any]) -> dict[str, Any]:
    ranks = levels_of(definition)
    level = payload.get("level") or 0
    return {
        "total": known(payload.get("total")),
        "max": decimal(payload.get("max") or 0),
        **_level(ranks, level),
        "binding": steps.bindings(payload),
        "score_suffices": steps.score_suffices(definition, payload),
        "trace": trace.parts(definition, payload),
        "trace_sum": trace.total(payload),
        "unanswered": _titles(definition, payload.get("unanswered", [])),
        "not_applicable": _titles(definition, payload.get("not_applicable", [])),
        "warnings": [plain(each.get("message")) for each in payload.get("warnings", [])],
    }


def _level(ranks: list[LevelShape], level: int) -> dict[str, Any]:
    """Name and text of the level reached, and the name of the one above."""
    at = ranks[level] if level < len(ranks) else None
    above = ranks[level + 1] if level + 1 < len(ranks) else None
    return {
        "level": level,
        "level_count": max(len(ranks) - 1, 0),
        "level_name": at.name if at else {},
        "level_text": at.text if at else {},
        "next_level_name": above.name if above else None,
        "level_names": [rank.name for rank in ranks],
    }


def _titles(definition: Definition, codes: list[str]) -> list[Text]:
    return [trace.title(definition, code) for code in codes]


def _peers(found: Standing) -> dict[str, Any]:
    cohort = found.cohort
    shown = cohort and Cohort(cohort.description, cohort.n, cohort.reason, cohort.synthetic)
    return {"cohort": shown, "cohort_missing": found.missing, "standing": found.percentile}
