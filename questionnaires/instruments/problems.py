"""What is wrong with an instrument document, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from questionnaires.instruments.said import Said, say

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One fault: ``path`` of keys and indices into the document, and what to do about it."""

    path: Path
    code: str
    expected: Said
    fix: Said

    def __str__(self) -> str:
        place = ".".join(str(step) for step in self.path) or say("the document")
        words = say(
            "%(place)s: %(code)s: expected %(expected)s; %(fix)s",
            place=place,
            code=self.code,
            expected=self.expected,
            fix=self.fix,
        )
        return str(words)


def wrong(code: str, expected: Said, fix: Said) -> PydanticCustomError:
    """Build the error a field validator raises; ``from_pydantic`` takes it apart again."""
    return PydanticCustomError("shuheng", code, {"code": code, "expected": expected, "fix": fix})


def from_pydantic(error: ValidationError, document: Any, names: set[str]) -> list[Problem]:
    """Translate pydantic's findings; ``names`` are all field names, for "did you mean"."""
    found = error.errors(include_url=False)
    problems = [_problem(one, document, names) for one in found if not _follows(one, found)]
    return list(dict.fromkeys(problems))


def _follows(one: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Whether a list only looks too short because its entries have faults of their own."""
    place = one["loc"]
    inside = (other["loc"] for other in others if len(other["loc"]) > len(place))
    return one["type"] == "too_short" and any(loc[: len(place)] == place for loc in inside)


def _problem(found: ErrorDetails, document: Any, names: set[str]) -> Problem:
    path, kind, context = locate(found["loc"], document), found["type"], found.get("ctx") or {}
    name = str(path[-1]) if path else "document"
    if kind == "shuheng":
        return Problem(path, context["code"], context["expected"], context["fix"])
    if kind == "missing":
        field = str(found["loc"][-1])
        expected = say("the field “%(name)s”", name=field)
        return Problem((*path, field), "missing_field", expected, say("add “%(name)s”", name=field))
    if kind == "extra_forbidden":
        known = say("a field that docs/instrument-format.md has here")
        return Problem(path, "unknown_field", known, _rename(name, names))
    if kind in ("union_tag_invalid", "union_tag_not_found", "literal_error"):
        return Problem(path, "unknown_value", _choices(context), say("write one of these"))
    return Problem(path, "wrong_value", _shape(found), say("correct “%(name)s”", name=name))


def _choices(context: Mapping[str, Any]) -> Said:
    listed = str(context.get("expected_tags") or context.get("expected") or "")
    if not listed:
        return say("a kind that docs/instrument-format.md has")
    return say("one of %(choices)s", choices=listed.replace("'", "").replace(" or ", ", "))


def _shape(found: ErrorDetails) -> Said:
    """What pydantic wanted, in our words where it is one of the usual things."""
    context = {name: str(value) for name, value in (found.get("ctx") or {}).items()}
    for kind, words in _SHAPES.items():
        if found["type"].startswith(kind):
            return Said(words.words, tuple(context.items()))
    return say("a value that fits here (%(said)s)", said=found["msg"])


_SHAPES = {
    "bool": say("true or false"),
    "int": say("a whole number"),
    "string": say("a text"),
    "tuple": say("a list, each entry beginning with “- ”"),
    "list": say("a list, each entry beginning with “- ”"),
    "model": say("keys and values"),
    "dict": say("keys and values"),
    "too_short": say("at least %(min_length)s of them"),
    "too_long": say("at most %(max_length)s of them"),
    "greater_than_equal": say("%(ge)s or more"),
    "less_than_equal": say("%(le)s or less"),
}


def _rename(name: str, names: set[str]) -> Said:
    close = get_close_matches(name, names - {name}, n=1)
    if close:
        return say("did you mean “%(name)s”?", name=close[0])
    return say("remove “%(name)s”", name=name)


def locate(steps: tuple[Any, ...], document: Any) -> Path:
    """Keep those steps of pydantic's location that exist in the document (it adds union tags)."""
    path: list[str | int] = []
    for step in steps:
        if isinstance(document, Mapping):
            inside = step in document
        else:
            inside = isinstance(document, list | tuple) and step in range(len(document))
        if inside:
            document = document[step]
            path.append(step)
    return tuple(path)
