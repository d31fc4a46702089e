"""One fact as the page shows it, and what the server tells the page after a save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.answer_fields import fields_of, plain, raw_of
from assessment.facts.fields import FactField, Text
from assessment.facts.known import Known
from assessment.facts.saving import FactOutcome, FactSaid, year_of
from assessment.hints import hints_for
from assessment.models import Fact
from assessment.question_page import Conflict, QuestionPage, time_words, typed_words
from assessment.reading import Read
from assessment.values import in_words, is_special


@dataclass
class FactPage(QuestionPage):
    """``rules`` use the fact; ``answered_in`` is the round a value not yet confirmed is from."""

    field: FactField | None = None
    year: str = ""
    answered_in: str = ""

    @property
    def known(self) -> bool:
        return bool(self.fields)


@dataclass(frozen=True)
class Group:
    title: Text
    pages: list[FactPage]

    @property
    def filled(self) -> int:
        return sum(page.known for page in self.pages)


def groups_of(
    fields: Mapping[str, FactField], facts: Mapping[str, Fact], answered: Mapping[str, Known]
) -> list[Group]:
    """All facts in their groups, with what is saved or else was answered before."""
    groups: dict[str, Group] = {}
    for code, field in fields.items():
        group = groups.setdefault(field.group["zh"], Group(field.group, []))
        group.pages.append(_page(field, facts.get(code), answered.get(code)))
    return list(groups.values())


def _page(field: FactField, fact: Fact | None, answered: Known | None) -> FactPage:
    if fact is None or (fact.value is None and fact.typed is None):
        return _proposed(field, answered, fact.version if fact else 0)
    raw, year = raw_and_year(fact)
    error = year_of(year)[1] or field.read(raw).error if fact.typed is not None else ""
    return FactPage(
        field.question,
        inputs_of(field, raw),
        version=fact.version,
        saved_line=saved_line(fact),
        error=error,
        hints=hints_for(field.question, fact.value),
        field=field,
        year=plain(year),
    )


def _proposed(field: FactField, answered: Known | None, version: int) -> FactPage:
    if answered is None:
        return FactPage(field.question, {}, version=version, field=field)
    return FactPage(
        field.question,
        inputs_of(field, answered.value),
        version=version,
        field=field,
        year=plain(answered.year),
        answered_in=answered.answered_in,
    )


def raw_and_year(fact: Fact) -> tuple[Any, Any]:
    """What the inputs hold: the value, or what was typed and could not be read."""
    if fact.typed is None:
        return fact.value, fact.year
    return fact.typed.get("value"), fact.typed.get("year")


def inputs_of(field: FactField, raw: Any) -> dict[str, list[str]]:
    if field.many and isinstance(raw, list):
        raw = "\n".join(plain(one) for one in raw)
    return fields_of(field.question, raw)


def said_of(field: FactField, fields: Mapping[str, list[str]], **more: Any) -> FactSaid:
    """What a form sent for one fact."""
    year = (fields.get(f"{field.code}.year") or [""])[0]
    return FactSaid(field.code, raw_of(field.question, fields), year, **more)


def words_of(field: FactField, value: Any, year: int | None = None) -> str:
    """A value in words, with its year where it has one."""
    if field.many and isinstance(value, list):
        parts = [in_words(field.number, one) for one in value]
        words = pgettext("between several answers", "; ").join(parts)
    else:
        words = in_words(field.question, value)
    if value is None or is_special(value) or not year:
        return words
    return _("%(value)s (%(year)d)") % {"value": words, "year": year}


def saved_line(fact: Fact) -> str:
    return _("%(time)s saved · %(name)s") % {
        "time": time_words(fact.saved_at),
        "name": fact.saved_by,
    }


def conflict_of(field: FactField, theirs: Fact, read: Read, said: FactSaid) -> Conflict:
    """What the other person saved, and what this one wanted to."""
    raw = raw_and_year(theirs)[0]
    kept = typed_words(raw)
    if theirs.typed is None:
        kept = words_of(field, theirs.value, theirs.year)
    mine = words_of(field, read.value, year_of(said.year)[0]) if read.ok else typed_words(said.raw)
    return Conflict(kept, str(theirs.saved_by), time_words(theirs.saved_at), mine)


def saved_json(outcome: FactOutcome, codes: list[str], facts: list[Fact]) -> dict[str, Any]:
    """The shape the page's script knows from answers; every fact is asked, always."""
    fact, read = outcome.fact, outcome.read
    filled = sum(one.value is not None for one in facts)
    return {
        "version": fact.version if fact else 0,
        "line": saved_line(fact) if fact else "",
        "hints": [vars(hint) for hint in _hints(outcome.field, read)],
        "error": read.error,
        "revision": sum(one.version for one in facts),
        "asked": codes,
        "progress": {"asked": len(codes), "answered": filled},
    }


def _hints(field: FactField, read: Read) -> list[Any]:
    return hints_for(field.question, read.value) if read.ok else []
