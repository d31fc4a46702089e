"""The amount of a support rule in plain words, ``{zh, en}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from questionnaires.models import Indicator, Policy
from questionnaires.numbers import shown

Text = dict[str, str]
YUAN = Decimal(10000)

PROFILE_NAMES: dict[str, Text] = {
    "profile.region": {"zh": "所在地区", "en": "Region"},
    "profile.industry": {"zh": "行业", "en": "Industry"},
    "profile.section": {"zh": "行业门类", "en": "Industry section"},
    "profile.size": {"zh": "企业规模", "en": "Size of the enterprise"},
    "profile.employees": {"zh": "从业人员", "en": "Employees"},
    "profile.revenue": {"zh": "营业收入", "en": "Operating revenue"},
    "profile.assets": {"zh": "资产总额", "en": "Total assets"},
    "profile.year": {"zh": "年份", "en": "Year"},
}
_PER: dict[str, Text] = {
    "once": {"zh": "，一次性", "en": ", once"},
    "year": {"zh": "，每年", "en": ", a year"},
    "month": {"zh": "，每月", "en": ", a month"},
    "project": {"zh": "，每个项目", "en": ", a project"},
}
_CAPS: dict[str, Text] = {
    "cap": {"zh": "单个项目不超过{zh}", "en": "at most {en} a project"},
    "cap_year": {"zh": "每年不超过{zh}", "en": "at most {en} a year"},
    "cap_total": {"zh": "累计不超过{zh}", "en": "at most {en} in all"},
}


def input_names(policies: Iterable[Policy]) -> dict[str, Text]:
    """Names of everything the rules read: profile fields and indicators."""
    codes = {name for policy in policies for name in policy.inputs} - set(PROFILE_NAMES)
    found = Indicator.objects.filter(code__in=codes).values_list("code", "name")
    return PROFILE_NAMES | dict(found)


def money(value: Decimal | str, unit: str = "wan") -> Text:
    """300 万元 → 300万元, CNY 3,000,000."""
    number = Decimal(value)
    if unit == "yuan":
        return {"zh": f"{shown(number)}元", "en": f"CNY {shown(number)}"}
    return {"zh": f"{shown(number)}万元", "en": f"CNY {shown(number * YUAN)}"}


def amount_words(policy: Policy, names: Mapping[str, Text]) -> Text:
    """How much, and its period; empty where the document gives no figure."""
    amount = policy.amount
    if not amount:
        return {}
    said = _SAYERS[amount["kind"]](amount, names)
    at_most = {"zh": "不超过", "en": "up to "} if amount.get("up_to") else {"zh": "", "en": ""}
    per = _PER[amount.get("per", "once")]
    return {key: at_most[key] + said[key] + per[key] for key in said}


def cap_words(policy: Policy) -> list[Text]:
    """Every cap in words, the narrowest first."""
    given = {"cap": policy.amount.get("cap")} | {
        name: policy.benefit.get(name) for name in ("cap_year", "cap_total")
    }
    return [
        {key: text.format(**money(value)) for key, text in _CAPS[name].items()}
        for name, value in given.items()
        if value is not None
    ]


def _fixed(amount: Mapping[str, Any], names: Mapping[str, Text]) -> Text:
    return money(amount["value"], amount.get("unit", "wan"))


def _range(amount: Mapping[str, Any], names: Mapping[str, Text]) -> Text:
    unit = amount.get("unit", "wan")
    low, high = money(amount["value"], unit), money(amount["value_high"], unit)
    return {"zh": f"{low['zh']}至{high['zh']}", "en": f"{low['en']} to {high['en']}"}


def _percent(amount: Mapping[str, Any], names: Mapping[str, Text]) -> Text:
    base, rate = _name(amount["of"], names), shown(Decimal(amount["value"]))
    if beyond := amount.get("beyond"):
        other, share = _name(beyond["of"], names), shown(Decimal(beyond["percent"]))
        base = {
            "zh": f"{base['zh']}超过{other['zh']}{share}%的部分",
            "en": f"the part of “{base['en']}” beyond {share}% of “{other['en']}”",
        }
        return {"zh": f"{base['zh']}的{rate}%", "en": f"{rate}% of {base['en']}"}
    return {"zh": f"{base['zh']}的{rate}%", "en": f"{rate}% of “{base['en']}”"}


def _per_unit(amount: Mapping[str, Any], names: Mapping[str, Text]) -> Text:
    base, rate = _name(amount["of"], names), money(amount["value"], amount.get("unit", "wan"))
    return {
        "zh": f"{rate['zh']} × {base['zh']}",
        "en": f"{rate['en']} × “{base['en']}”",
    }


def _tiered(amount: Mapping[str, Any], names: Mapping[str, Text]) -> Text:
    base = _name(amount["of"], names)
    steps = [
        (shown(Decimal(tier["start"])), money(tier["value"], amount.get("unit", "wan")))
        for tier in amount["tiers"]
    ]
    return {
        "zh": f"{base['zh']}" + "；".join(f"达到{start}：{value['zh']}" for start, value in steps),
        "en": f"“{base['en']}” "
        + "; ".join(f"from {start}: {value['en']}" for start, value in steps),
    }


def _name(code: str, names: Mapping[str, Text]) -> Text:
    name = names.get(code) or {}
    return {"zh": name.get("zh") or code, "en": name.get("en") or name.get("zh") or code}


_SAYERS = {
    "fixed": _fixed,
    "range": _range,
    "percent": _percent,
    "per_unit": _per_unit,
    "tiered": _tiered,
}
