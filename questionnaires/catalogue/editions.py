"""Instrument versions in the database: immutable once published, with a readable difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.catalogue import store
from questionnaires.catalogue.entries import Entry
from questionnaires.catalogue.instrument_files import Edition
from questionnaires.catalogue.store import Change, Difference
from questionnaires.models import Instrument, InstrumentVersion, Source

MOST_FIELDS = 200


def check_immutable(entries: Iterable[Entry]) -> None:
    """Complain of every edition whose version is published with other content."""
    stored = _hashes()
    for entry in entries:
        published = stored.get(entry.key)
        if published is not None and published != entry.data.sha256:
            entry.complain(
                "published-version",
                _("the content published as %(label)s: SHA-256 %(published)s, not %(own)s")
                % {"label": entry.key, "published": published, "own": entry.data.sha256},
                _("raise “version”: what is published under a version never changes"),
                "version",
            )


def compare(entries: Iterable[Entry], difference: Difference) -> None:
    """Note which editions are new, and what they change against the version before."""
    given = list(entries)
    stored = _hashes()
    newest = _newest({entry.data.code for entry in given if entry.key not in stored})
    for entry in given:
        edition: Edition = entry.data
        if entry.key in stored:
            difference.unchanged["instruments"] += 1
            continue
        before = newest.get(edition.code)
        fields = tuple(changed_fields(before, edition.definition)) if before else ()
        title = edition.definition["title"]
        difference.changes.append(
            Change("instruments", entry.key, title, "added", fields[:MOST_FIELDS])
        )


def write(entries: Iterable[Entry], changes: Iterable[Change]) -> None:
    """Publish the new editions. The caller holds the transaction."""
    keys = {change.key for change in changes if change.kind == "instruments"}
    new = [entry.data for entry in entries if entry.key in keys]
    if not new:
        return
    titles = {edition.code: edition.definition["title"] for edition in new}  # the newest is last
    Instrument.objects.bulk_create(
        [Instrument(code=code, title=title) for code, title in titles.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title"],
    )
    instruments = dict(Instrument.objects.filter(code__in=titles).values_list("code", "pk"))
    sources = dict(Source.objects.values_list("code", "pk"))
    InstrumentVersion.objects.bulk_create(
        [_version(edition, instruments, sources) for edition in new]
    )


def _version(
    edition: Edition, instruments: dict[str, int], sources: dict[str, int]
) -> InstrumentVersion:
    definition = edition.definition
    return InstrumentVersion(
        instrument_id=instruments[edition.code],
        version=edition.version,
        status=definition["status"],
        title=definition["title"],
        notice=definition.get("notice") or {},
        source_id=sources[edition.source] if edition.source else None,
        definition=definition,
        sha256=edition.sha256,
    )


def changed_fields(old: Any, new: Any, name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The leaves that differ between two definitions; parts of lists are matched by their code."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from changed_fields(old.get(key), new.get(key), f"{name}.{key}".lstrip("."))
    elif _coded(old) and _coded(new):
        yield from changed_fields(_by_code(old), _by_code(new), name)
    elif old != new:
        yield name, old, new


def _coded(part: Any) -> bool:
    return isinstance(part, list) and all(
        isinstance(item, dict) and isinstance(item.get("code"), str) for item in part
    )


def _by_code(part: list[dict[str, Any]]) -> dict[str, Any]:
    return {item["code"]: item for item in part}


def _hashes() -> dict[str, str]:
    if not store.ready():
        return {}
    rows = InstrumentVersion.objects.values_list("instrument__code", "version", "sha256")
    return {f"{code}@{version}": sha256 for code, version, sha256 in rows}


def _newest(codes: set[str]) -> dict[str, dict[str, Any]]:
    """The newest published definition of each of these instruments that has one."""
    if not codes or not store.ready():
        return {}
    versions = InstrumentVersion.objects.filter(instrument__code__in=codes)
    oldest_first = versions.order_by("loaded_at", "pk")
    return dict(oldest_first.values_list("instrument__code", "definition"))
