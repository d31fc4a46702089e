"""Whether two rounds measured the same, and if not, which part did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessment.models import Round

# Keys of a definition that say something to people and nothing to the engine.
WORDS = {"title", "text", "name", "notice", "advice", "hint", "help", "version", "status", "source"}
WORDS |= {"locator", "translations", "published"}


@dataclass(frozen=True)
class Comparable:
    """``scores``: total, dimensions and levels mean the same. ``reason`` says why something is
    not compared; with ``nothing`` no part is."""

    scores: bool
    nothing: bool
    reason: str


def compare(earlier: Round, later: Round) -> Comparable:
    """Two rounds, with their instrument versions loaded."""
    before, after = earlier.instrument_version, later.instrument_version
    if before.instrument_id != after.instrument_id:
        return Comparable(
            False, True, _("Not comparable: the rounds used different questionnaires.")
        )
    inside = earlier.region.covers(later.region) or later.region.covers(earlier.region)
    if not inside:
        return Comparable(False, True, _("Not comparable: the rounds are of different regions."))
    if before.pk == after.pk or scoring_of(before.definition) == scoring_of(after.definition):
        return Comparable(True, False, _unlike(earlier, later))
    message = _(
        "Total, dimensions and levels are not comparable: versions %(before)s and %(after)s score "
        "differently. Indicators of the same definition are compared."
    )
    versions = {"before": before.version, "after": after.version}
    return Comparable(False, False, message % versions)


def _unlike(earlier: Round, later: Round) -> str:
    if earlier.counts == later.counts:
        return ""
    return _(
        "One of the two rounds counts verified submissions only: enterprises that are in both are "
        "those counted in both, and who joined or left may only have been verified or not."
    )


def scoring_of(definition: Any) -> Any:
    """A stored definition without its words: two that are equal here score alike."""
    if isinstance(definition, dict):
        if definition and set(definition) <= {"zh", "en"}:
            return None
        return {key: scoring_of(value) for key, value in definition.items() if key not in WORDS}
    if isinstance(definition, list):
        return [scoring_of(value) for value in definition]
    return definition
