"""``manage.py progress INDICATOR AREA``: targets over time of one indicator in one area."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import get_language

from questionnaires.models import Figure, Indicator
from scoring.progress.catalogue import Track, judge, tracks
from scoring.progress.lines import text_lines
from scoring.progress.records import track_record
from scoring.progress.tables import as_csv

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Show targets, observations, states, pace and projections of an indicator in an area "
        "(docs/targets-over-time.md). Years between published points are interpolated only with "
        "--path. Exit status 2: the indicator or the area is unknown."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("indicator", metavar="INDICATOR", help="code of an indicator")
        parser.add_argument("area", metavar="AREA", help="division code, CN, or an ISO code")
        parser.add_argument("--path", choices=["linear", "compound"], help="interpolate")
        parser.add_argument("--format", choices=["json", "csv", "text"], default="text")
        parser.add_argument("--language", choices=["zh", "en"], help="of texts (default: zh)")

    def handle(self, *args: Any, **options: Any) -> None:
        indicator = Indicator.objects.filter(code=options["indicator"]).first()
        if indicator is None:
            self._refuse(
                f"No indicator has the code {options['indicator']!r}; "
                "look it up under /catalogue/indicators/."
            )
        found = tracks([options["area"]], indicator, aimed_only=False)
        if not found:
            known = Figure.objects.filter(indicator=indicator).order_by("area")
            areas = ", ".join(known.values_list("area", flat=True).distinct()) or "none"
            self._refuse(
                f"{options['indicator']} has no target and no observed value for "
                f"{options['area']!r}; areas with figures: {areas}."
            )
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        language = options["language"] or (get_language() or "zh")[:2]
        self.stdout.write(_written(found, options["path"], options["format"], language), ending="")

    def _refuse(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(UNUSABLE)


def _written(found: list[Track], path: Any, form: str, language: str) -> str:
    if form == "csv":
        return as_csv([one for track in found for one in judge(track, path or "linear")], language)
    told = [track_record(track, path) for track in found]
    if form == "json":
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    blocks = ["\n".join(text_lines(record, language)) for record in told]
    return "\n\n".join(blocks) + "\n"
