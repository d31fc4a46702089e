"""The highest benefit and no double benefit: inside a group of rules only the best one counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from scoring.policies.results import Match, State

ONE_ONLY = {
    "zh": "与同组其他支持只能享受一项：金额或方式不同，无法自动比较，请向主管部门核实。",
    "en": "Only one support of this group can be had; they differ in kind, so ask the office.",
}
_OPEN = (State.MET, State.NEEDS_PERSON)


def without_doubles(matches: list[Match]) -> list[Match]:
    """The same matches in the same order, the lesser of each group marked as excluded."""
    groups: dict[str, list[Match]] = defaultdict(list)
    for one in matches:
        if one.group and one.state in _OPEN and not one.lapsed:
            groups[one.group].append(one)
    return [_placed(one, groups[one.group]) if one.group else one for one in matches]


def _placed(one: Match, group: list[Match]) -> Match:
    if one not in group or len(group) == 1:
        return one
    better = [other for other in group if other is not one and _beats(other, one, group)]
    if better:
        best = max(better, key=_rank)
        return replace(one, excluded_by=best.code)
    if any(not _comparable(one, other) for other in group if other is not one):
        return replace(one, notes=(*one.notes, ONE_ONLY))
    return one


def _rank(one: Match) -> tuple[bool, Decimal]:
    return one.state is State.MET, one.award.high if one.award else Decimal(0)


def _comparable(one: Match, other: Match) -> bool:
    return bool(one.award and other.award and one.award.per == other.award.per)


def _beats(one: Match, other: Match, group: list[Match]) -> bool:
    """Whether ``one`` shuts out ``other``. What a person must confirm shuts out nothing certain."""
    if not (one.award and other.award and _comparable(one, other)):
        return False
    if other.state is State.MET and one.state is not State.MET:
        return False
    if one.award.high == other.award.high:
        if one.state is not other.state:
            return one.state is State.MET
        return group.index(one) < group.index(other)
    return one.award.high > other.award.high
