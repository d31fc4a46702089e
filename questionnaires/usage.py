"""Who uses an indicator: questions and computed values of instruments, and support rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from questionnaires.models import InstrumentVersion, Policy

Text = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """A question, or a value computed from questions, of a published version."""

    version: InstrumentVersion
    code: str
    text: Text
    computed: bool = False


@dataclass(frozen=True)
class Part:
    """What a definition says of one question or computed value."""

    code: str
    indicator: str
    text: Text
    computed: bool


def current_versions() -> list[InstrumentVersion]:
    """The newest published version of each instrument, without their definitions."""
    rows = InstrumentVersion.objects.filter(published=True).select_related("instrument")
    newest = {
        row.instrument_id: row for row in rows.order_by("loaded_at", "pk").defer("definition")
    }
    return sorted(newest.values(), key=lambda version: version.instrument.code)


_kept: dict[str, tuple[Part, ...]] = {}
MOST_KEPT = 200


def parts_of(versions: list[InstrumentVersion]) -> Iterator[tuple[InstrumentVersion, Part]]:
    """Every question and computed value of the versions.

    A published version never changes, so its parts are kept by its hash; definitions are read from
    the database only for versions not met before, all in one query.
    """
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    new = [version.pk for version in versions if version.sha256 not in _kept]
    if new:
        rows = InstrumentVersion.objects.filter(pk__in=new).values_list("sha256", "definition")
        _kept.update((sha256, tuple(_parts(definition))) for sha256, definition in rows)
    return ((version, part) for version in versions for part in _kept[version.sha256])


def _parts(definition: dict[str, Any]) -> Iterator[Part]:
    for section in definition["sections"]:
        for question in section["questions"]:
            indicator = question.get("indicator") or ""
            yield Part(question["code"], indicator, question["text"], False)
    for value in definition.get("computed") or []:
        yield Part(value["code"], value.get("indicator") or "", value["title"], True)


def asking_for(indicator: str) -> list[Asked]:
    """Questions of current instruments whose answers count for the indicator."""
    return [
        Asked(version, part.code, part.text, part.computed)
        for version, part in parts_of(current_versions())
        if part.indicator == indicator
    ]


def rules_reading(indicator: str) -> list[Policy]:
    """Support rules whose conditions or amounts read the indicator."""
    rows = Policy.objects.values_list("pk", "inputs")
    keys = [pk for pk, inputs in rows if indicator in inputs]
    return list(Policy.objects.filter(pk__in=keys).select_related("source")) if keys else []
