"""Scores answers with a shipped instrument, straight from its file: no database, no settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import questionnaires
from questionnaires.instruments import Definition, validate
from scoring.one import score_rows

INSTRUMENTS = Path(questionnaires.__file__).parent / "catalog" / "instruments"


@cache
def definition(code: str) -> Definition:
    document = yaml.safe_load((INSTRUMENTS / f"{code}.yaml").read_text("utf-8"))
    found, problems = validate(document)
    assert found is not None, problems
    return found


def score(code: str, answers: Any, profile: dict[str, Any] | None = None) -> dict[str, Any]:
    """The result object for one enterprise."""
    return score_many(code, [(answers, profile or {})])[0]


def score_many(code: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The result objects of many; a row is its answers, or its answers and profile."""
    pairs = [row if isinstance(row, tuple) else (row, {}) for row in rows]
    given = [(number, profile, answers) for number, (answers, profile) in enumerate(pairs)]
    return score_rows(definition(code), given)
