"""``manage.py catalog check|load|export|table``: the catalogue from the command line."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from questionnaires.catalogue.export import EXPORTS, as_csv, as_json
from questionnaires.catalogue.loading import Outcome, load_catalogue
from questionnaires.catalogue.problems import Unusable
from questionnaires.catalogue.showing import diff_lines
from questionnaires.catalogue.unloaded import is_loaded, shipped
from questionnaires.regional import files
from questionnaires.regional.reading import USUAL_YEAR, shipped_table, stored_table

FINE, PROBLEMS, UNUSABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Check, load and export catalogue files: sources, indicators, figures, instruments …"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="say what is wrong with files; write nothing")
        check.add_argument("paths", nargs="*", metavar="PATH", help="files or folders")
        load = actions.add_parser("load", help="load files, or nothing if any is faulty")
        load.add_argument("paths", nargs="*", metavar="PATH", help="files or folders")
        load.add_argument("--dry-run", action="store_true", help="only show what would change")
        load.add_argument("--all", action="store_true", help="list every change")
        for action in (check, load):
            action.add_argument(
                "--language",
                choices=("zh", "en"),
                help="language of what is said; the site's when left out",
            )
        export = actions.add_parser("export", help="print one kind of entries")
        export.add_argument(
            "kind", choices=sorted(EXPORTS), metavar="KIND", help=", ".join(EXPORTS)
        )
        export.add_argument("--format", choices=("csv", "json"), default="csv")

        table = actions.add_parser("table", help="print provinces beside each other for one year")
        table.add_argument("--year", type=int, default=USUAL_YEAR)
        table.add_argument(
            "--indicator", action="append", default=[], metavar="CODE", help="may be repeated"
        )
        table.add_argument("--format", choices=("csv", "json"), default="csv")
        table.add_argument("--language", choices=("zh", "en"), help="the site's when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        spoken = {"zh": "zh-hans", "en": "en", None: get_language()}[options.get("language")]
        with translation.override(spoken):
            status = self._carry_out(options)
        if status != FINE:
            sys.exit(status)

    def _carry_out(self, options: dict[str, Any]) -> int:
        try:
            status: int = getattr(self, f"_{options['action']}")(options)
        except Unusable as error:
            self.stderr.write(str(error))
            status = UNUSABLE
        return status

    def _check(self, options: dict[str, Any]) -> int:
        outcome = load_catalogue(options["paths"], dry_run=True)
        if not outcome.problems:
            self.stdout.write(
                ngettext("%(count)d file, no problems.", "%(count)d files, no problems.",
                         outcome.files) % {"count": outcome.files}
            )  # fmt: skip
        return self._report(outcome)

    def _load(self, options: dict[str, Any]) -> int:
        outcome = load_catalogue(options["paths"], dry_run=options["dry_run"])
        if not outcome.problems:
            for line in diff_lines(outcome, everything=options["all"]):
                self.stdout.write(line)
        return self._report(outcome)

    def _export(self, options: dict[str, Any]) -> int:
        make = as_csv if options["format"] == "csv" else as_json
        rows = None if is_loaded() else shipped(options["kind"])
        self._print(make(options["kind"], rows))
        return FINE

    def _table(self, options: dict[str, Any]) -> int:
        built = stored_table if is_loaded() else shipped_table
        table = built(options["year"], options["indicator"])
        if not table.columns:
            raise Unusable(
                _("No observed figure of a province in %(year)d for this choice.")
                % {"year": table.year}
            )
        make = files.as_csv if options["format"] == "csv" else files.as_json
        self._print(make(table))
        return FINE

    def _print(self, text: str) -> None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        self.stdout.write(text, ending="")

    def _report(self, outcome: Outcome) -> int:
        for problem in outcome.problems:
            self.stderr.write(str(problem))
        if not outcome.problems:
            return FINE
        count = len(outcome.problems)
        self.stderr.write(
            ngettext("%(count)d problem; nothing was written.",
                     "%(count)d problems; nothing was written.", count) % {"count": count}
        )  # fmt: skip
        return PROBLEMS
