"""When a value reaches a target: operator and direction together decide."""

from __future__ import annotations

from decimal import Decimal

from scoring.progress.shapes import Aim, Direction, Point

INEQUALITIES = ("≥", ">", "≤", "<")
TURNED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}


def wants_less(operator: str, direction: str) -> bool:
    """Whether lower values come nearer: an inequality says so itself, else the direction does."""
    return operator in ("≤", "<") or (direction == "lower" and operator not in ("≥", ">"))


def wants_one(operator: str, direction: str) -> bool:
    """Whether only the number itself, or a place in the range, will do."""
    return direction == "neutral" and operator not in INEQUALITIES


def reaches(
    value: Decimal, low: Decimal, high: Decimal | None, operator: str, direction: str
) -> bool:
    """Whether a value meets a target: beyond it is met too, in the direction that is better.

    A strict operator (> or <) is not met by the number itself; "about" asks for the number.
    """
    top = low if high is None else high
    if wants_one(operator, direction):
        return low <= value <= top
    if wants_less(operator, direction):
        return value < top if operator == "<" else value <= top
    return value > low if operator == ">" else value >= low


def surely_reaches(point: Point, aim: Aim, direction: Direction) -> bool:
    """Whether everything a published value may stand for meets the target.

    A range must do so with both ends; "more than 30" meets "at least 30", never "at most 40".
    """
    if point.operator in INEQUALITIES:
        less = wants_less(aim.operator, direction)
        if wants_one(aim.operator, direction) or (point.operator in ("≤", "<")) != less:
            return False
        if point.operator == aim.operator and point.value == aim.value:
            return True  # "more than 30" where more than 30 is asked for
        return reaches(point.value, aim.value, aim.high, aim.operator, direction)
    ends = (point.value, point.value if point.high is None else point.high)
    return all(reaches(end, aim.value, aim.high, aim.operator, direction) for end in ends)


def goal(aim: Aim, direction: Direction, seen: Decimal) -> Decimal:
    """The nearest value that a target asks for: an end of its range, or the number."""
    if aim.high is None:
        return aim.value
    if wants_one(aim.operator, direction):
        return min(max(seen, aim.value), aim.high)
    return aim.high if wants_less(aim.operator, direction) else aim.value
