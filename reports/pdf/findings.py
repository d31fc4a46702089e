"""The sentences that carry the report's numbers, said once and used by several sections."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports import sentences
from reports.model import Dimension
from reports.pdf.book import Book
from reports.pdf.numerals import number, percent

STATES = ("met", "gap", "no_answer", "not_comparable", "no_target")


def level_sentence(book: Book) -> str:
    """``总分 55.3（满分 100），达到“二级：单项应用级”``."""
    report = book.report
    values = {
        "total": number(report.total),
        "max": number(report.max, 0),
        "level": book.text(report.level_name),
    }
    if report.total is None:
        return _("No total score could be given")
    if not report.level_count:
        return _("Total score: %(total)s of %(max)s") % values
    if report.level == 0:
        return _("Total score: %(total)s of %(max)s; no level reached yet") % values
    return _("Total score: %(total)s of %(max)s, reaching “%(level)s”") % values


def standing_sentence(book: Book) -> tuple[str, str]:
    """A heading with the standing and the words that say among whom."""
    report = book.report
    if report.cohort is None or report.standing is None:
        missing = book.text(report.cohort_missing)
        return _("No comparable group is shown"), missing or _(
            "There is no group of comparable enterprises that is large enough."
        )
    head = _("Ahead of %(standing)s of comparable enterprises") % {
        "standing": percent(report.standing)
    }
    return head, cohort_words(book)


def cohort_words(book: Book) -> str:
    """Who the cohort is, how many, and why no narrower one was taken."""
    cohort = book.report.cohort
    if cohort is None:
        return book.text(book.report.cohort_missing)
    words = _("Compared with: %(who)s (n = %(n)s).") % {
        "who": book.text(cohort.description),
        "n": f"{cohort.n:,}",
    }
    parts = [words, book.text(cohort.reason), book.text(book.report.counted)]
    if cohort.synthetic:
        parts.append(_("The group is made of synthetic enterprises."))
    return " ".join(part for part in parts if part)


def above_median(row: Dimension) -> Decimal | None:
    """Own percent minus the cohort's median, in percentage points."""
    if row.percent is None or row.cohort is None:
        return None
    return row.percent - row.cohort.median


def findings(book: Book) -> list[str]:
    """The strongest dimension, the weakest, how targets stand; then further strong and weak."""
    report, counts = book.report, target_counts(book)
    strong = [_strongest(book, row) for row in report.strengths[:1]]
    weak = [_weakest(book, row) for row in report.weaknesses]
    stand = [targets_sentence(book)] if counts["met"] + counts["gap"] else []
    return [*strong, *weak[:1], *stand, *weak[1:]]


def _strongest(book: Book, row: Dimension) -> str:
    return _("Strong: %(name)s, %(own)s of its points%(compared)s") % _of(book, row)


def _weakest(book: Book, row: Dimension) -> str:
    return _("Weak: %(name)s, %(own)s of its points%(compared)s") % _of(book, row)


def _of(book: Book, row: Dimension) -> dict[str, str]:
    against = sentences.against_median(row)
    return {
        "name": book.text(row.title),
        "own": percent(row.percent),
        "compared": pgettext("before a clause", "; ") + against if against else "",
    }


def target_counts(book: Book) -> Counter[str]:
    """How many published targets (not observed values) are in each state."""
    return Counter(row.state for row in book.report.targets if row.kind == "target")


def targets_sentence(book: Book) -> str:
    """``10 项公布目标中，2 项已达到，5 项有差距``."""
    counts = target_counts(book)
    compared_rows = counts["met"] + counts["gap"]
    if not counts:
        return _("No published target is set beside the indicators")
    if not compared_rows:
        return _("No indicator could be compared with a published target")
    return _("Published targets: of %(count)d compared, %(met)d are met, %(gap)d are not") % {
        "count": compared_rows,
        "met": counts["met"],
        "gap": counts["gap"],
    }
