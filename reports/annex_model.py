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
    unverified: bool
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
