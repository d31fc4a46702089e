"""``manage.py index SPEC DATA.csv``: a composite index from a spec and a table."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from questionnaires.catalogue.problems import Problem
from scoring.index import uncertainty
from scoring.index.build import STAGES, Build, build
from scoring.index.faults import Impossible
from scoring.index_files.analysed import analysis, series
from scoring.index_files.record import record, results, rows_of, stage
from scoring.index_files.results import plain, scores_csv, stage_csv
from scoring.index_files.saying import as_problem
from scoring.index_files.specs import Spec, read_spec
from scoring.index_files.tables import read_table

UNUSABLE = 2


class Refused(Exception):
    """What is wrong with the files, all of it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


class Command(BaseCommand):
    help = (
        "Compute a composite index: scores and ranks of every node (docs/index-format.md). Exit "
        "status 2: spec or data are unusable; the messages name file, line and what to do."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("spec", type=Path, metavar="SPEC", help="YAML file")
        parser.add_argument("data", type=Path, metavar="DATA", help="CSV file, a row a unit")
        parser.add_argument("--denominators", type=Path, metavar="FILE",
                            help="CSV file of denominators; overrules the spec's")  # fmt: skip
        parser.add_argument("--stage", choices=STAGES, help="print the indicators after this stage")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--uncertainty", type=int, metavar="N",
                            help="replicate the index N times and add ranges")  # fmt: skip
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="default: 1")
        parser.add_argument("--record", type=Path, metavar="FILE",
                            help="also write how it was computed, as JSON")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text, notes = _computed(options)
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            sys.exit(UNUSABLE)
        try:
            if options["record"]:
                options["record"].write_text(notes, encoding="utf-8")
        except OSError as error:
            self.stderr.write(f"{options['record']}: {error.strerror or error}")
            sys.exit(UNUSABLE)
        self._print(text)

    def _print(self, text: str) -> None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        try:
            self.stdout.write(text, ending="")
            self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _computed(options: dict[str, Any]) -> tuple[str, str]:
    """What to print, and the record."""
    spec, problems = read_spec(options["spec"])
    if spec is None:
        raise Refused(problems)
    data, problems = read_table(spec, options["data"], options["denominators"])
    if data is None:
        raise Refused(problems)
    try:
        built = build(spec.recipe, data.table)
        found = _doubted(spec, built, options)
    except Impossible as error:
        raise Refused([as_problem(error, data.table, spec)]) from error
    notes = record(spec, data, built)
    if found is not None:
        notes["uncertainty"] = uncertainty.plain(found, rows_of(built))
    return _text(spec, built, found, notes, options), _json(notes)


def _doubted(spec: Spec, built: Build, options: dict[str, Any]) -> uncertainty.Uncertainty | None:
    if options["uncertainty"] is None:
        return None
    return uncertainty.run(built, options["uncertainty"], options["seed"], spec.uncertainty)


def _text(
    spec: Spec, built: Build, found: uncertainty.Uncertainty | None, notes: dict[str, Any],
    options: dict[str, Any],
) -> str:  # fmt: skip
    name = options["stage"]
    if options["format"] == "csv":
        columns = spec.columns
        return stage_csv(built, name, columns) if name else scores_csv(built, columns, found)
    shown = {"stage": name, "rows": stage(built, name)} if name else _whole(spec, built)
    return _json({**notes, **shown})


def _whole(spec: Spec, built: Build) -> dict[str, Any]:
    found = {"results": results(built), "analysis": analysis(built)}
    over_time = series(built, spec.breaks)
    return found if over_time is None else {**found, "series": over_time}


def _json(content: dict[str, Any]) -> str:
    text = json.dumps(plain(content), ensure_ascii=False, indent=1, allow_nan=False, default=str)
    return text + "\n"
