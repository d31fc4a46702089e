"""What a result report says, as plain data: the page, the PDF, the workbook and the API agree
because they all show this and compute nothing of their own.

All scores carry their own maximum; ``percent`` is the share of it, 0–100. Texts are ``{zh, en}``
maps, so that one report serves both languages. ``None`` is "unknown" and never shown as 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from reports.annex_model import Annexes

Text = dict[str, str]


@dataclass(frozen=True)
class Quartiles:
    """A cohort's distribution of one quantity. ``n`` enterprises gave a value."""

    n: int
    q1: Decimal
    median: Decimal
    q3: Decimal
    p90: Decimal | None
    mean: Decimal


@dataclass(frozen=True)
class Cohort:
    """Who one is compared with: the narrowest group that is large enough, and why it was taken."""

    description: Text
    n: int
    reason: Text  # why not a narrower one; empty when the narrowest was large enough
    synthetic: bool


@dataclass(frozen=True)
class Dimension:
    """One row of the profile: a node of the instrument's tree."""

    code: str
    title: Text
    score: Decimal | None
    max: Decimal
    percent: Decimal | None
    cohort: Quartiles | None  # in percent of max
    target: Decimal | None  # in percent of max, where the next level asks for one
    depth: int = 1
    parent: str = ""  # code of the node above, for depth 2
    standing: Decimal | None = None  # percent of the other peers that are below, ties half


@dataclass(frozen=True)
class IndicatorPeers:
    """One indicator beside the peers, in its unit.

    ``ahead`` is the percent of the other peers that are worse, ties half; where neither direction
    is better, the percent that is below. ``best`` is where the best tenth begins.
    """

    code: str
    name: Text
    unit: str
    own: Decimal
    cohort: Quartiles
    best: Decimal | None
    ahead: Decimal | None
    falling: bool  # less is better


@dataclass(frozen=True)
class Binding:
    """One condition that keeps the next level away."""

    kind: str
    text: Text
    required: Decimal | None
    actual: Decimal | None
    gap: Decimal | None


@dataclass(frozen=True)
class NextStep:
    """Something to do next, with what it would gain."""

    question: str
    title: Text
    text: Text
    gain: Decimal | None  # points of the total
    toward_level: bool  # counts toward a binding condition
    change: Text = field(default_factory=dict)  # from what to what


@dataclass(frozen=True)
class TargetRow:
    """One indicator beside one published figure. ``gap`` is own minus target, in ``unit``.

    A figure of kind "observed" is shown for reference with state "no_target": it is never aimed at.
    """

    indicator: str
    name: Text
    unit: str
    own: Decimal | None
    target: Decimal | None
    operator: str
    year: int | None
    area: Text
    kind: str  # target, observed
    state: str  # met, gap, no_target, no_answer, not_comparable
    gap: Decimal | None
    source: Text
    source_code: str
    locator: str
    status: str
    caveats: Text
    figure: str  # code
    target_high: Decimal | None = None  # the upper end, where ``operator`` is "range"
    form: str = "level"  # level, change, growth, count
    base_year: int | None = None
    period: str = ""
    past: bool = False  # the figure's year lies before the year of the value
    reason: Text = field(default_factory=dict)  # why it cannot be compared
    own_text: Text = field(default_factory=dict)  # the own value where it is not a number: yes, no


@dataclass(frozen=True)
class TracePart:
    """One part of the total: an answer under a rule."""

    code: str
    path: list[Text]
    title: Text
    answer: Text
    rule: Text
    points: Decimal | None
    max: Decimal | None
    contribution: Decimal


@dataclass(frozen=True)
class ResultReport:
    """Everything a report on one result says."""

    result_id: int
    number: str  # report number
    organisation: str
    credit_code: str
    region: Text
    industry: Text
    size: Text
    round_title: str
    year: int
    instrument_title: Text
    instrument_label: str
    notice: Text
    status: str
    synthetic: bool
    submitted_at: datetime
    receipt: str
    scored_at: datetime
    total: Decimal | None
    max: Decimal
    level: int
    level_count: int
    level_name: Text
    level_text: Text
    next_level_name: Text | None
    binding: list[Binding]
    cohort: Cohort | None
    cohort_missing: Text  # why there is no cohort
    standing: Decimal | None  # percent of the cohort below, ties half
    dimensions: list[Dimension]  # the root's children, then theirs with depth 2
    strengths: list[Dimension]
    weaknesses: list[Dimension]
    next_steps: list[NextStep]
    targets: list[TargetRow]
    trace: list[TracePart]
    trace_sum: Decimal | None
    unanswered: list[Text]
    not_applicable: list[Text]
    warnings: list[Text]
    instrument_sha256: str
    inputs_sha256: str
    engine: str
    sources: list[tuple[str, Text]] = field(default_factory=list)
    today: date | None = None
    submission_id: int = 0
    round_id: int = 0
    level_names: list[Text] = field(default_factory=list)  # by rank, from 0 (none)
    score_suffices: bool = False  # the total is enough for the next level; something else is not
    annexes: Annexes | None = None  # laid beside it for one reader
    verified: Text = field(default_factory=dict)  # when and by which office; empty = not
    counted: Text = field(default_factory=dict)  # whom the round counts, where not all submitted
    indicators: list[IndicatorPeers] = field(default_factory=list)  # those peers gave as well
