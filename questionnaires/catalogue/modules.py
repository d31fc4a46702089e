"""Find the instrument that another includes: beside its file, shipped, or published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from questionnaires.catalogue import store
from questionnaires.catalogue.documents import read_document
from questionnaires.instruments import canonical, validate
from questionnaires.models import InstrumentVersion


def find_module(label: str, beside: str = "") -> dict[str, Any] | None:
    """The canonical form of ``code@version``; None when there is none that is sound.

    The folder of the file ``beside`` comes first, then the shipped instruments, then what is
    published here: files need no database. A module includes no module itself.
    """
    code, _, version = label.partition("@")
    found = _in_folders(code, version, _folders(beside)) or _published(code, version)
    return None if found is None or found.get("included") else found


def _published(code: str, version: str) -> dict[str, Any] | None:
    try:
        if not store.ready():
            return None
        rows = InstrumentVersion.objects.filter(instrument__code=code, version=version)
        return rows.values_list("definition", flat=True).first()
    except DatabaseError:  # no tables yet, or out of reach
        return None


def _folders(beside: str) -> list[Path]:
    file = Path(beside)
    own = [file.parent] if beside and file.is_file() else []
    return [*own, Path(settings.CATALOGUE_DIR) / "instruments"]


def _in_folders(code: str, version: str, folders: list[Path]) -> dict[str, Any] | None:
    for folder in folders:
        # A file is usually named after its code; the others are read only when it is not.
        for path in sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != code, path.name)):
            data = read_document(path).data
            if isinstance(data, dict) and (data.get("code"), data.get("version")) == (
                code,
                version,
            ):
                definition, _problems = validate(data)
                if definition is not None:
                    return canonical(definition)
    return None
