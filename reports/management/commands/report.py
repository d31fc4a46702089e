"""``manage.py report SUBMISSION --language zh -o FILE``: one result as a PDF, for operators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.pdf import FontsMissing, render
from scoring.models import Result


class Command(BaseCommand):
    help = "Write the report of a scored submission as a PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("submission", type=int, help="number of the submission")
        parser.add_argument("--language", choices=["zh", "en"], default="zh")
        parser.add_argument("-o", "--output", required=True, type=Path, help="file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        from reports.building.annexes import with_annexes
        from reports.report import build

        result = self._result(options["submission"])
        try:
            document = render(with_annexes(build(result), result, None), options["language"])
        except FontsMissing as error:
            raise CommandError(str(error)) from error
        options["output"].write_bytes(document)
        self.stdout.write(f"{options['output']}: {len(document):,} bytes")

    def _result(self, submission: int) -> Result:
        results = Result.objects.unscoped("an operator prints a report from the command line")
        result = results.filter(submission=submission).first()
        if result is None:
            raise CommandError(f"Submission {submission} has no result; was it submitted?")
        if result.state != Result.State.DONE:
            raise CommandError(
                f"Submission {submission} is not scored yet ({result.state}); try again later."
            )
        return result
