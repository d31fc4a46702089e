"""The shipped files as model instances that no database has seen.

Exports read the database; before it holds the catalogue they show what is shipped.
"""

from __future__ import annotations

from typing import Any

from questionnaires.catalogue import store
from questionnaires.catalogue.loading import shipped_entries
from questionnaires.catalogue.problems import Unusable
from questionnaires.catalogue.rows import ORDER, Row
from questionnaires.models import Instrument, InstrumentVersion, Source

LINKED = ("source", "indicator")


def is_loaded() -> bool:
    """Whether the database holds a catalogue."""
    return store.ready() and Source.objects.exists()


def shipped(kind: str) -> list[Any]:
    """Every entry of a kind, linked to others as in the database. Raises Unusable on problems."""
    return shipped_kinds(kind)[0]


def shipped_kinds(*kinds: str) -> list[list[Any]]:
    """The same for several kinds, the files read once."""
    rows, editions, problems = shipped_entries()
    if problems:
        raise Unusable(str(problems[0]))
    made: dict[str, dict[str, Any]] = {}
    for name in ORDER:
        made[name] = {code: _instance(name, code, row, made) for code, row in rows[name].items()}
    versions = [_version(edition, made["sources"]) for edition in editions]
    return [versions if kind == "instruments" else list(made[kind].values()) for kind in kinds]


def _instance(kind: str, code: str, row: Row, made: dict[str, dict[str, Any]]) -> Any:
    model = store.MODELS[kind]
    values = {
        name: made[f"{name}s"].get(value) if name in LINKED and _links(model, name) else value
        for name, value in row.values.items()
    }
    return model(code=code, **values)


def _links(model: Any, name: str) -> bool:
    return bool(model._meta.get_field(name).is_relation)


def _version(edition: Any, sources: dict[str, Any]) -> InstrumentVersion:
    definition = edition.definition
    cited = (definition.get("source") or {}).get("code")
    return InstrumentVersion(
        instrument=Instrument(code=edition.code, title=definition["title"]),
        version=definition["version"],
        status=definition["status"],
        title=definition["title"],
        notice=definition.get("notice") or {},
        source=sources.get(cited) if cited else None,
        sha256=edition.sha256,
    )
