"""How to read the report: contents, the signs of the charts, what the numbers mean."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, Spacer

from reports.pdf.book import Book, Column, Row
from reports.pdf.charts import draw_sign
from reports.pdf.headings import Contents
from reports.pdf.styles import PAPER
from reports.pdf.tables import Drawing


def reading(book: Book) -> list[Flowable]:
    title = _("How to read this report: every number can be traced to an answer, a rule, a source")
    head = book.chapter("reading", title, pgettext("pdf", "How to read this report"))
    return [
        *head,
        *book.subheading(_("What stands where")),
        Contents(book.chapters, book.styles, book.language),
        *book.subheading(_("The signs in the charts")),
        *_signs(book),
        *book.subheading(pgettext("pdf", "The numbers")),
        *book.bullets(_numbers(), book.styles.small),
        Spacer(0, 4),
    ]


def _signs(book: Book) -> list[Flowable]:
    rows = [
        ("own", pgettext("pdf", "This enterprise"), _("Its score in percent of the maximum.")),
        (
            "quartiles",
            pgettext("pdf", "Middle half of the group"),
            _(
                "From the first to the third quartile: half of the comparable enterprises lie "
                "inside."
            ),
        ),
        (
            "median",
            pgettext("pdf", "Median of the group"),
            _("Half of the comparable enterprises score less, half score more."),
        ),
        (
            "target",
            pgettext("pdf", "Asked by the next level"),
            _("What the next level asks of this dimension; no sign where it asks nothing."),
        ),
    ]
    columns = [
        Column(pgettext("pdf", "Sign"), 12, "left"),
        Column(pgettext("pdf", "Means"), 34),
        Column(pgettext("pdf", "Explanation"), 110),
    ]
    table = [Row([_sample(sign), [(name, True)], words]) for sign, name, words in rows]
    return book.table(_("Signs of the charts"), columns, table)


def _sample(sign: str) -> Drawing:
    def draw(canvas, x, y, width, height) -> None:
        canvas.setFillColor(PAPER)
        draw_sign(canvas, sign, x + 15, y + height / 2)

    return Drawing(draw, 13)


def _numbers() -> list[str]:
    return [
        _(
            "Scores are points; a percentage beside them is the share of the points that can be "
            "had. Differences between two percentages are percentage points."
        ),
        _(
            "A dash (–) means that a value is not known, was not asked or is not published. It "
            "never means 0; a zero is printed as 0.0."
        ),
        _(
            "A published target is a target of a government or standard for the area and year "
            "named. It was set for that area as a whole, not for a single enterprise."
        ),
        _(
            "An observed value is what was measured somewhere in a year. It is shown beside the "
            "own value for orientation and is never called a target."
        ),
        _(
            "n is the number of enterprises that a statistic rests on. Groups that are too small "
            "are not shown, so that nobody's answers can be worked out."
        ),
    ]
