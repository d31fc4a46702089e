"""Whether what an entry points at exists: among the files, in the database, or shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from questionnaires.catalogue import store
from questionnaires.catalogue.documents import Place, read_document
from questionnaires.catalogue.entries import Entry, entries_of
from questionnaires.catalogue.instrument_files import FORMAT
from questionnaires.catalogue.rule_names import is_indicator
from questionnaires.catalogue.tree import parent_code


@dataclass(frozen=True)
class Reference:
    """``entry`` names the ``kind`` entry ``code`` at ``place`` (a path in its document)."""

    entry: Entry
    kind: str
    code: str
    place: Place


def catalogue_files(folder: Path) -> list[Path]:
    """The YAML files of a folder, in a fixed order."""
    found = [path for path in folder.rglob("*.y*ml") if path.suffix in (".yaml", ".yml")]
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def add_missing(entries: list[Entry]) -> list[Entry]:
    """Check all references. Returns the shipped entries that must be loaded along with these.

    What is found nowhere becomes a problem of the entry that names it.
    """
    shipped = _Shipped()
    added: list[Entry] = []
    waiting = entries
    while waiting:
        references = _unresolved(waiting, [*entries, *added])
        found = {
            (r.kind, r.code): entry for r in references if (entry := shipped.find(r.kind, r.code))
        }
        for reference in references:
            if (reference.kind, reference.code) not in found:
                _complain(reference, [*entries, *added], shipped)
        waiting = list(found.values())
        added += waiting
    return added


def _unresolved(asking: Iterable[Entry], given: Iterable[Entry]) -> list[Reference]:
    known = {(entry.kind, entry.key) for entry in given}
    wanted = [r for entry in asking for r in _references(entry)]
    open_ = [r for r in wanted if (r.kind, r.code) not in known]
    stored = {
        (kind, key)
        for kind in {r.kind for r in open_}
        for key in store.known_keys(kind, {r.code for r in open_ if r.kind == kind})
    }
    return [r for r in open_ if (r.kind, r.code) not in stored]


def _references(entry: Entry) -> Iterator[Reference]:
    data, place = entry.data, entry.place
    if entry.kind == "indicators" and data.source:
        yield Reference(entry, "sources", data.source, (*place, "source"))
    elif entry.kind in ("figures", "gaps"):
        yield Reference(entry, "indicators", data.indicator, (*place, "indicator"))
        yield Reference(entry, "sources", data.source, (*place, "source"))
        if len(data.area) == 6 or data.area == "CN":
            yield Reference(entry, "regions", data.area, (*place, "area"))
    elif entry.kind == "regions" and data.code != "CN":
        yield Reference(entry, "regions", parent_code(data.code), (*place, "code"))
    elif entry.kind == "policies":
        yield from _policy_references(entry)
    elif entry.kind == "advice":
        yield Reference(entry, "sources", data.source, (*place, "source"))
        if data.indicator:
            yield Reference(entry, "indicators", data.indicator, (*place, "indicator"))
    elif entry.kind == "instruments":
        yield from _instrument_references(entry)


def _policy_references(entry: Entry) -> Iterator[Reference]:
    yield Reference(entry, "sources", entry.data.source, (*entry.place, "source"))
    yield Reference(entry, "regions", entry.data.area, (*entry.place, "area"))
    for name, place in entry.data.names():
        if is_indicator(name):
            yield Reference(entry, "indicators", name, (*entry.place, *place))


def _instrument_references(entry: Entry) -> Iterator[Reference]:
    for code, place in entry.data.sources():
        yield Reference(entry, "sources", code, place)
    for code, place in entry.data.indicators():
        yield Reference(entry, "indicators", code, place)


def _complain(reference: Reference, entries: list[Entry], shipped: _Shipped) -> None:
    known = {e.key for e in entries if e.kind == reference.kind}
    known |= shipped.keys(reference.kind) | store.all_keys(reference.kind)
    # Among six-digit codes everything looks like everything else.
    close = (
        []
        if reference.kind == "regions"
        else get_close_matches(reference.code, sorted(known), n=1, cutoff=0.7)
    )
    fix = (
        _("write “%(word)s”, or add “%(code)s” to a catalogue file")
        % {"word": close[0], "code": reference.code}
        if close
        else _("correct it, or add “%(code)s” to a catalogue file") % {"code": reference.code}
    )
    what = _(EXPECTED[reference.kind]) % {"code": reference.code}
    document = reference.entry.document
    line = document.line(reference.place)
    document.complain(line, "unknown-reference", what, fix, reference.entry.key)


EXPECTED = {
    "sources": gettext_noop("a source that exists; there is none with the code “%(code)s”"),
    "indicators": gettext_noop("an indicator that exists; there is none with the code “%(code)s”"),
    "regions": gettext_noop("a region that exists; there is none with the code “%(code)s”"),
}


class _Shipped:
    """The entries that come with the product, read only when something else is not found."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], Entry] | None = None

    def find(self, kind: str, key: str) -> Entry | None:
        return self._all().get((kind, key))

    def keys(self, kind: str) -> set[str]:
        return {key for found, key in self._all() if found == kind}

    def _all(self) -> dict[tuple[str, str], Entry]:
        if self._entries is None:
            documents = [read_document(path) for path in catalogue_files(settings.CATALOGUE_DIR)]
            plain = [d for d in documents if _format(d.data) != FORMAT]
            self._entries = {(e.kind, e.key): e for d in plain for e in entries_of(d)}
        return self._entries


def _format(data: object) -> object:
    return data.get("format") if isinstance(data, dict) else None
