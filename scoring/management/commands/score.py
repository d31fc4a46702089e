"""``manage.py score INSTRUMENT [FILE]``: JSON lines of answers in, JSON lines of results out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandParser

from questionnaires.instruments import Definition
from scoring.instruments import NotUsable, find_instrument
from scoring.json_lines import Line, as_line, chunks, trouble
from scoring.one import failed, score_rows

ALL_SCORED, SOME_ERRORS, UNUSABLE = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Score answer sets. Reads one JSON object a line, {id, profile, answers}, and writes one "
        "a line, in the same order (docs/result-format.md). Exit status: 0 all scored, 1 some "
        "lines have errors, 2 the instrument or the file is unusable."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "instrument", metavar="INSTRUMENT", help="code, code@version, or path of a YAML file"
        )
        parser.add_argument("file", nargs="?", metavar="FILE", help="default: standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            definition = find_instrument(options["instrument"])
            stream = _open(options["file"])
        except NotUsable as error:
            self.stderr.write(str(error))
            sys.exit(UNUSABLE)
        except OSError as error:
            self.stderr.write(f"{options['file']}: {error.strerror or error}")
            sys.exit(UNUSABLE)
        with stream:
            status = self._score(definition, stream, options["file"] or "standard input")
        if status != ALL_SCORED:
            sys.exit(status)

    def _score(self, definition: Definition, stream: BinaryIO, name: str) -> int:
        status = ALL_SCORED
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        try:
            for chunk in chunks(stream):
                results = _results(definition, chunk)
                if any(result["errors"] for result in results):
                    status = SOME_ERRORS
                self.stdout.write("".join(as_line(result) + "\n" for result in results), ending="")
            self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            self.stderr.write(f"{name}: {error.strerror or error}")
            return UNUSABLE
        return status


def _open(file: str | None) -> BinaryIO:
    if file and file != "-":
        return Path(file).open("rb")
    return open(sys.stdin.fileno(), "rb", closefd=False)


def _results(definition: Definition, chunk: list[Line]) -> list[dict[str, Any]]:
    """One result a line, in order; lines that could not be read get theirs without scoring."""
    good = [(line.id, line.profile, line.answers) for line in chunk if not line.errors]
    scored = iter(_scored(definition, good))
    return [
        failed(definition, line.id, line.errors) if line.errors else next(scored) for line in chunk
    ]


def _scored(definition: Definition, rows: list[tuple[Any, Any, Any]]) -> list[dict[str, Any]]:
    """Score together; should one row defeat the engine, only that row fails."""
    try:
        return score_rows(definition, rows)
    except Exception as error:
        if len(rows) == 1:
            reason = trouble("internal", f"{type(error).__name__}: {error}")
            return [failed(definition, rows[0][0], [reason])]
        return [result for row in rows for result in _scored(definition, [row])]
