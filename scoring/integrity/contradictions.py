"""The instrument's own checks: conditions its authors hold to contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.integrity.batch import Batch, Finding
from scoring.integrity.bounds import Bounds


def contradictions(batch: Batch, bounds: Bounds) -> Iterator[Finding]:
    """One finding a check that holds, in the check's own words."""
    from scoring.engine import score

    compiled = batch.definition.compiled
    if not compiled["checks"]:
        return
    results = score(compiled, batch.coded)
    for check in compiled["checks"]:
        for row in results[f"check.{check['code']}"].arg_true():
            facts = {"message": check["message"]}
            questions = tuple(check["questions"])
            yield Finding(row, "contradiction", "check", check["code"], facts, questions)
