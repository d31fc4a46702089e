"""A questionnaire as a PDF to fill in by hand: the questions, boxes to tick, blanks with units.

The same version gives the same bytes; every page carries version, hash and page x / y.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate

from questionnaires.models import InstrumentVersion
from questionnaires.texts import localized
from questionnaires.wording import kind_words
from reports.pdf.fonts import clean, faces
from reports.pdf.frame import ReportCanvas
from reports.pdf.prose import Prose
from reports.pdf.styles import (
    BOTTOM,
    HEIGHT,
    MARGIN,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    Styles,
    styles,
)
from reports.printing.blanks import Blank, Boxed, Together
from reports.printing.running import draw_running

Part = dict[str, Any]
ACTIVE = {"zh": "zh-hans", "en": "en"}
LANG = {"zh": "zh-CN", "en": "en"}
ONE, MANY = "○", "□"
INDENT = 18.0


def form(version: InstrumentVersion, language: Literal["zh", "en"] = "zh") -> bytes:
    """The PDF's bytes. Raises ``FontsMissing`` where set-up has not fetched the fonts."""
    faces()
    with translation.override(ACTIVE[language]):
        sheet = Sheet(version, language, styles(language))
        return sheet.bind()


class Sheet:
    """One form being set."""

    def __init__(self, version: InstrumentVersion, language: str, set_in: Styles) -> None:
        self.version, self.language, self.styles = version, language, set_in
        self.definition: Part = version.definition

    def bind(self) -> bytes:
        target = BytesIO()
        frame = Frame(MARGIN, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
        template = BaseDocTemplate(
            target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang=LANG[self.language],
            title=clean(localized(self.version.title), self.language), author=_("Shuheng"),
            subject=self.version.label, keywords=self.version.sha256,
        )  # fmt: skip
        running = PageTemplate("page", [frame], onPage=lambda c, d: draw_running(c, self))
        template.addPageTemplates([running])
        template.build(list(self._story()), canvasmaker=ReportCanvas)
        return target.getvalue()

    def prose(self, text: Any, style: Any = None, **options: Any) -> Prose:
        words = text if isinstance(text, str) else localized(text)
        return Prose(words, style or self.styles.body, self.language, **options)

    def _story(self) -> Iterator[Flowable]:
        yield self.prose(self.version.title, self.styles.heading.but(before=0))
        if self.definition.get("summary"):
            yield self.prose(self.definition["summary"])
        if self.version.notice:
            yield Boxed(self.prose(self.version.notice, self.styles.small))
        yield self.prose(self._how(), self.styles.small.but(after=4))
        for label in (
            _("Enterprise or region"),
            _("Unified social credit code"),
            _("Filled in by"),
            _("Date"),
        ):
            yield Blank(label, "", self.styles.small, self.language)
        for section in self.definition["sections"]:
            yield from self._section(section)

    def _how(self) -> str:
        return _(
            "%(one)s: tick one. %(many)s: tick all that apply. Leave empty what you do not know."
            " This sheet is for preparing the answers; they are entered on the site, which scores"
            " them."
        ) % {"one": ONE, "many": MANY}

    def _section(self, section: Part) -> Iterator[Flowable]:
        yield CondPageBreak(120)
        yield self.prose(section["title"], self.styles.subheading.but(before=16))
        for words in (section.get("intro"), self._only_where(section)):
            if words:
                yield self.prose(words, self.styles.note)
        for question in section["questions"]:
            yield Together(list(self._question(question)))

    def _only_where(self, part: Part) -> str:
        if not part.get("relevant"):
            return ""
        return _("Asked only where %(condition)s") % {"condition": part["relevant"]}

    def _question(self, question: Part) -> Iterator[Flowable]:
        words = localized(question["text"])
        title = [(f"{question['code']}  {words}", True)]
        yield Prose(title, self.styles.body.but(justify=False, before=9, after=1), self.language)
        about = [kind_words(question), "" if question.get("required", True) else _("optional")]
        yield self.prose(" · ".join(each for each in about if each), self.styles.note)
        for note in (question.get("help"), self._only_where(question)):
            if note:
                yield self.prose(note, self.styles.note)
        yield from self._answer(question)
        yield from self._ways_out(question)

    def _answer(self, question: Part) -> Iterator[Flowable]:
        yield from getattr(self, f"_{question['kind']}")(question)

    def _tick(self, words: Any, sign: str = ONE, indent: float = INDENT) -> Prose:
        style = self.styles.body.but(justify=False, after=1)
        return self.prose(words, style, indent=indent, bullet=sign)

    def _blank(self, label: Any, unit: Any = "") -> Blank:
        words = label if isinstance(label, str) else localized(label)
        return Blank(words, localized(unit), self.styles.small, self.language)

    def _single(self, question: Part) -> Iterator[Flowable]:
        for option in question["options"]:
            yield self._tick(f"{option['code']}  {localized(option['text'])}")

    def _multiple(self, question: Part) -> Iterator[Flowable]:
        for option in question["options"]:
            words = f"{option['code']}  {localized(option['text'])}"
            if option.get("exclusive"):
                words += _(" (excludes all others)")
            yield self._tick(words, MANY)

    def _ladder(self, question: Part) -> Iterator[Flowable]:
        for number, rung in enumerate(question["rungs"]):
            name = localized(rung.get("name"))
            words = " · ".join(part for part in (name, localized(rung["text"])) if part)
            yield self._tick(f"{number}  {words}")
            for branch in rung.get("branches") or []:
                yield self._branch(branch)

    def _branch(self, branch: Part) -> Flowable:
        style = self.styles.small.but(colour=MUTED)
        words = f"{MANY} {branch['code']}  {localized(branch['text'])}"
        return self.prose(words, style, indent=INDENT * 2)

    def _yes_no(self, question: Part) -> Iterator[Flowable]:
        yield self._tick(_("yes"))
        yield self._tick(_("no"))

    def _number(self, question: Part) -> Iterator[Flowable]:
        yield self._blank(_("Answer"), question.get("unit"))

    def _ratio(self, question: Part) -> Iterator[Flowable]:
        if question.get("part"):
            yield self._blank(question["part"], question.get("unit"))
            yield self._blank(question["whole"], question.get("unit"))
        yield self._blank(_("or the percentage") if question.get("part") else _("Answer"), "%")

    def _before_after(self, question: Part) -> Iterator[Flowable]:
        yield self._blank(pgettext("a value", "before"), question.get("unit"))
        yield self._blank(pgettext("a value", "after"), question.get("unit"))

    def _text(self, question: Part) -> Iterator[Flowable]:
        yield self._blank(_("Answer"))
        yield self._blank("")

    def _date(self, question: Part) -> Iterator[Flowable]:
        yield self._blank(_("Date (year, month, day)"))

    def _evidence(self, question: Part) -> Iterator[Flowable]:
        yield self._blank(_("Documents enclosed"))

    def _ways_out(self, question: Part) -> Iterator[Flowable]:
        if question.get("allow_not_applicable"):
            yield Blank(
                f"{MANY} {_('does not apply, because')}", "", self.styles.small, self.language
            )
