"""Instrument files among the catalogue's: their rules live in ``questionnaires.instruments``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from questionnaires.catalogue.documents import Document, Place
from questionnaires.catalogue.modules import find_module
from questionnaires.instruments import canonical, sha256_of, validate

FORMAT = "shuheng.instrument/1"


@dataclass(frozen=True)
class Edition:
    """One version of an instrument in its canonical form, which ``sha256`` is the hash of."""

    code: str
    version: str
    definition: dict[str, Any]
    sha256: str

    @property
    def label(self) -> str:
        return f"{self.code}@{self.version}"

    @property
    def source(self) -> str | None:
        """Code of the document the instrument is taken from."""
        source = self.definition.get("source")
        return source["code"] if source else None

    def sources(self) -> Iterator[tuple[str, Place]]:
        """Codes of all sources named, with their places."""
        return _named(self.definition, "source", ())

    def indicators(self) -> Iterator[tuple[str, Place]]:
        """Codes of the indicators that questions and computed values answer, with their places."""
        return _named(self.definition, "indicator", ())


def _named(part: Any, key: str, place: Place) -> Iterator[tuple[str, Place]]:
    """Every ``key: code`` or ``key: {code: …}`` anywhere in ``part``."""
    if isinstance(part, list):
        for number, child in enumerate(part):
            yield from _named(child, key, (*place, number))
    elif isinstance(part, dict):
        for name, child in part.items():
            if name == key and child:
                yield (child["code"] if isinstance(child, dict) else child), (*place, name)
            else:
                yield from _named(child, key, (*place, name))


def read(document: Document) -> Edition | None:
    """The edition in ``document``; None, with problems noted, when it is not sound."""
    definition, problems = validate(document.data, lambda label: find_module(label, document.file))
    label = _label(document.data)
    for problem in problems:
        entry = _nearest_code(document.data, problem.path) or label
        line = document.line(problem.path)
        document.complain(line, problem.code, problem.expected, problem.fix, entry)
    if definition is None or problems:
        return None
    data = canonical(definition)
    return Edition(definition.code, definition.version, data, sha256_of(data))


def _label(data: dict[str, Any]) -> str:
    return str(data.get("code") or "")


def _nearest_code(data: Any, path: Place) -> str:
    """The code of the innermost question, option, node … that ``path`` leads into."""
    found = ""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("code"), str):
            found = data["code"]
    return found
