"""What is laid beside a result: support rules, and the same answers under other questionnaires.

Plain data like ``reports.model``: texts are ``{zh, en}`` maps, amounts in CNY 10,000 (万元).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

Text = dict[str, str]


@dataclass(frozen=True)
class Derived:
    """A question answered by a stated rule from the answer to another."""

    text: Text
    from_: Text
    reason: Text


@dataclass(frozen=True)
class OtherResult:
    """What the answers come to under one other questionnaire.

    ``percent`` of its points (of its questions, where it has no score: ``by_points`` is false) is
    covered. ``low`` and ``high`` are the ends of the full score, open questions at nothing and at
    their most; ``part`` the score over the covered questions alone. None where nothing scored is
    covered. Levels are names; ``level_low`` is what is reached for certain.
    """

    code: str
    version: str
    title: Text
    percent: Decimal
    by_points: bool
    questions: int
    all_questions: int
    covered: list[Text]
    derived: list[Derived]
    open: list[Text]
    low: Decimal | None = None
    high: Decimal | None = None
    max: Decimal | None = None
    part: Decimal | None = None
    level_low: Text = field(default_factory=dict)
    level_high: Text = field(default_factory=dict)

    @property
    def has_result(self) -> bool:
        return self.low is not None

    @property
    def settled(self) -> bool:
        """Whether the answers decide the whole score."""
        return self.low is not None and self.low == self.high

    @property
    def remaining(self) -> int:
        return len(self.open)


@dataclass(frozen=True)
class Missing:
    """A fact nobody gave. ``fact`` is the code of its field; empty where the profile has it."""

    name: Text
    fact: str = ""
    rules: int = 0  # how many rules need it


@dataclass(frozen=True)
class Unmet:
    """A condition that does not hold; ``details`` have own and needed value in words."""

    text: Text
    details: list[Text] = field(default_factory=list)
    place: bool = False


@dataclass(frozen=True)
class SupportRow:
    """One support rule beside one enterprise. It says what matches, never what will be paid.

    ``state``: met, needs_person, not_met, unknown. ``near``: one condition alone is missing.
    ``computed`` is the amount by the rule's own arithmetic, ``working`` how it was computed;
    both empty where nothing can be computed. ``instead`` is the rule that gives more and rules
    this one out.
    """

    code: str
    title: Text
    state: str
    near: bool
    audience: str
    kind: str
    area: str
    area_name: Text
    source: Text
    source_code: str
    locator: Text
    issuer: Text
    payer: Text
    benefit: Text
    amount: Text
    caps: list[Text]
    conditions: list[Text]
    unmet: list[Unmet]
    missing: list[Missing]
    person: list[Text]
    computed: Text
    working: str
    capped: list[Text]
    local: Text
    statement: Text
    lapsed: bool
    instead: Text = field(default_factory=dict)
    group: str = ""
    notes: list[Text] = field(default_factory=list)
    checked: int = 0  # conditions that a program can check

    @property
    def elsewhere(self) -> bool:
        """Whether the rule is for another area."""
        return any(one.place for one in self.unmet)


@dataclass(frozen=True)
class SupportBlock:
    """Support rules as a result shows them: rules for enterprises, the nearest first."""

    organisation: int
    met: list[SupportRow]
    person: list[SupportRow]
    near: list[SupportRow]
    uncheckable: list[SupportRow]  # the document states nothing that can be checked
    unknown: int
    unmet: int  # with more than one condition missing, or one and facts unknown
    elsewhere: int  # for other areas
    others: int  # for operators, people, investors
    all: int
    asked: list[Missing] = field(default_factory=list)  # facts that most rules wait for


@dataclass(frozen=True)
class Annexes:
    """What stands beside a result: support only for who may read the enterprise's own facts."""

    support: SupportBlock | None = None
    others: list[OtherResult] | None = None
