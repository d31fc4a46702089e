"""Find the instrument a command names: published, shipped, or a file."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from questionnaires.catalogue.documents import read_document
from questionnaires.catalogue.instrument_files import read
from questionnaires.catalogue.versions import natural
from questionnaires.instruments import Definition, load_definition
from questionnaires.models import InstrumentVersion


class NotUsable(Exception):
    """The instrument cannot be found or has faults; the message says which."""


def find_instrument(name: str) -> Definition:
    """The instrument for ``code``, ``code@version`` or a path to a YAML file.

    Published versions come first; without a database, or before anything was loaded into it, the
    shipped catalogue files serve. Raises NotUsable.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name:
        return from_file(Path(name))
    code, at, version = name.partition("@")
    found = None if at and not version else _published(code, version) or _shipped(code, version)
    if found is None:
        said = _("There is no instrument “%(name)s”. Known: %(known)s.")
        raise NotUsable(said % {"name": name, "known": ", ".join(known())})
    return found


def from_file(path: Path) -> Definition:
    """Read and check one file. Raises NotUsable with every fault, one a line."""
    document = read_document(path)
    edition = read(document) if not document.problems else None
    if edition is None:
        raise NotUsable("\n".join(str(problem) for problem in document.problems))
    return load_definition(edition.definition)


def _published(code: str, version: str) -> Definition | None:
    if not _database_exists():
        return None
    rows = InstrumentVersion.objects.filter(instrument__code=code, published=True)
    rows = rows.filter(version=version) if version else rows
    try:
        newest = max(rows, key=lambda row: natural(row.version), default=None)
    except DatabaseError:  # not migrated yet, or out of reach
        return None
    return load_definition(newest.definition) if newest else None


def _database_exists() -> bool:
    """Asking SQLite for a database that is not there would create an empty one."""
    name = str(connection.settings_dict["NAME"])
    in_memory = "memory" in name
    return connection.vendor != "sqlite" or in_memory or Path(name).exists()


def _shipped(code: str, version: str) -> Definition | None:
    """The shipped file of that code, the last by version when several have it."""
    found = [
        (natural(has), path)
        for path in sorted(_folder().glob("*.yaml"))
        if (has := _version(path, code)) is not None and has == (version or has)
    ]
    return from_file(max(found)[1]) if found else None


def _version(path: Path, code: str) -> str | None:
    """The version in a file of the instrument ``code``; None when it is of another."""
    if code.encode() not in path.read_bytes():  # spares reading most files as YAML
        return None
    data = read_document(path).data
    if not isinstance(data, dict) or data.get("code") != code:
        return None
    return str(data.get("version", ""))


def _folder() -> Path:
    return Path(settings.CATALOGUE_DIR) / "instruments"


def known() -> list[str]:
    """Codes of the shipped instruments, for messages."""
    found = (read_document(path).data for path in sorted(_folder().glob("*.yaml")))
    return sorted(
        {str(data["code"]) for data in found if isinstance(data, dict) and "code" in data}
    )
