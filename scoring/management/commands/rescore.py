"""``manage.py rescore ROUND``: score a whole round again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.models import Round
from scoring.rescoring import SHARD_SIZE, rescore


class Command(BaseCommand):
    help = "Score every submission of a round again; with Celery, in shards across its workers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="key of the round")
        parser.add_argument("--shard-size", type=int, default=SHARD_SIZE)
        parser.add_argument("--here", action="store_true", help="in this process, without Celery")

    def handle(self, *args: Any, **options: Any) -> None:
        rounds = Round.objects.unscoped("an operator's command")
        round_ = rounds.filter(pk=options["round"]).first()
        if round_ is None:
            raise CommandError(f"There is no round {options['round']}.")
        if options["shard_size"] < 1:
            raise CommandError("--shard-size must be 1 or more.")
        count = rescore(round_, options["shard_size"], here=options["here"] or None)
        self.stdout.write(f"{round_.title}: {count} shard(s)")
