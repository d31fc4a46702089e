"""Trace a total back to answers: contributions that add up exactly to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from scoring.engine.numbers import Compiled, plain, rounded
from scoring.engine.points import ANSWERED, NOT_APPLICABLE, NOT_ASKED, UNANSWERED
from scoring.engine.tree import child_column, coefficients
from scoring.engine.words import both, missing_rule, rule

Row = Mapping[str, Any]
Part = dict[str, Any]


def trace(compiled: Compiled, coded: Row, scored: Row, said: Mapping[str, Any]) -> dict[str, Any]:
    """``{"parts": […], "sum"}`` of one row; ``said`` gives the answers as they were given."""
    total = scored["total"]
    if compiled["root"] is None or total is None:
        return {"parts": [], "sum": None}
    nodes = {node["code"]: node for node in compiled["nodes"]}
    amounts: dict[str, int] = {}
    _hand_down(nodes[compiled["root"]], total, nodes, scored, amounts)
    items = {item["code"]: item for item in [*compiled["questions"], *compiled["computed"]]}
    parts = _parts(nodes[compiled["root"]], nodes, items, coded, scored, said, amounts)
    return {"parts": parts, "sum": plain(total)}


def _hand_down(
    node: dict[str, Any], amount: int, nodes: dict[str, Any], scored: Row, amounts: dict[str, int]
) -> None:
    """Share a node's part of the total out among what is below it."""
    scores = [scored[child_column(child)] for child in node["children"]]
    to_share = amount
    if node["aggregate"] == "geometric_mean":
        to_share = _arithmetic(node, amount, scores, scored[f"node.{node['code']}"])
        amounts[f"node.{node['code']}"] = amount - to_share
    for child, part in zip(node["children"], _shares(node, to_share, scores), strict=True):
        if child["kind"] == "node":
            _hand_down(nodes[child["code"]], part, nodes, scored, amounts)
        else:
            amounts[f"item.{child['code']}"] = part


def _shares(node: dict[str, Any], amount: int, scores: Sequence[int | None]) -> list[int]:
    if node["aggregate"] == "minimum":
        weakest = _weakest(node, scores)
        return [amount if index == weakest else 0 for index in range(len(scores))]
    factors = [1] * len(scores) if node["aggregate"] == "sum" else coefficients(node)[0]
    return shared_out(amount, [f * (s or 0) for f, s in zip(factors, scores, strict=True)])


def _weakest(node: dict[str, Any], scores: Sequence[int | None]) -> int:
    """The first of the children with the least share of their maximum."""
    maxima = [child["max"] for child in node["children"]]
    known = [
        (Fraction(s, m), i)
        for i, (s, m) in enumerate(zip(scores, maxima, strict=True))
        if s is not None
    ]
    return min(known)[1] if known else 0


def shared_out(amount: int, weights: Sequence[int]) -> list[int]:
    """Whole parts in proportion to ``weights`` that add up to ``amount`` (largest remainder)."""
    total = sum(weights)
    if total == amount:
        return list(weights)
    if total == 0:
        return [0] * len(weights)
    parts = [divmod(amount * weight, total) for weight in weights]
    left = amount - sum(whole for whole, _ in parts)
    order = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))[:left]
    return [whole + (index in order) for index, (whole, _) in enumerate(parts)]


def _arithmetic(
    node: dict[str, Any], amount: int, scores: Sequence[int | None], score: int | None
) -> int:
    """What the children would give under an arithmetic mean, in proportion to ``amount``."""
    if not score:
        return 0
    factors, weights, common = coefficients(node)
    present = sum(w for w, s in zip(weights, scores, strict=True) if s is not None)
    top = sum(f * (s or 0) for f, s in zip(factors, scores, strict=True)) * node["max"]
    mean = Fraction(top, common * present)
    return max(amount, round(amount * mean / score))


def _parts(
    node: dict[str, Any],
    nodes: dict[str, Any],
    items: dict[str, Any],
    coded: Row,
    scored: Row,
    said: Mapping[str, Any],
    amounts: dict[str, int],
) -> list[Part]:
    path = [*node["path"], node["code"]]
    found: list[Part] = []
    for child in node["children"]:
        if child["kind"] == "node":
            inner = nodes[child["code"]]
            found += _parts(inner, nodes, items, coded, scored, said, amounts)
        else:
            item = items[child["code"]]
            found.append(_part(item, path, coded, scored, said, amounts))
    adjustment = amounts.get(f"node.{node['code']}", 0)
    if adjustment:
        found.append(_adjustment(node, adjustment))
    return found


def _part(
    item: dict[str, Any],
    path: list[str],
    coded: Row,
    scored: Row,
    said: Mapping[str, Any],
    amounts: dict[str, int],
) -> Part:
    code, points = item["code"], scored[f"item.{item['code']}"]
    computed = item["kind"] == "computed"
    value = scored[f"value.{code}"] if computed else coded[code]
    return {
        "code": code,
        "path": path,
        "answer": rounded(value) if computed else said.get(code),
        "rule": _rule(item, value, points, coded, scored),
        "points": plain(points),
        "max": plain(item["max"]),
        "contribution": plain(amounts[f"item.{code}"]),
    }


def _rule(item: dict[str, Any], value: Any, points: int | None, coded: Row, scored: Row) -> Any:
    state = item_state(item, value, coded)
    if points is None or state != ANSWERED:
        return missing_rule(item, state)
    return rule(item, value, points)


def item_state(item: dict[str, Any], value: Any, coded: Row) -> int:
    """How an item stands; a computed value stands as the questions it needs."""
    if item["kind"] != "computed":
        state = int(coded[f"{item['code']}.state"])
        return UNANSWERED if state == ANSWERED and value is None else state
    if value is not None:
        return ANSWERED
    states = {int(coded[f"{code}.state"]) for code in item["depends"]}
    return next((s for s in (NOT_ASKED, NOT_APPLICABLE) if s in states), UNANSWERED)


def _adjustment(node: dict[str, Any], amount: int) -> Part:
    return {
        "code": node["code"],
        "path": [*node["path"], node["code"]],
        "answer": None,
        "rule": both(
            "几何平均低于算术平均：各部分不均衡的扣减",
            "the geometric mean lies below the arithmetic one: unevenness costs this much",
        ),
        "points": None,
        "max": None,
        "contribution": plain(amount),
    }
