"""One question as a page shows it: inputs with their values, save line, hints, error, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.answer_fields import PAIRS, Fields, fields_of
from assessment.evidence import takes_files
from assessment.hints import Hint, hints_for
from assessment.models import Answer, Evidence
from assessment.reading import read
from assessment.values import in_words, is_not_applicable, is_unknown


@dataclass
class Conflict:
    """Both values, for the person to choose between."""

    theirs: str
    their_name: str
    their_time: str
    mine: str


@dataclass
class QuestionPage:
    question: Any
    fields: Fields
    number: int = 0
    version: int = 0
    asked: bool = True
    saved_line: str = ""
    proposed_from: str = ""
    error: str = ""
    hints: list[Hint] = field(default_factory=list)
    conflict: Conflict | None = None
    files: list[Evidence] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def takes_files(self) -> bool:
        return takes_files(self.question)

    @property
    def chosen(self) -> list[str]:
        return self.fields.get(self.code, [])

    @property
    def text(self) -> str:
        return (self.chosen or [""])[0]

    @property
    def branches(self) -> list[str]:
        return self.fields.get(f"{self.code}.branch", [])

    @property
    def state(self) -> str:
        return (self.fields.get(f"{self.code}.state") or [""])[0]

    @property
    def mode(self) -> str:
        return (self.fields.get(f"{self.code}.mode") or ["counts"])[0]

    @property
    def reason(self) -> str:
        return (self.fields.get(f"{self.code}.reason") or [""])[0]

    @property
    def percent(self) -> str:
        return (self.fields.get(f"{self.code}.percent") or [""])[0]

    @property
    def pair(self) -> list[tuple[str, str]]:
        """The two inputs of a ratio or a before-and-after: suffix and text."""
        names = PAIRS.get(self.question.kind, ())
        return [(n, (self.fields.get(f"{self.code}.{n}") or [""])[0]) for n in names]


def page_of(question: Any, answer: Answer | None, asked: bool = True) -> QuestionPage:
    """The question as it stands on the server."""
    if answer is None:
        return QuestionPage(question, {}, asked=asked)
    shown = answer.value if answer.typed is None else answer.typed
    return QuestionPage(
        question,
        fields_of(question, shown),
        version=answer.version,
        asked=asked,
        saved_line=saved_line(answer),
        proposed_from=proposed_from(answer),
        error=read(question, answer.typed).error if answer.typed is not None else "",
        hints=hints_for(question, answer.value),
    )


def proposed_from(answer: Answer) -> str:
    """The round an unconfirmed value was taken over from, or empty."""
    return answer.prefilled_from.round.title if answer.prefilled_from else ""


def saved_line(answer: Answer) -> str:
    """``14:03 saved · 张三``; with the date when that was not today."""
    if answer.prefilled_from_id is not None:
        return ""
    return _("%(time)s saved · %(name)s") % {
        "time": time_words(answer.saved_at),
        "name": answer.saved_by,
    }


def time_words(moment) -> str:
    local = timezone.localtime(moment)
    same_day = local.date() == timezone.localdate()
    return date_format(local, "H:i") if same_day else date_format(local, "Y-m-d H:i")


def conflict_of(question: Any, theirs: Answer, mine: Any) -> Conflict:
    """What the other person saved, and what this one wanted to."""
    found = read(question, mine)
    shown = in_words(question, found.value) if found.ok else typed_words(mine)
    kept = in_words(question, theirs.value) if theirs.typed is None else typed_words(theirs.typed)
    return Conflict(kept, str(theirs.saved_by), time_words(theirs.saved_at), shown)


def typed_words(raw: Any) -> str:
    """What was typed, though it is no answer."""
    if is_unknown(raw) or is_not_applicable(raw):
        return _("Does not apply") if is_not_applicable(raw) else _("Not known")
    if isinstance(raw, dict):
        return " / ".join(str(value) for value in raw.values())
    return ", ".join(map(str, raw)) if isinstance(raw, list) else str(raw)
