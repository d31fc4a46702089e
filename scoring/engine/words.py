"""How rules and conditions read, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scoring.engine.numbers import ONE, text
from scoring.engine.points import NOT_APPLICABLE, NOT_ASKED, UNKNOWN

Text = dict[str, str]

_WHY = {
    NOT_ASKED: ("不涉及本企业", "not asked of this enterprise"),
    NOT_APPLICABLE: ("不适用", "does not apply"),
    UNKNOWN: ("不清楚", "not known"),
}
_THEN = {
    "zero": ("计 0 分", "counts as 0"),
    "full": ("按满分计", "counts in full"),
    "reweight": ("不计入，权重由其余部分分担", "left out, the others carry its weight"),
}


def both(zh: str, en: str) -> Text:
    return {"zh": zh, "en": en}


def missing_rule(item: dict[str, Any], state: int) -> Text:
    """Why an item has no answer to judge, and what that does."""
    policy = item["not_applicable"] if state == NOT_APPLICABLE else item["missing"]
    policy = "reweight" if state == NOT_ASKED else policy
    why = _WHY.get(state, ("未作答", "not answered"))
    then = _THEN[policy]
    return both(f"{why[0]}，{then[0]}", f"{why[1]}: {then[1]}")


def rule(item: dict[str, Any], value: Any, points: int) -> Text:
    """The rule that gave ``points`` (millionths) for a coded ``value``."""
    return _RULES[item["plan"]["how"]](item, value, text(points))


def _choice(item: dict[str, Any], value: int, points: str) -> Text:
    if item["kind"] == "ladder":
        return both(f"第 {value} 级，计 {points} 分", f"rung {value} earns {points}")
    code = item["options"][value]["code"]
    return both(f"选项 {code}，计 {points} 分", f"option {code} earns {points}")


def _bits(item: dict[str, Any], value: int, points: str) -> Text:
    cap = item["plan"]["cap"]
    zh = f"所选各项分值之和，计 {points} 分"
    en = f"the sum of the chosen options, {points}"
    if cap is None:
        return both(zh, en)
    return both(f"{zh}（最多 {text(cap)} 分）", f"{en} (at most {text(cap)})")


def _yes_no(item: dict[str, Any], value: bool, points: str) -> Text:
    return both(
        f"{'是' if value else '否'}，计 {points} 分", f"{'yes' if value else 'no'} earns {points}"
    )


def _bands(item: dict[str, Any], value: float, points: str) -> Text:
    band = next(b for b in item["plan"]["bands"] if inside(b, value))
    return both(
        f"位于 {band['interval']}，计 {points} 分", f"within {band['interval']} earns {points}"
    )


def inside(band: dict[str, Any], value: float) -> bool:
    """Whether a value lies in a band."""
    low, high = band["low"], band["high"]
    above = low is None or value > low or (band["low_closed"] and value == low)
    below = high is None or value < high or (band["high_closed"] and value == high)
    return bool(above and below)


def _linear(item: dict[str, Any], value: float, points: str) -> Text:
    plan = item["plan"]
    worst, best, most = (text(plan[key]) for key in ("worst", "best", "points"))
    return both(
        f"在 {worst}（0 分）与 {best}（{most} 分）之间按直线计，得 {points} 分",
        f"on the line from {worst} (0) to {best} ({most}): {points}",
    )


def _expression(item: dict[str, Any], value: Any, points: str) -> Text:
    most = text(item["plan"]["max"])
    return both(f"按公式计 {points} 分（最多 {most} 分）", f"{points} by formula (at most {most})")


_RULES: dict[str, Callable[[dict[str, Any], Any, str], Text]] = {
    "choice": _choice,
    "bits": _bits,
    "yes_no": _yes_no,
    "bands": _bands,
    "linear": _linear,
    "expression": _expression,
}


def score_gap(title: Text, required: int, actual: int | None) -> Text:
    need = text(required)
    if actual is None:
        return both(
            f"{title['zh']}需达到 {need} 分，目前无法评分",
            f"{title['en']} must reach {need}; it cannot be scored yet",
        )
    shown = in_short(actual, required)
    have, gap = text(shown), text(required - shown)
    return both(
        f"{title['zh']}需达到 {need} 分，目前 {have} 分，还差 {gap} 分",
        f"{title['en']} must reach {need}; it is {have}, {gap} short",
    )


def in_short(actual: int, required: int) -> int:
    """``actual`` (millionths) to one decimal, or to as many as keep it below ``required``."""
    for unit in (10**5, 10**4, 10**3, 10**2, 10):
        rounded = (2 * actual + unit) // (2 * unit) * unit
        if rounded < required:
            return rounded
    return actual


def rung_gap(condition: dict[str, Any], actual: int | None) -> Text:
    """How many ladder questions stand high enough, and how many more it takes."""
    rung, counted = condition["rung"], _counted(condition)
    zh, en = counted["zh"], counted["en"]
    if "share" in condition:
        required = condition["share"]
        need, have = text(required), "–" if actual is None else text(in_short(actual, required))
        return both(
            f"{zh}中需有 {need}% 达到第 {rung} 级及以上，目前为 {have}%",
            f"{need} % of the {en} must stand at rung {rung} or above; now {have} %",
        )
    need, have = str(condition["at_least"]), str(actual or 0)
    gap = condition["at_least"] - (actual or 0)
    return both(
        f"{zh}中需有 {need} 个达到第 {rung} 级及以上，目前 {have} 个，还差 {gap} 个",
        f"{need} {en} must stand at rung {rung} or above; {have} do, {gap} more needed",
    )


def _counted(condition: dict[str, Any]) -> Text:
    """What the condition counts, in the words of the instrument where it gives them."""
    if condition["name"]:
        return dict(condition["name"])
    tagged = condition["tagged"]
    if tagged:
        return both(f"标记为 {tagged} 的题目", f"questions tagged {tagged}")
    return both("分级题", "graded questions")


def level_gap(name: Text) -> Text:
    return both(
        f"须先满足“{name['zh']}”的条件", f"the conditions of “{name['en']}” must hold first"
    )


def expression_gap(condition: dict[str, Any]) -> Text:
    if condition["text"]:
        return dict(condition["text"])
    when = condition["when"]
    if condition["kind"] == "veto":
        return both(f"不得出现：{when}", f"must not be the case: {when}")
    return both(f"须满足：{when}", f"must be the case: {when}")


def any_gap(parts: list[Text]) -> Text:
    zh, en = "；".join(p["zh"] for p in parts), "; ".join(p["en"] for p in parts)
    return both(f"以下至少满足一项：{zh}", f"at least one of: {en}")


HUNDRED = 100 * ONE
