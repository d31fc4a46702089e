"""``manage.py population check|load FILE --round NUMBER``: how many enterprises there are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.models import Round
from scoring.estimates.population import LARGEST, Plan, load, plan

FINE, PROBLEMS, UNUSABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Check or load the population of a round's regions from a CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("check", "load"))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--round", type=int, required=True, help="number of the round")
        parser.add_argument("--language", choices=("zh", "en"))

    def handle(self, *args: Any, **options: Any) -> None:
        spoken = {"zh": "zh-hans", "en": "en", None: get_language()}[options["language"]]
        with translation.override(spoken):
            status = self._carry_out(options)
        if status != FINE:
            sys.exit(status)

    def _carry_out(self, options: dict[str, Any]) -> int:
        path: Path = options["file"]
        rounds = Round.objects.unscoped("an operator names a round on the command line")
        round_ = rounds.select_related("region").filter(pk=options["round"]).first()
        if round_ is None:
            self.stderr.write(_("There is no round %(number)d.") % {"number": options["round"]})
            return UNUSABLE
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            message = _("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}
            self.stderr.write(message)
            return UNUSABLE
        found = plan(round_, data, path.name)
        for fault in found.faults:
            self.stderr.write(str(fault))
        if found.faults:
            self.stderr.write(_("Nothing was written."))
            return PROBLEMS
        self._say(found)
        if options["action"] == "load":
            load(round_, found, None)
            self.stdout.write(_("Loaded."))
        return FINE

    def _say(self, found: Plan) -> None:
        text = _("%(added)d new, %(changed)d changed, %(removed)d removed, %(same)d the same.")
        self.stdout.write(
            text
            % {
                "added": len(found.added),
                "changed": len(found.changed),
                "removed": len(found.removed),
                "same": found.same,
            }
        )
