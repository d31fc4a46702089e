"""Load catalogue files: check everything, show what changes, write it in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from questionnaires.catalogue import editions, store
from questionnaires.catalogue.documents import Document, read_document
from questionnaires.catalogue.entries import Entry, entries_of
from questionnaires.catalogue.problems import Problem, Unusable
from questionnaires.catalogue.references import add_missing, catalogue_files
from questionnaires.catalogue.rows import ORDER, Row, Units, rows_of, unit_of
from questionnaires.catalogue.versions import natural
from questionnaires.models import Indicator


@dataclass
class Outcome:
    """What a load found and did. With problems nothing was written."""

    problems: list[Problem] = field(default_factory=list)
    difference: store.Difference = field(default_factory=store.Difference)
    files: int = 0
    written: bool = False

    @property
    def diff(self) -> list[store.Change]:
        return self.difference.changes


def load_catalogue(paths: Sequence[str | Path] = (), dry_run: bool = False) -> Outcome:
    """Load files and folders; no ``paths`` means the catalogue that is shipped.

    Raises Unusable when a path does not exist, holds no catalogue file, or the database refuses.
    """
    return load_documents([read_document(path, _shown(path)) for path in _files(paths)], dry_run)


def load_documents(documents: Sequence[Document], dry_run: bool = False) -> Outcome:
    """The same for documents already read, as the web form has them."""
    entries = _in_order([entry for document in documents for entry in entries_of(document)])
    _complain_of_twins(entries)
    editions.check_immutable(_instruments(entries))
    needed = add_missing(entries)
    outcome = Outcome(files=len(documents))
    outcome.problems = sorted({p for document in documents for p in document.problems})
    if outcome.problems:
        return outcome
    return _apply(_unique([*needed, *entries]), outcome, dry_run)


def shipped_entries() -> tuple[dict[str, dict[str, Row]], list[Any], list[Problem]]:
    """Rows by kind and code, instrument editions, and problems of the shipped files."""
    documents = [read_document(path, _shown(path)) for path in _files(())]
    entries = _in_order([entry for document in documents for entry in entries_of(document)])
    problems = sorted({p for document in documents for p in document.problems})
    rows = {} if problems else _rows(entries)
    return rows, [entry.data for entry in _instruments(entries)], problems


def _apply(entries: list[Entry], outcome: Outcome, dry_run: bool) -> Outcome:
    rows = _rows(entries)
    if not store.ready():
        if dry_run:
            return outcome
        raise Unusable(_("The database has no tables yet: run “manage.py migrate” first."))
    try:
        with transaction.atomic():
            _compare(entries, rows, outcome.difference)
            if outcome.diff and not dry_run:
                _write(entries, rows, outcome.diff)
        outcome.written = bool(outcome.diff) and not dry_run
    except IntegrityError as error:
        raise Unusable(
            _("Somebody else changed the catalogue at the same time; load it again.")
        ) from error
    return outcome


def _compare(entries: list[Entry], rows: dict[str, dict[str, Row]], d: store.Difference) -> None:
    for kind in ORDER:
        store.compare(kind, rows[kind], d)
    editions.compare(_instruments(entries), d)


def _write(
    entries: list[Entry], rows: dict[str, dict[str, Row]], changes: list[store.Change]
) -> None:
    for kind in ORDER:
        store.write(kind, rows[kind], changes)
    editions.write(_instruments(entries), changes)


def _rows(entries: list[Entry]) -> dict[str, dict[str, Row]]:
    units = _units(entries)
    return {kind: rows_of(kind, entries, units) for kind in ORDER}


def _units(entries: list[Entry]) -> Units:
    """Each indicator's unit: as the files say, else as stored."""
    given = {e.key: unit_of(e.data.unit) for e in entries if e.kind == "indicators"}
    wanted = {e.data.indicator for e in entries if e.kind == "figures"} - set(given)
    if not wanted or not store.ready():
        return given
    stored = Indicator.objects.filter(code__in=wanted)
    return given | {i.code: (i.unit, i.unit_name) for i in stored}


def _instruments(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind == "instruments"]


def _in_order(entries: list[Entry]) -> list[Entry]:
    """Editions by version number, so that the newest is loaded last; the rest as it stands."""
    plain = [entry for entry in entries if entry.kind != "instruments"]
    return plain + sorted(_instruments(entries), key=lambda entry: natural(entry.key))


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    return list({(entry.kind, entry.key): entry for entry in entries}.values())


def _complain_of_twins(entries: Iterable[Entry]) -> None:
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        twin = first.setdefault((entry.kind, entry.key), entry)
        if twin is not entry:
            where = f"{twin.document.file}:{twin.document.line(twin.place)}"
            entry.complain(
                "duplicate-code",
                _("a code used once in its kind; it is also in %(where)s") % {"where": where},
                _("remove one of the two or change its code"),
                "code",
            )


def _files(paths: Sequence[str | Path]) -> list[Path]:
    given = [Path(path) for path in paths] or [Path(settings.CATALOGUE_DIR)]
    found: dict[Path, Path] = {}
    for path in given:
        if not path.exists():
            raise Unusable(_("There is no file or folder “%(path)s”.") % {"path": path})
        files = catalogue_files(path) if path.is_dir() else [path]
        if not files:
            raise Unusable(_("There is no .yaml file in “%(path)s”.") % {"path": path})
        found |= {file.resolve(): file for file in files}
    return list(found.values())


def _shown(path: Path) -> str:
    """The path as a person would type it from where they are."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
