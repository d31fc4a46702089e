"""What every section of one report needs: the report, its language, styles and counters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import pgettext
from reportlab.platypus import CondPageBreak, Flowable

from questionnaires.texts import localized
from reports.model import ResultReport, Text
from reports.pdf.headings import Heading
from reports.pdf.prose import Prose
from reports.pdf.shaping import Run
from reports.pdf.styles import HEIGHT, Style, Styles
from reports.pdf.tables import Cell, Column, Grid, Row

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
]  # fmt: skip


@dataclass
class Book:
    """One report being set. ``language`` is ``zh`` or ``en``."""

    report: ResultReport
    language: str
    styles: Styles
    tables: int = 0
    charts: int = 0
    chapters: list[tuple[str, str]] = field(default_factory=list)  # key, title

    def text(self, text: Text | str | None) -> str:
        return localized(text, self.language)

    def prose(self, text: str | Sequence[Run], style: Style | None = None, **options: Any) -> Prose:
        return Prose(text, style or self.styles.body, self.language, **options)

    def chapter(
        self, key: str, title: str, short: str, new_page: bool = True, most: int = 6
    ) -> list[Flowable]:
        """A section's head: ``title`` is a sentence of at most ``most`` lines, ``short`` names the
        section in the outline and the contents."""
        self.chapters.append((key, short))
        heading = Heading(title, self.styles.heading, self.language, key, short, most)
        room = HEIGHT - 1 if new_page else HEIGHT * 0.4
        return [CondPageBreak(room), heading]

    def subheading(self, text: str, room: float = 70.0) -> list[Flowable]:
        """A heading that is not left behind: at least ``room`` points must follow it."""
        return [
            CondPageBreak(room + self.styles.subheading.leading),
            self.prose(text, self.styles.subheading),
        ]

    def bullets(
        self, items: Sequence[str | Sequence[Run]], style: Style | None = None, **options: Any
    ) -> list[Flowable]:
        style = style or self.styles.body
        return [
            Prose(item, style.but(after=2), self.language, indent=12, bullet="•", **options)
            for item in items
        ]

    def table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        note: str = "",
        style: Style | None = None,
    ) -> list[Flowable]:
        """A numbered table."""
        self.tables += 1
        caption = pgettext("pdf", "Table %(number)d  %(title)s") % {
            "number": self.tables,
            "title": title,
        }
        grid = Grid(columns, rows, self.styles, self.language, caption, note, style)
        return [grid]

    def chart_caption(self, title: str) -> str:
        self.charts += 1
        return pgettext("pdf", "Chart %(number)d  %(title)s") % {
            "number": self.charts,
            "title": title,
        }

    def date(self, moment: dt.date) -> str:
        """2026年11月20日, 20 November 2026; moments in the site's time zone."""
        if isinstance(moment, datetime):
            moment = local(moment).date()
        if self.language == "zh":
            return f"{moment.year}年{moment.month}月{moment.day}日"
        return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"

    def moment(self, moment: datetime) -> str:
        return f"{self.date(moment)} {local(moment):%H:%M}"

    @property
    def day(self) -> dt.date:
        """The report's date: given, or the day it was scored, so that it does not change."""
        return self.report.today or local(self.report.scored_at).date()

    @property
    def address(self) -> str:
        """Where the site shows this result."""
        return settings.SITE_URL + result_path(self.report)

    @property
    def edition(self) -> str:
        return self.report.round_title or str(self.report.year)


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def result_path(report: ResultReport) -> str:
    try:
        return reverse("reports:result-detail", args=[report.submission_id or report.result_id])
    except NoReverseMatch:
        return f"/results/{report.submission_id or report.result_id}/"


__all__ = ["Book", "Cell", "Column", "Row", "local"]
