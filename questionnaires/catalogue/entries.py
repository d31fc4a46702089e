"""From a read file to checked entries: which kind each is, and what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from questionnaires.catalogue import instrument_files
from questionnaires.catalogue.documents import Document, Place
from questionnaires.catalogue.kinds import ENTRIES
from questionnaires.catalogue.schema import Strict

FORMAT = "shuheng.catalogue/1"
KINDS = (*ENTRIES, "instruments")
TOP_KEYS = ("format", "note", "defaults", *ENTRIES)


@dataclass(frozen=True)
class Entry:
    """One checked entry. ``key`` identifies it in its kind; an instrument's is code@version."""

    kind: str
    key: str
    data: Any  # a schema model, or an instrument_files.Edition
    document: Document
    place: Place

    def complain(self, rule: str, expected: str, fix: str, field: str | None = None) -> None:
        """Note a problem on this entry's line, or on the line of one of its fields."""
        place = (*self.place, field) if field else self.place
        self.document.complain(self.document.line(place), rule, expected, fix, self.key)


def entries_of(document: Document) -> list[Entry]:
    """Every sound entry of ``document``; faults are added to the document's problems."""
    if document.data is None:
        return []
    if not isinstance(document.data, dict):
        document.complain(
            1, "not-a-map", _("keys and values, beginning with “format:”"), _format_fix()
        )
        return []
    form = document.data.get("format")
    if form == instrument_files.FORMAT:
        edition = instrument_files.read(document)
        return [Entry("instruments", edition.label, edition, document, ())] if edition else []
    if form != FORMAT:
        document.complain(
            document.line(("format",)),
            "format",
            _("“format: %(one)s” or “format: %(two)s”")
            % {"one": FORMAT, "two": instrument_files.FORMAT},
            _format_fix(),
        )
        return []
    return list(_catalogue_entries(document))


def _format_fix() -> str:
    return _("write the format line first; docs/catalogue-format.md shows a whole file")


def _catalogue_entries(document: Document) -> Iterator[Entry]:
    for key in document.data:
        if key not in TOP_KEYS:
            _unknown_key(document, (key,), key, TOP_KEYS, "")
    defaults = _defaults(document)
    for kind, model in ENTRIES.items():
        rows = document.data.get(kind)
        if rows is None:
            continue
        if not isinstance(rows, list):
            expected = _("a list: one “- code: …” for each entry")
            document.complain(
                document.line((kind,)), "not-a-list", expected, _("begin entries with “- ”")
            )
            continue
        for number, row in enumerate(rows):
            entry = _entry(document, kind, model, (kind, number), row, defaults.get(kind, {}))
            if entry is not None:
                yield entry


def _defaults(document: Document) -> dict[str, dict[str, Any]]:
    """``defaults: {figures: {area: CN}}``: what entries of a kind need not repeat."""
    given = document.data.get("defaults") or {}
    if not isinstance(given, dict) or not all(isinstance(v, dict) for v in given.values()):
        document.complain(
            document.line(("defaults",)),
            "defaults",
            _("keys and values for each kind, as in “defaults: {figures: {area: CN}}”"),
            _("write it so, or remove it"),
        )
        return {}
    for kind in set(given) - set(ENTRIES):
        _unknown_key(document, ("defaults", kind), kind, tuple(ENTRIES), "")
    return {
        kind: {key: value for key, value in keys.items() if key != "code"}
        for kind, keys in given.items()
    }


def _entry(
    document: Document,
    kind: str,
    model: type[Strict],
    place: Place,
    row: Any,
    defaults: dict[str, Any],
) -> Entry | None:
    if not isinstance(row, dict):
        expected = _("an entry with keys and values, beginning with “code:”")
        document.complain(document.line(place), "not-a-map", expected, _("write “- code: …”"))
        return None
    merged = {**defaults, **row}
    try:
        data = model.model_validate(merged)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _explain(document, model, place, merged, row, detail)
        return None
    return Entry(kind, data.code, data, document, place)  # type: ignore[attr-defined]


