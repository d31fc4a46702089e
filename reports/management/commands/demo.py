"""``manage.py demo``: a province of made-up enterprises beside real published figures."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from questionnaires.models import Instrument, Region
from reports.demo import loading, people


class Command(BaseCommand):
    help = "Load the demo once: accounts, synthetic enterprises, two rounds, scored results."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="of all demo accounts; made up when not given")
        parser.add_argument("--region", default="330000", help="code of the province")
        parser.add_argument("--enterprises", type=int, default=300)
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        if loading.is_loaded():
            loading.score_all()
            self.stdout.write(_known_accounts())
            return
        if not Instrument.objects.exists():
            call_command("catalog", "load", stdout=self.stdout)
        if not Region.objects.filter(code=options["region"]).exists():
            raise CommandError(f"There is no region {options['region']} in the catalogue.")
        password = options["password"] or people.new_password()
        loading.load(password, options["region"], options["enterprises"], options["seed"])
        text = people.write_accounts(password)
        loading.score_all()
        self.stdout.write(text)
        self.stdout.write(f"{time.monotonic() - began:.1f} s")


def _known_accounts() -> str:
    path = people.accounts_file()
    if path.exists():
        return path.read_text(encoding="utf-8")
    return "The demo is loaded already; its accounts were printed when it was."
