"""Support rules for one enterprise: its frozen profile and answers, and the facts it entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.facts.fields import FactField, fact_fields
from assessment.facts.known import Known, known_facts, latest_submission
from assessment.models import Organisation, Submission
from questionnaires.answers.profiles import Profile, read_profile
from questionnaires.models import Policy
from scoring.policies import Match, match


@dataclass(frozen=True)
class Support:
    """Every support rule with its match, in the order of the documents; what was known for it."""

    rows: list[tuple[Policy, Match]]
    profile: Profile
    known: dict[str, Known]
    fields: dict[str, FactField]
    submission: Submission | None


def support_of(
    organisation: Organisation, submission: Submission | None = None, today: date | None = None
) -> Support:
    """Match all rules with an enterprise.

    ``submission`` gives the profile as it was frozen and the answers; without one the latest
    submitted counts, and without any the enterprise's present profile. A fact entered for the
    matching counts before an answer.
    """
    submission = submission or latest_submission(organisation)
    fields = fact_fields()
    known = known_facts(organisation, fields, submission)
    rules = list(
        Policy.objects.filter(nature=Policy.Nature.SUPPORT)
        .select_related("source")
        .order_by("-area", "source__code", "position", "code")
    )
    frozen = submission.profile if submission and submission.profile else _present(organisation)
    profile, _errors, _warnings = read_profile(frozen)
    values = {code: one.value for code, one in known.items()}
    matches = match(rules, profile, values, today)
    return Support(list(zip(rules, matches, strict=True)), profile, known, fields, submission)


def _present(organisation: Organisation) -> dict[str, Any]:
    """The enterprise as it stands today; the size class follows from the facts."""
    return {
        "region": organisation.region.code,
        "industry": organisation.industry.code,
        "size": organisation.size or None,
        "employees": organisation.employees,
        "revenue": float(organisation.revenue),
        "assets": float(organisation.assets),
    }
