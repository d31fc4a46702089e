"""The database side: what is there, what a load would change, and the writing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.utils import OperationalError

from questionnaires.catalogue.rows import COLUMNS, Row
from questionnaires.catalogue.tree import NATION, parent_code, step
from questionnaires.models import Advice, Figure, Gap, Indicator, Industry, Policy, Region, Source

MODELS: dict[str, type[models.Model]] = {
    "sources": Source,
    "regions": Region,
    "industries": Industry,
    "indicators": Indicator,
    "figures": Figure,
    "gaps": Gap,
    "policies": Policy,
    "advice": Advice,
}
LINKS: dict[str, type[models.Model]] = {"source": Source, "indicator": Indicator}
BATCH = 500


@dataclass(frozen=True)
class Change:
    """What a load does to one entry. ``fields`` are (name, old, new); empty when it is new."""

    kind: str
    key: str
    title: Any
    action: str  # added, changed
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass
class Difference:
    """All changes of a load, in the order they are written, and how many entries stay."""

    changes: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)


def known_keys(kind: str, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that the database has."""
    return set(keys) & all_keys(kind)


def all_keys(kind: str) -> set[str]:
    return set(_manager(kind).values_list("code", flat=True)) if ready() else set()


def ready() -> bool:
    """Whether there is a database with this room's tables: checking files needs none."""
    try:
        return Source._meta.db_table in connection.introspection.table_names()
    except OperationalError:
        return False


def compare(kind: str, rows: dict[str, Row], difference: Difference) -> None:
    """Note what writing ``rows`` would change."""
    present = existing(kind, rows)
    for key, row in rows.items():
        old = present.get(key)
        if old is None:
            difference.changes.append(Change(kind, key, row.title, "added"))
            continue
        fields = tuple(
            (name, old[name], value) for name, value in row.values.items() if old[name] != value
        )
        if fields:
            difference.changes.append(Change(kind, key, row.title, "changed", fields))
        else:
            difference.unchanged[kind] += 1


def existing(kind: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Stored values by code, links as codes."""
    paths = {name: f"{name}__code" if name in LINKS else name for name in COLUMNS[kind]}
    wanted = set(keys)
    rows = _manager(kind).values_list("code", *paths.values()) if ready() else []
    return {
        code: {name: _blank(name, value) for name, value in zip(paths, values, strict=True)}
        for code, *values in rows
        if code in wanted
    }


def write(kind: str, rows: dict[str, Row], changes: Iterable[Change]) -> None:
    """Write the changed rows of one kind, in bulk. The caller holds the transaction."""
    mine = [change for change in changes if change.kind == kind]
    links = {
        name: dict(model._default_manager.values_list("code", "pk"))
        for name, model in LINKS.items()
        if name in COLUMNS[kind]
    }
    added = {c.key: _columns(rows[c.key], links) for c in mine if c.action == "added"}
    changed = {c.key: _columns(rows[c.key], links) for c in mine if c.action == "changed"}
    _create(kind, added)
    _update(kind, changed)


def _create(kind: str, added: dict[str, dict[str, Any]]) -> None:
    model = MODELS[kind]
    if kind == "regions":
        _place(added)
    _manager(kind).bulk_create(
        [model(code=key, **values) for key, values in added.items()], batch_size=BATCH
    )
    if kind == "regions" and added:
        _count_children()


def _update(kind: str, changed: dict[str, dict[str, Any]]) -> None:
    if not changed:
        return
    objects = list(_manager(kind).filter(code__in=list(changed)))
    for found in objects:
        for name, value in changed[found.code].items():
            setattr(found, name, value)
    names = sorted(next(iter(changed.values())))
    _manager(kind).bulk_update(objects, names, batch_size=BATCH)


def _place(added: dict[str, dict[str, Any]]) -> None:
    """Give new regions their tree path; parents first, since children build on theirs."""
    paths = dict(Region.objects.values_list("code", "path"))
    for code in sorted(added, key=lambda code: (code != NATION, code)):
        above = paths[parent_code(code)] if code != NATION else ""
        paths[code] = above + step(code)
        added[code] |= {"path": paths[code], "depth": len(paths[code]) // Region.steplen}


def _count_children() -> None:
    regions = list(Region.objects.all())
    below = Counter(region.path[: -Region.steplen] for region in regions)
    wrong = [region for region in regions if region.numchild != below[region.path]]
    for region in wrong:
        region.numchild = below[region.path]
    Region.objects.bulk_update(wrong, ["numchild"], batch_size=BATCH)


def _columns(row: Row, links: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Values as the model takes them: codes of other entries become their keys."""
    values = dict(row.values)
    for name, keys in links.items():
        code = values.pop(name)
        values[f"{name}_id"] = keys[code] if code else None
    return values


def _blank(name: str, value: Any) -> Any:
    return "" if value is None and name in LINKS else value


def _manager(kind: str) -> models.Manager[Any]:
    return MODELS[kind]._default_manager
