"""Support rules beside the enterprise: what matches, what a person must look at, what is near."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from reportlab.platypus import CondPageBreak, Flowable

from reports.annex_model import SupportBlock, SupportRow
from reports.pdf.book import Book


def support(book: Book) -> list[Flowable]:
    block = book.report.annexes.support if book.report.annexes else None
    if block is None:
        return []
    title = _(
        "Support rules: %(met)d match the published condition, %(person)d need a person, "
        "%(near)d miss by one condition"
    ) % {"met": len(block.met), "person": len(block.person), "near": len(block.near)}
    return [
        *book.chapter("support", title, pgettext("pdf", "Support rules")),
        book.prose(_note(), book.styles.lead),
        *_part(book, _("Matches the published condition"), block.met),
        *_part(book, _("Needs a person"), block.person),
        *_part(book, _("One condition is missing"), block.near),
        *_rest(book, block),
    ]


def _note() -> str:
    return _(
        "Published rules, matched with the profile, the answers and the facts given. They keep "
        "the date of their document (most are of 2015): please verify with the issuing office "
        "whether they still apply. A match with the published condition promises nothing. Of "
        "rules that exclude each other the highest benefit counts; there is no double benefit. "
        "Caps in all assume that nothing was received in earlier years."
    )


def _part(book: Book, title: str, rows: list[SupportRow]) -> list[Flowable]:
    if not rows:
        return []
    parts = book.subheading(title, 80)
    for row in rows:
        parts += _row(book, row)
    return parts


def _row(book: Book, row: SupportRow) -> list[Flowable]:
    heading = book.styles.body.but(bold=True, before=6, after=1)
    note = book.styles.note.but(after=4)
    return [
        CondPageBreak(70),
        book.prose(book.text(row.title), heading),
        *book.bullets(_lines(book, row)),
        book.prose(_small(book, row), note),
    ]


def _lines(book: Book, row: SupportRow) -> list[str]:
    """What counts for this enterprise, one line each."""
    lines = [_said(book, _("What is given"), book.text(row.benefit))]
    for one in row.unmet:
        details = [book.text(detail) for detail in one.details] or [book.text(one.text)]
        lines += [_said(book, _("Does not hold"), detail) for detail in details]
    lines += [_said(book, _("A person has to look at"), book.text(one)) for one in row.person]
    if row.computed:
        words = book.text(row.computed)
        if row.working:
            words += " " + _("(%(working)s, in CNY 10,000)") % {"working": row.working}
        lines.append(_said(book, _("By the rule’s arithmetic"), words))
    if row.caps:
        mark = pgettext("pdf", ", ")
        lines.append(_said(book, _("At most"), mark.join(book.text(cap) for cap in row.caps)))
    if row.payer:
        lines.append(_said(book, _("Who pays"), book.text(row.payer)))
    if row.local:
        lines.append(_said(book, _("Added to it"), book.text(row.local)))
    if row.instead:
        lines.append(_said(book, _("Ruled out by a rule that gives more"), book.text(row.instead)))
    return [*lines, *(book.text(one) for one in row.notes)]


def _said(book: Book, label: str, words: str) -> str:
    return f"{label}：{words}" if book.language == "zh" else f"{label}: {words}"


def _small(book: Book, row: SupportRow) -> str:
    where = pgettext("pdf", ", ").join([book.text(row.source), book.text(row.locator)])
    space = "。" if book.language == "zh" else ". "
    return f"{where}{space}{book.text(row.statement)}"


def _rest(book: Book, block: SupportBlock) -> list[Flowable]:
    """The other rules, counted."""
    counts = [
        (block.unknown, ngettext("%(n)d rule waits for a fact that is not known",
                                 "%(n)d rules wait for facts that are not known", block.unknown)),
        (block.unmet, ngettext("%(n)d rule misses by more", "%(n)d rules miss by more",
                               block.unmet)),
        (block.elsewhere, ngettext("%(n)d rule is for another area",
                                   "%(n)d rules are for other areas", block.elsewhere)),
        (block.others, ngettext("%(n)d rule is for operators of parks, people or investors",
                                "%(n)d rules are for operators of parks, people or investors",
                                block.others)),
    ]  # fmt: skip
    items = [words % {"n": n} for n, words in counts if n]
    if block.uncheckable:
        titles = pgettext("pdf", ", ").join(book.text(row.title) for row in block.uncheckable)
        label = _("The document states nothing that can be checked; the office decides")
        items.insert(0, _said(book, label, titles))
    return [*book.subheading(_("The rest"), 40), *book.bullets(items)] if items else []
