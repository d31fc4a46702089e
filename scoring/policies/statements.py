"""What every match says about its date, in both languages."""

from __future__ import annotations

from datetime import date

from scoring.policies.results import Text


def lapsed(valid_to: str, today: date) -> bool:
    """Whether the stated end (a year, a month or a day) lies before ``today``."""
    return bool(valid_to) and today.isoformat()[: len(valid_to)] > valid_to


def statement(valid_from: str, valid_to: str, office: Text, over: bool) -> Text:
    """The date of the rule, its stated end, and whom to ask whether it still applies."""
    zh, en = f"本规则发布于{_zh(valid_from)}", f"This rule dates from {valid_from}"
    if valid_to:
        zh += f"，文件写明的期限到{_zh(valid_to)}{'，已经届满' if over else ''}"
        en += f"; its stated period runs to {valid_to}{' and is over' if over else ''}"
    else:
        zh += "，文件没有写明有效期"
        en += "; no end is stated"
    who_zh, who_en = office.get("zh") or "发布机关", office.get("en") or "the issuing office"
    return {
        "zh": f"{zh}。现在是否仍然适用，请向发布机关核实（责任单位：{who_zh}）。"
        if office
        else f"{zh}。现在是否仍然适用，请向{who_zh}核实。",
        "en": f"{en}. Ask the issuing office whether it still applies (responsible: {who_en})."
        if office
        else f"{en}. Ask {who_en} whether it still applies.",
    }


def _zh(day: str) -> str:
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(day.split("-"), "年月日", strict=False)
    )
