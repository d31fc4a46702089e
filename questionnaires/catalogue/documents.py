"""Reads a catalogue file: plain data, and the line every part of it stands on.

YAML by its 1.2 core schema, so that ``yes`` and ``2015-05-08`` stay text, and numbers keep the
digits they were written with. Nothing in a file can name a Python object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from questionnaires.catalogue.core_schema import YAML, CoreLoader, scalar_value
from questionnaires.catalogue.problems import Problem
from questionnaires.instruments.said import Said

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 60
MAX_NODES = 500_000

Place = tuple[str | int, ...]


@dataclass
class Document:
    """A file's content. ``lines`` maps a path such as ``("figures", 3, "value")`` to its line."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Place) -> int:
        """The line of ``path``, or of the nearest part around it that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def complain(
        self, line: int, rule: str, expected: str | Said, fix: str | Said, code: str = ""
    ) -> None:
        self.problems.append(Problem(self.file, line, code, rule, str(expected), str(fix)))


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one file from disk; faults are in the document's ``problems``."""
    document = Document(name or str(path))
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        expected = _("a readable file (%(said)s)") % {"said": error.strerror}
        document.complain(1, "unreadable", expected, _("check the path and its permissions"))
        return document
    if size > MAX_BYTES:
        _too_large(document, size)
        return document
    return parse(raw, document.file)


def parse(raw: bytes, file: str) -> Document:
    """Parse one file's bytes."""
    document = Document(file)
    if len(raw) > MAX_BYTES:
        _too_large(document, len(raw))
        return document
    text = _decode(raw, document)
    root = _compose(text, document) if text is not None else None
    if root is not None:
        document.data = _Builder(document).build(root, ())
    return document


def _too_large(document: Document, size: int) -> None:
    document.complain(
        1,
        "too-large",
        _("at most %(limit)d MB; this file has %(size)d bytes")
        % {"limit": MAX_BYTES // 1024 // 1024, "size": size},
        _("split it into several files"),
    )


def _decode(raw: bytes, document: Document) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        document.complain(line, "encoding", _("UTF-8 text"), _("save the file as UTF-8"))
        return None


def _compose(text: str, document: Document) -> yaml.Node | None:
    """The root node; None, with a problem noted, when the text is no usable YAML."""
    try:
        deep = _line_too_deep(text)
        root = None if deep else yaml.compose(text, Loader=CoreLoader)
    except yaml.YAMLError as error:
        line = _line_of(error)
        expected = _("YAML (the parser says: %(said)s)") % {"said": _said(error)}
        document.complain(line, "yaml", expected, _yaml_fix(error, text, line))
        return None
    if deep:
        expected = _("at most %(limit)d levels of nesting") % {"limit": MAX_DEPTH}
        document.complain(deep, "too-deep", expected, _("flatten it"))
    elif root is None:
        document.complain(
            1, "empty", _("a catalogue file, beginning with “format:”"), _("write its content")
        )
    return root


def _line_too_deep(text: str) -> int:
    """Where nesting goes too deep, or 0. Reads events, since composing recurses."""
    depth = 0
    for event in yaml.parse(text, Loader=CoreLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return event.start_mark.line + 1 if event.start_mark else 1
    return 0


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else 1


def _said(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return str(said).splitlines()[0]


def _yaml_fix(error: yaml.YAMLError, text: str, line: int) -> str:
    shown = text.splitlines()[line - 1 : line]
    indent = shown[0][: len(shown[0]) - len(shown[0].lstrip())] if shown else ""
    if "\t" in indent:
        return _("indent with spaces, not tabs")
    if "control characters" in str(error) or "special characters" in str(error):
        return _("remove the control characters")
    if "another document" in str(error):
        return _("one document to a file: remove the line “---”")
    return _("check indentation, colons and quotes on this line and the one above")


class _Builder:
    """Turns YAML nodes into plain data and notes the line of each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.count = 0
        self.open: list[yaml.Node] = []

    def build(self, node: yaml.Node, path: Place) -> Any:
        line = node.start_mark.line + 1
        self.document.lines.setdefault(path, line)
        self.count += 1
        if self.count > MAX_NODES or any(node is outer for outer in self.open):
            self._refuse_alias(line)
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        if node.tag not in (f"{YAML}map", f"{YAML}seq"):
            self._refuse_tag(node.tag, line)
        self.open.append(node)
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.build(child, (*path, i)) for i, child in enumerate(node.value)]
            return dict(self._entries(node, path))
        finally:
            self.open.pop()

    def _refuse_alias(self, line: int) -> None:
        """A loop, or aliases of aliases that would fill the memory; said once."""
        if not any(problem.rule == "aliases" for problem in self.document.problems):
            self.document.complain(
                line,
                "aliases",
                _("aliases (*name) that neither loop nor multiply"),
                _("write the text out instead of the alias"),
            )

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Any:
        known, value = scalar_value(node.tag, node.value)
        if not known:
            self._refuse_tag(node.tag, line)
        return value

    def _refuse_tag(self, tag: str, line: int) -> None:
        expected = _("plain data, not the tag “%(tag)s”") % {"tag": tag}
        self.document.complain(line, "tag", expected, _("remove the tag"))

    def _entries(self, node: yaml.Node, path: Place) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                expected = _("a plain word before the colon")
                self.document.complain(line, "key", expected, _("write the entries out"))
                continue
            key = key_node.value
            if key in seen:
                expected = _("“%(key)s” once here; it also stands on line %(line)d")
                values = {"key": key, "line": seen[key]}
                self.document.complain(
                    line, "duplicate-key", expected % values, _("keep one of the two")
                )
                continue
            seen[key] = line
            self.document.lines[(*path, key)] = line
            yield key, self.build(value_node, (*path, key))
