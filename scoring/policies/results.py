"""What the matcher gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scoring.policies.shortfalls import Need

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
class Failed:
    """A condition that does not hold: its words, and own and needed values where it compares.

    ``place`` marks the condition of the area, which no effort of the applicant changes.
    """

    text: Text
    needs: tuple[Need, ...] = ()
    place: bool = False


@dataclass(frozen=True)
class Match:
    """One rule for one applicant.

    ``failed``: the conditions that do not hold. ``person``: what only a person can decide, and
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
    failed: tuple[Failed, ...] = ()
    person: tuple[Text, ...] = ()
    missing: tuple[str, ...] = ()
    also_missing: tuple[str, ...] = ()  # of a rule that fails already
    award: Award | None = None
    cap_year: Decimal | None = None
    cap_total: Decimal | None = None
    local: Local | None = None
    group: str = ""
    excluded_by: str = ""
    lapsed: bool = False
    notes: tuple[Text, ...] = field(default=())

    @property
    def unmet(self) -> tuple[Text, ...]:
        """The words of the conditions that do not hold."""
        return tuple(one.text for one in self.failed)

    @property
    def near(self) -> bool:
        """Whether one condition alone stands between the applicant and the rule."""
        return len(self.failed) == 1 and not self.failed[0].place and not self.also_missing
