"""From a loaded YAML document to a definition, with every fault found on the way."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from questionnaires.instruments import definition as parts
from questionnaires.instruments import points, questions
from questionnaires.instruments.crosschecks import cross_check
from questionnaires.instruments.definition import Definition
from questionnaires.instruments.fields import Part
from questionnaires.instruments.including import Find, spliced
from questionnaires.instruments.problems import Problem, from_pydantic
from questionnaires.instruments.said import say

MOST_DEPTH = 100
_SEE = say("write it as docs/instrument-format.md shows")
_SHALLOW = say("at most %(count)s levels of nesting", count=MOST_DEPTH)


def validate(document: Any, find: Find | None = None) -> tuple[Definition | None, list[Problem]]:
    """Check a document. The definition is None when, and only when, there are problems.

    Never raises on bad data. Faults of shape are reported first; references and expressions are
    checked once the shape is right. ``find`` gives the modules that ``include`` names.
    """
    if not isinstance(document, dict):
        return None, [Problem((), "not_a_mapping", say("keys and values at the top"), _SEE)]
    if _too_deep(document):
        return None, [Problem((), "too_deep", _SHALLOW, say("nest less"))]
    document, faults = spliced(document, find)
    if faults:
        return None, faults
    try:
        found = Definition.model_validate(document)
    except ValidationError as error:
        return None, from_pydantic(error, document, _field_names())
    problems = cross_check(found)
    return (None, problems) if problems else (found, [])


def _too_deep(document: Any) -> bool:
    """Whether data nests deeper than any instrument does (or contains itself)."""
    level = [document]
    for _ in range(MOST_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
        if len(level) > 1_000_000:
            return True
    return True


def _inside(value: Any) -> list[Any]:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, dict | list)]


def _field_names() -> set[str]:
    classes = [
        thing
        for module in (parts, points, questions)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Part)
    ]
    return {name for cls in classes for name in cls.model_fields}
