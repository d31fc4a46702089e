"""What several checks share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questionnaires.instruments.expressions import Scope
from questionnaires.instruments.problems import Path, Problem
from questionnaires.instruments.said import Said, say
from questionnaires.instruments.trial import check_expression


def unique(items: Sequence[tuple[Path, str]], what: Said) -> Iterator[Problem]:
    """Codes that stand there twice."""
    seen: set[str] = set()
    for path, code in items:
        if code in seen:
            expected = say("a code used once; another %(what)s has it", what=what)
            yield Problem(path, "duplicate_code", expected, say("rename “%(code)s”", code=code))
        seen.add(code)


def correct(code: str | None) -> Said:
    """What to do about a code that names nothing."""
    return say("correct “%(code)s”", code=code)


def expression(path: Path, text: str, scope: Scope, condition: bool) -> Iterator[Problem]:
    """Faults of one expression."""
    for fault in check_expression(text, scope, condition).faults:
        yield Problem(path, fault.code, fault.expected, fault.fix)
