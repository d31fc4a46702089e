"""The ten kinds of questions."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from questionnaires.instruments.fields import (
    Code,
    Day,
    ExpressionText,
    Number,
    Part,
    Points,
    Slug,
    Text,
    Unit,
)
from questionnaires.instruments.points import AnyYesNoPoints, ExpressionPoints, ValuePoints

Policy = Literal["zero", "reweight", "full"]
MOST_OPTIONS = 60  # a multiple answer is coded as a bit mask


class SourceRef(Part):
    """A catalogue source and the place in it."""

    code: Slug
    locator: str | None = None


def _source(value: Any) -> Any:
    return {"code": value} if isinstance(value, str) else value


Source = Annotated[SourceRef, BeforeValidator(_source)]


class Advice(Part):
    """What to do when its one condition holds."""

    rung_below: StrictInt | None = None
    lacking: Code | None = None
    points_below: Number | None = None
    when: ExpressionText | None = None
    text: Text
    title: Text | None = None
    nature: Literal["policy", "recommendation", "case", "method"] | None = None
    source: Source | None = None


class Option(Part):
    code: Code
    text: Text
    points: Points | None = None
    exclusive: StrictBool = False


class Branch(Part):
    code: Code
    text: Text


class Rung(Part):
    name: Text | None = None
    text: Text
    points: Points | None = None
    branches: tuple[Branch, ...] = ()


class BaseQuestion(Part):
    code: Code
    text: Text
    help: Text | None = None
    indicator: Slug | None = None
    required: StrictBool = True
    relevant: ExpressionText | None = None
    not_applicable: Policy | None = None
    allow_not_applicable: StrictBool | None = None
    allow_unknown: StrictBool = True
    missing: Policy | None = None
    tags: tuple[str, ...] = ()
    evidence: Text | None = None
    advice: tuple[Advice, ...] = ()

    @property
    def takes_not_applicable(self) -> bool:
        """Whether "does not apply" is an answer; giving its policy allows it too."""
        if self.allow_not_applicable is not None:
            return self.allow_not_applicable
        return self.not_applicable is not None


class WithOptions(BaseQuestion):
    options: tuple[Option, ...] = Field(min_length=1, max_length=MOST_OPTIONS)
    points: ExpressionPoints | None = None

    def option_points(self) -> list[Decimal] | None:
        """Points of each option, or None where no option has any."""
        given = [option.points for option in self.options]
        return None if all(p is None for p in given) else [p or Decimal(0) for p in given]


class Single(WithOptions):
    kind: Literal["single"]


class Multiple(WithOptions):
    kind: Literal["multiple"]
    max_points: Points | None = None


class NumberQuestion(BaseQuestion):
    kind: Literal["number"]
    unit: Unit = None
    min: Number | None = None
    max: Number | None = None
    decimals: Annotated[StrictInt, Field(ge=0, le=6)] | None = None
    points: ValuePoints | None = None


class Ratio(BaseQuestion):
    kind: Literal["ratio"]
    part: Text | None = None
    whole: Text | None = None
    unit: Unit = None
    above_whole: StrictBool = False
    points: ValuePoints | None = None


class Ladder(BaseQuestion):
    kind: Literal["ladder"]
    rungs: tuple[Rung, ...] = Field(min_length=2, max_length=20)
    points: ExpressionPoints | None = None

    def rung_points(self) -> list[Decimal] | None:
        """Points of each rung, or None where no rung has any."""
        given = [rung.points for rung in self.rungs]
        return None if all(p is None for p in given) else [p or Decimal(0) for p in given]


class YesNo(BaseQuestion):
    kind: Literal["yes_no"]
    points: AnyYesNoPoints | None = None


class TextQuestion(BaseQuestion):
    kind: Literal["text"]
    max_length: Annotated[StrictInt, Field(ge=1, le=20000)] = 2000
    points: ExpressionPoints | None = None


class DateQuestion(BaseQuestion):
    kind: Literal["date"]
    min: Day | None = None
    max: Day | None = None
    points: ExpressionPoints | None = None


class BeforeAfter(BaseQuestion):
    kind: Literal["before_after"]
    unit: Unit = None
    min: Number | None = None
    max: Number | None = None
    decimals: Annotated[StrictInt, Field(ge=0, le=6)] | None = None
    better: Literal["higher", "lower"] | None = None
    points: ValuePoints | None = None


class EvidenceQuestion(BaseQuestion):
    kind: Literal["evidence"]
    max_files: Annotated[StrictInt, Field(ge=1, le=100)] = 5
    points: ValuePoints | None = None


Question = Annotated[
    Single
    | Multiple
    | NumberQuestion
    | Ratio
    | Ladder
    | YesNo
    | TextQuestion
    | DateQuestion
    | BeforeAfter
    | EvidenceQuestion,
    Field(discriminator="kind"),
]


def unit_key(part: Any) -> str:
    """The unit's Chinese name, by which units are told apart; empty where there is none."""
    return (getattr(part, "unit", None) or {}).get("zh", "")


def reach(part: Any) -> Decimal | None:
    """The most points a question or computed value can earn; None when it earns none."""
    if part.points is not None:
        most: Decimal = part.points.max
        return most
    if isinstance(part, Ladder):
        points = part.rung_points()
        return max(points) if points else None
    if not isinstance(part, WithOptions) or (points := part.option_points()) is None:
        return None
    return _reach_multiple(part, points) if isinstance(part, Multiple) else max(points)


def _reach_multiple(question: Multiple, points: list[Decimal]) -> Decimal:
    together = sum(p for p, o in zip(points, question.options, strict=True) if not o.exclusive)
    alone = [p for p, o in zip(points, question.options, strict=True) if o.exclusive]
    most = max([Decimal(together), *alone])
    return most if question.max_points is None else min(most, question.max_points)
