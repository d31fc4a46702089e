"""How much a rule gives: exact arithmetic in 万元 (CNY 10,000), caps applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from scoring.policies.inputs import Inputs
from scoring.policies.results import Award

YUAN = Decimal(10000)
HUNDRED = Decimal(100)


def names_of(amount: Mapping[str, Any]) -> tuple[str, ...]:
    """The inputs an amount is computed from."""
    beyond = amount.get("beyond") or {}
    return tuple(name for name in (amount.get("of"), beyond.get("of")) if name)


def award_of(
    benefit: Mapping[str, Any], inputs: Inputs, received: Decimal = Decimal(0)
) -> tuple[Award | None, tuple[str, ...]]:
    """The award and the inputs that are missing for it.

    ``benefit`` is the stored benefit of a rule; ``received`` what it paid in earlier years. None
    without missing inputs: the document states no figure.
    """
    amount = benefit.get("amount")
    if not amount:
        return None, ()
    missing = inputs.missing(names_of(amount))
    if missing:
        return None, missing
    if amount["kind"] in ("fixed", "range"):
        award = _stated(amount)
    else:
        award = _computed(amount, inputs)
    return _capped(award, benefit, received), ()


def _stated(amount: Mapping[str, Any]) -> Award:
    low = _money(Decimal(amount["value"]), amount)
    high = _money(Decimal(amount.get("value_high", amount["value"])), amount)
    return _award(amount, low, high, "")


def _computed(amount: Mapping[str, Any], inputs: Inputs) -> Award:
    """The sum over all cases of the base, each with its own cap."""
    least = Decimal(amount.get("each_from", "0"))
    cap = Decimal(amount["cap"]) if "cap" in amount else None
    total, steps, capped = Decimal(0), [], False
    for base in inputs.numbers(amount["of"]):
        if base < least:
            continue
        one, step = _one(amount, base, inputs)
        if cap is not None and one > cap:
            one, step, capped = cap, f"{step} → {shown(cap)}", True
        total += one
        steps.append(step)
    if len(steps) > 1:
        steps.append(f"Σ = {shown(total)}")
    award = _award(amount, total, total, "; ".join(steps))
    return replace(award, capped=("project",)) if capped else award


def _one(amount: Mapping[str, Any], base: Decimal, inputs: Inputs) -> tuple[Decimal, str]:
    if amount["kind"] == "tiered":
        reached = [t for t in amount["tiers"] if base >= Decimal(t["start"])]
        tier = max(reached, key=lambda t: Decimal(t["start"]), default={"value": "0"})
        value = _money(Decimal(tier["value"]), amount)
        return value, f"{shown(base)} → {shown(value)}"
    rate = Decimal(amount["value"])
    if amount["kind"] == "per_unit":
        value = _money(rate * base, amount)
        divided = f" ÷ {shown(YUAN)}" if amount.get("unit") == "yuan" else ""
        return value, f"{shown(rate)} × {shown(base)}{divided} = {shown(value)}"
    part, said = _part(amount, base, inputs)
    value = _money(rate * part / HUNDRED, amount)
    return value, f"{shown(rate)}% × {said} = {shown(value)}"


def _part(amount: Mapping[str, Any], base: Decimal, inputs: Inputs) -> tuple[Decimal, str]:
    """The base, or what it has beyond a share of another number; never below nought."""
    beyond = amount.get("beyond")
    if not beyond:
        return base, shown(base)
    other, percent = inputs.numbers(beyond["of"])[0], Decimal(beyond["percent"])
    part = max(base - percent * other / HUNDRED, Decimal(0))
    return part, f"({shown(base)} − {shown(percent)}% × {shown(other)})"


def _award(amount: Mapping[str, Any], low: Decimal, high: Decimal, working: str) -> Award:
    up_to = bool(amount.get("up_to"))
    return Award(None if up_to else low, high, amount.get("per", "once"), up_to, working)


def _capped(award: Award, benefit: Mapping[str, Any], received: Decimal) -> Award:
    """Apply the cap of the year, then what is left of the cap in all."""
    for name in ("year", "total"):
        if f"cap_{name}" not in benefit:
            continue
        cap = Decimal(benefit[f"cap_{name}"])
        if name == "total":
            cap = max(cap - received, Decimal(0))
        if award.high > cap:
            low = None if award.low is None else min(award.low, cap)
            working = f"{award.working} → {shown(cap)}" if award.working else ""
            award = replace(award, low=low, high=cap, working=working, capped=(*award.capped, name))
    return award


def _money(value: Decimal, amount: Mapping[str, Any]) -> Decimal:
    return value / YUAN if amount.get("unit") == "yuan" else value


def shown(number: Decimal) -> str:
    """12000.50 → “12,000.5”."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
