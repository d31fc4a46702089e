"""One answer set under another instrument: what it covers, and the ends its score lies between."""

from __future__ import annotations

import re
from typing import Any

from questionnaires.instruments import Definition
from scoring.crosswalk import Translation, translate
from scoring.crosswalk_bounds import Bounds, bounds
from scoring.one import score_one


def under(
    target: Definition, answers: Any, source: Definition, profile: Any
) -> tuple[Translation, Bounds | None]:
    """What ``answers`` to ``source`` give of ``target``, and the bounds of its score.

    No bounds where nothing scored is covered, and where the instrument has no score.
    """
    first = translate(answers, source, target)
    scored = score_one(target, profile, first.answers) if first.covered else {}
    skipped = certainly_not_asked(target, scored.get("not_asked", []), first)
    done = translate(answers, source, target, skipped)
    if not done.coverage.scored:
        return done, None
    derived = [code for code, one in done.given.items() if one.rule]
    return done, bounds(target, profile, done.answers, done.open, derived)


def certainly_not_asked(target: Definition, not_asked: list[str], done: Translation) -> list[str]:
    """Questions left out by the profile or by covered answers; one whose condition rests on an
    open question may still be asked and stays among the remaining."""
    unknown = set(done.open) - set(not_asked)
    return [code for code in not_asked if not unknown & _names(target, code)]


def _names(target: Definition, code: str) -> set[str]:
    """Words of the conditions a question is asked on."""
    section = next(s for s in target.sections if any(q.code == code for q in s.questions))
    conditions: list[Any] = [section.relevant, target.questions[code].relevant]
    return {word for each in conditions if each for word in re.findall(r"[\w-]+", str(each))}