def _explain(
    document: Document,
    model: type[Strict],
    place: Place,
    merged: dict[str, Any],
    row: dict[str, Any],
    detail: ErrorDetails,
) -> None:
    """Add one problem for one of pydantic's complaints."""
    code = merged.get("code")
    shown = str(code) if isinstance(code, str | int) else ""
    where = detail["loc"]
    name = str(where[0]) if where else ""
    if detail["type"] == "extra_forbidden" and len(where) == 1:
        _unknown_key(document, (*place, name), name, tuple(model.model_fields), shown)
        return
    given_here = name in row or not name
    spot = (*place, *where) if given_here else ("defaults", place[0], *where)
    line = document.line(spot if name in merged else place)
    if detail["type"] == "missing":
        expected = _("“%(field)s” (required)") % {"field": ".".join(map(str, where))}
        document.complain(line, "missing", expected, _("add it"), shown)
        return
    document.complain(line, _rule(detail), _expected(model, name, detail), _fix(detail), shown)


def _rule(detail: ErrorDetails) -> str:
    kind = detail["type"]
    for beginning, rule in _RULES.items():
        if kind.startswith(beginning):
            return rule
    return kind.replace("_", "-")


_RULES = {
    "literal_error": "choice",
    "extra_forbidden": "unknown-key",
    "string_pattern": "pattern",
    "string_too_short": "empty",
    "too_short": "empty",
    "string_too": "too-long",
    "string_": "not-a-text",
    "model_": "not-a-text",
    "decimal_": "number",
    "finite_": "number",
    "int_": "number",
    "less_": "number",
    "greater_": "number",
}


def _expected(model: type[Strict], name: str, detail: ErrorDetails) -> str:
    field = model.model_fields.get(name)
    prefix = f"“{name}”: " if name else ""
    if detail["type"] == "literal_error":
        return prefix + _("one of %(choices)s") % {"choices": _choices(detail)}
    if detail["type"] == "string_too_long":
        limit = (detail.get("ctx") or {}).get("max_length")
        return prefix + _("at most %(limit)s characters") % {"limit": limit}
    if _rule(detail) == "empty":
        return prefix + _("a text that is not empty")
    if detail["type"] in _OWN_WORDS:
        said = detail["msg"]
        return prefix + _(said)
    described = _description(field.annotation, field.metadata, field.description) if field else ""
    return prefix + _(described or _AS_DOCUMENTED)


def _description(annotation: Any, metadata: list[Any], own: str | None) -> str:
    """A field's description, also where it belongs to one side of ``… | None``."""
    inner = [part for part in get_args(annotation) if part is not type(None)]
    found = [m.description for m in [*metadata, *inner] if getattr(m, "description", None)]
    deeper = (_description(part, [], None) for part in inner if get_args(part))
    return own or (found[0] if found else next(filter(None, deeper), ""))


_AS_DOCUMENTED = gettext_noop("a value in the form that docs/catalogue-format.md gives")
# Faults between fields: what to do about each.
_OWN_WORDS = {
    "area": gettext_noop("replace the code"),
    "range": gettext_noop("give both ends, or another operator"),
    "base_year": gettext_noop("give an earlier base_year, or another form"),
    "period": gettext_noop("write the earlier year first"),
    "roll_up": gettext_noop("remove roll_up, or change level"),
    "expression": gettext_noop("correct the expression"),
    "amount": gettext_noop("complete the amount, or remove it"),
    "valid_to": gettext_noop("give the later date second"),
}


def _choices(detail: ErrorDetails) -> str:
    expected = str((detail.get("ctx") or {}).get("expected", ""))
    return expected.replace("'", "").replace(" or ", ", ")


def _fix(detail: ErrorDetails) -> str:
    given = detail["input"]
    if detail["type"] == "literal_error":
        choices = _choices(detail).split(", ")
        close = difflib.get_close_matches(str(given), choices, n=1)
        if close:
            return _("write “%(word)s”") % {"word": close[0]}
    if detail["type"] in _OWN_WORDS:
        words = _OWN_WORDS[detail["type"]]
        return _(words)
    if isinstance(given, dict | list | type(None)) or given == "":
        return _("write it in this form")
    return _("replace “%(given)s”") % {"given": str(given)[:60]}


def _unknown_key(
    document: Document, place: Place, key: str, known: tuple[str, ...], code: str
) -> None:
    close = difflib.get_close_matches(key, known, n=1)
    fix = (
        _("write “%(word)s”") % {"word": close[0]}
        if close
        else _("remove “%(key)s”") % {"key": key}
    )
    expected = _("one of the keys %(keys)s") % {"keys": ", ".join(known)}
    document.complain(document.line(place), "unknown-key", expected, fix, code)
