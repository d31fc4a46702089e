"""What the matcher gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Text = dict[str, str]


class State(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NEEDS_PERSON = "needs_person"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Award:
    """How much, in 万元 (CNY 10,000), caps applied.

    ``low`` and ``high`` are equal where the rule leaves no choice; with ``up_to`` the office
    decides anything up to ``high`` and ``low`` is None. ``capped``: which caps took effect
    (project, year, total). ``working`` is the arithmetic in figures, for both languages.
    """

    low: Decimal | None
    high: Decimal
    per: str  # once, year, project, month
    up_to: bool = False
    working: str = ""
    capped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Local:
    """What another government adds, on the reading that ``text`` states; a person must confirm."""

    by: Text
    low: Decimal | None
    high: Decimal | None
    text: Text


@dataclass(frozen=True)
class Match:
    """One rule for one applicant.

    ``unmet``: the conditions that do not hold. ``person``: what only a person can decide, and
    why. ``missing``: inputs nobody gave (``profile.…`` or an indicator's code); never taken as
    not met. ``award`` is computed where the conditions allow; None: no figure is stated or can be
    computed. ``excluded_by``: the rule of the same group that gives more. ``lapsed``: the period
    the document states is over.
    """

    code: str
    title: Text
    state: State
    source: str
    locator: str
    kind: str
    statement: Text
    unmet: tuple[Text, ...] = ()
    person: tuple[Text, ...] = ()
    missing: tuple[str, ...] = ()
    award: Award | None = None
    cap_year: Decimal | None = None
    cap_total: Decimal | None = None
    local: Local | None = None
    group: str = ""
    excluded_by: str = ""
    lapsed: bool = False
    notes: tuple[Text, ...] = field(default=())
