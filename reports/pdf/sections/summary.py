"""Page 2: alone it says the level, what binds it, the standing, three findings, three actions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from reports.model import NextStep
from reports.pdf.book import Book
from reports.pdf.charts import Ladder
from reports.pdf.findings import findings, level_sentence, standing_sentence
from reports.pdf.numerals import number, percent, signed
from reports.pdf.prose import Prose
from reports.pdf.sections.profile import glance, tops
from reports.pdf.styles import HAIR, HEIGHT, MUTED, NAVY, PAPER, WIDTH, Style

MOST = 3


def summary(book: Book) -> list[Flowable]:
    head = book.chapter(
        "summary", level_sentence(book), pgettext("pdf", "Summary on one page"), most=3
    )
    for lines in (2, 1):  # long names and texts are shortened until the page holds
        before = [*head, Spacer(0, 5), Tiles(book), *_ladder(book)]
        before += [*_binding(book, lines), *_standing(book, lines)]
        after = [*_findings(book, lines), *_actions(book, lines)]
        if _height(before + after) <= HEIGHT:
            break
    return [*before, *_glance(book, before + after), *after]


def _glance(book: Book, others: list[Flowable]) -> list[Flowable]:
    """The chart of the main dimensions, where it leaves the summary on one page."""
    if not tops(book):
        return []
    counted = book.charts
    chart = glance(book)
    if _height(others) + _height(chart) <= HEIGHT:
        return chart
    book.charts = counted
    return []


def _height(parts: list[Flowable]) -> float:
    """Points the parts take below each other; of two spaces that meet the larger counts."""
    total = after = 0.0
    for at, part in enumerate(part for part in parts if not isinstance(part, CondPageBreak)):
        before = part.getSpaceBefore() if at else 0.0
        total += max(before, after) + part.wrap(WIDTH, HEIGHT)[1]
        after = part.getSpaceAfter()
    return total + after


def _ladder(book: Book) -> list[Flowable]:
    report, parts = book.report, []
    names = [book.text(name) for name in report.level_names[1:]]
    if report.level_count and not names:
        names = [str(rank) for rank in range(1, report.level_count + 1)]
    if names:
        parts.append(Ladder(report.level, names, book.styles.small, book.language))
    text = book.text(report.level_text)
    return [*parts, book.prose(text, max_lines=3)] if text else parts


def _binding(book: Book, lines: int) -> list[Flowable]:
    report = book.report
    if not report.level_count:
        return []
    if report.next_level_name is None:
        return [_head(book, _("This is the highest level"))]
    name = {"level": book.text(report.next_level_name), "count": len(report.binding)}
    if not report.binding:
        text = _("What is missing to “%(level)s” could not be determined") % name
        return [_head(book, text)]
    lead = _("The score is enough; ") if report.score_suffices else ""
    text = lead + ngettext(
        "%(count)d condition is missing to “%(level)s”",
        "%(count)d conditions are missing to “%(level)s”",
        len(report.binding),
    )
    shown = [book.text(item.text) for item in report.binding[:MOST]]
    rest = len(report.binding) - MOST
    if rest > 0:
        shown.append(
            _("%(count)d more: see “%(section)s”")
            % {"count": rest, "section": pgettext("pdf", "Advice and next steps")}
        )
    return [_head(book, text % name), *book.bullets(shown, max_lines=lines)]


def _findings(book: Book, lines: int) -> list[Flowable]:
    shown = findings(book)[:MOST]
    title = ngettext("%(count)d finding", "%(count)d findings", len(shown)) % {"count": len(shown)}
    return [_head(book, title), *book.bullets(shown, max_lines=lines)]


def _standing(book: Book, lines: int) -> list[Flowable]:
    title, words = standing_sentence(book)
    return [
        _head(book, title),
        book.prose(words, book.styles.small.but(after=4), max_lines=lines + 1),
    ]


def _actions(book: Book, lines: int) -> list[Flowable]:
    steps = book.report.next_steps[:MOST]
    if not steps:
        return [_head(book, _("No next step follows from the answers"))]
    title = ngettext("%(count)d thing to do next", "%(count)d things to do next", len(steps))
    rows = [
        Prose(_action(book, step), book.styles.body.but(after=2), book.language, lines, 12, f"{at}")
        for at, step in enumerate(steps, 1)
    ]
    return [_head(book, title % {"count": len(steps)}), *rows]


def _action(book: Book, step: NextStep) -> list[tuple[str, bool]]:
    gain = gain_words(book, step)
    tail = pgettext("pdf", " (%(words)s)") % {"words": gain} if gain else ""
    head = pgettext("pdf", "%(title)s%(tail)s: ") % {"title": book.text(step.title), "tail": tail}
    return [(head, True), (book.text(step.text), False)]


def gain_words(book: Book, step: NextStep) -> str:
    """What a step would gain, in words; empty when nothing is known."""
    words = []
    if step.gain:
        words.append(_("up to %(gain)s points") % {"gain": signed(step.gain)})
    if step.toward_level:
        words.append(_("counts toward the next level"))
    return pgettext("pdf", ", ").join(words)


def _head(book: Book, text: str) -> Prose:
    return book.prose(text, book.styles.subheading.but(before=8), max_lines=2)


class Tiles(Flowable):
    """Total, level and standing as three large figures."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width, self.height = aw, 57.0
        return aw, self.height

    def getSpaceAfter(self) -> float:
        return 8.0

    def _contents(self) -> list[tuple[str, str, str]]:
        report = self.book.report
        level = str(report.level) if report.level_count else "–"
        of_levels = _("of %(count)d levels") % {"count": report.level_count}
        people = report.cohort.n if report.cohort else None
        return [
            (
                pgettext("pdf", "Total score"),
                number(report.total),
                _("of %(max)s points") % {"max": number(report.max, 0)},
            ),
            (pgettext("pdf", "Level"), level, of_levels if report.level_count else _("no levels")),
            (
                pgettext("pdf", "Ahead of"),
                percent(report.standing),
                _("of %(count)s comparable enterprises") % {"count": f"{people:,}"}
                if people is not None
                else _("no comparable group"),
            ),
        ]

    def draw(self) -> None:
        gap, canvas = 8.0, self.canv
        step = (self.width - 2 * gap) / 3
        big = Style(21, 26, bold=True, colour=NAVY)
        small = self.book.styles.small.but(colour=MUTED)
        for index, (label, value, note) in enumerate(self._contents()):
            x = index * (step + gap)
            canvas.setFillColor(PAPER)
            canvas.setStrokeColor(HAIR)
            canvas.setLineWidth(0.6)
            canvas.rect(x, 0, step, self.height, stroke=1, fill=1)
            for text, style, top in ((label, small, 54), (value, big, 41), (note, small, 16)):
                prose = Prose(text, style, self.book.language, max_lines=1)
                prose.wrap(step - 20, 0)
                prose.draw_at(canvas, x + 10, top)
