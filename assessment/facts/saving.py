"""Saving a fact: like an answer, never over somebody else's unseen, never losing what was typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.errors import Refused
from assessment.facts.fields import FactField, fact_fields
from assessment.forms.numbers import plain
from assessment.models import Fact, FactChange, Organisation, User
from assessment.reading import Read
from assessment.save_answer import LONGEST, SAME_BREATH

EARLIEST = 1990


@dataclass(frozen=True)
class FactSaid:
    """One fact to save: raw value and year, the version it was based on, the page's own count."""

    indicator: str
    raw: Any
    year: Any = None
    version: int = 0
    device: str = ""
    counter: int = 0


@dataclass(frozen=True)
class FactOutcome:
    """What became of one ``FactSaid``. ``conflict`` means nothing was written."""

    field: FactField
    fact: Fact | None
    read: Read
    conflict: bool = False


@transaction.atomic
def save_facts(actor: User, organisation: Organisation, said: list[FactSaid]) -> list[FactOutcome]:
    """Save several facts in one transaction; each has its own outcome.

    Raises Refused for who may not change them, Http404 for an indicator no rule reads.
    """
    fields = fact_fields()
    if not Organisation.objects.editable_by(actor).filter(pk=organisation.pk).exists():
        words = _("Only an owner or editor of the enterprise can change these facts.")
        raise Refused(words, code="role")
    if any(one.indicator not in fields for one in said):
        raise Http404
    list(Organisation.unguarded.select_for_update().filter(pk=organisation.pk))
    return [_save(actor, organisation, fields[one.indicator], one) for one in said]


def _save(actor: User, organisation: Organisation, field: FactField, said: FactSaid) -> FactOutcome:
    if len(json.dumps(said.raw, default=str)) > LONGEST:
        raise Refused(_("This is longer than any answer can be: shorten it."), code="too_long")
    year, wrong = year_of(said.year)
    found = Read(error=wrong, code="year") if wrong else field.read(said.raw)
    rows = Fact.objects.filter(organisation=organisation, indicator=field.code)
    row = rows.select_related("saved_by").first()
    if row and _same_page(row, said) and said.counter <= row.counter:
        return FactOutcome(field, row, found)  # an earlier save that arrived late
    typed = None if found.ok else {"value": said.raw, "year": said.year}
    if row and (row.value, row.typed, row.year) == (found.value, typed, year):
        return FactOutcome(field, row, found)
    if row is None and found.ok and found.value is None:
        return FactOutcome(field, None, found)
    if row and row.version != said.version and not _same_page(row, said):
        return FactOutcome(field, row, found, conflict=True)
    return FactOutcome(field, _write(actor, organisation, row, said, found, typed, year), found)


def _same_page(row: Fact, said: FactSaid) -> bool:
    return bool(said.device) and row.device == said.device


def _write(
    actor: User,
    organisation: Organisation,
    row: Fact | None,
    said: FactSaid,
    found: Read,
    typed: Any,
    year: int | None,
) -> Fact:
    now = timezone.now()
    going_on = bool(row and _same_page(row, said) and now - row.saved_at < SAME_BREATH)
    row = row or Fact(organisation=organisation, indicator=said.indicator, version=0)
    row.value, row.typed, row.year, row.version = found.value, typed, year, row.version + 1
    row.saved_by, row.saved_at = actor, now
    row.device, row.counter = said.device, said.counter
    row.save()
    _trail(row, going_on)
    return row


def _trail(row: Fact, going_on: bool) -> None:
    """One line a value; what one page types within half a minute is one line."""
    trail = FactChange.objects.filter(organisation=row.organisation_id, indicator=row.indicator)
    last = trail.order_by("-pk").first() if going_on else None
    line = last or FactChange(organisation_id=row.organisation_id, indicator=row.indicator)
    line.value, line.year, line.version = row.value, row.year, row.version
    line.saved_by, line.saved_at = row.saved_by, row.saved_at
    line.save()


def year_of(raw: Any) -> tuple[int | None, str]:
    """The year and what is wrong with it; none said is none."""
    text = plain(str(raw)).removesuffix("年") if raw not in (None, "") else ""
    if not text:
        return None, ""
    latest = timezone.localdate().year
    if text.isdecimal() and EARLIEST <= int(text) <= latest:
        return int(text), ""
    words = _("The year is four digits between %(first)d and %(last)d, such as %(example)d.")
    return None, words % {"first": EARLIEST, "last": latest, "example": latest - 1}
