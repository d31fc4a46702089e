"""Amounts, needs and inputs of support rules in plain words, ``{zh, en}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from questionnaires.amount_words import PROFILE_NAMES, money
from questionnaires.models import Indicator, Industry, Policy
from questionnaires.numbers import shown
from scoring.policies import Award, Local, Match, Need

Text = dict[str, str]
Value = Decimal | str

PER: dict[str, Text] = {
    "once": {"zh": "（一次性）", "en": " (once)"},
    "year": {"zh": "（每年）", "en": " (a year)"},
    "month": {"zh": "（每月）", "en": " (a month)"},
    "project": {"zh": "（每个项目）", "en": " (a project)"},
}
CAPPED: dict[str, Text] = {
    "project": {"zh": "单个项目的上限已起作用", "en": "the cap of one project took effect"},
    "year": {"zh": "每年的上限已起作用", "en": "the yearly cap took effect"},
    "total": {"zh": "累计的上限已起作用", "en": "the cap in all took effect"},
}
SIZES: dict[str, Text] = {
    "large": {"zh": "大型", "en": "large"},
    "medium": {"zh": "中型", "en": "medium"},
    "small": {"zh": "小型", "en": "small"},
    "micro": {"zh": "微型", "en": "micro"},
}
YES_NO = ({"zh": "否", "en": "no"}, {"zh": "是", "en": "yes"})
OPERATORS: dict[str, Text] = {
    "=": {"zh": "{0}", "en": "{0}"},
    "≠": {"zh": "不是{0}", "en": "anything but {0}"},
    ">": {"zh": "大于{0}", "en": "more than {0}"},
    "≥": {"zh": "不少于{0}", "en": "at least {0}"},
    "<": {"zh": "小于{0}", "en": "less than {0}"},
    "≤": {"zh": "不大于{0}", "en": "at most {0}"},
    "between": {"zh": "{0}至{1}", "en": "{0} to {1}"},
}
MONEY = "万元"


@dataclass(frozen=True)
class Lexicon:
    """Names and units of everything rules read, and names of industry sections."""

    names: Mapping[str, Text]
    units: Mapping[str, Text]
    sections: Mapping[str, Text]

    @classmethod
    def of(cls, rules: list[Policy]) -> Lexicon:
        codes = {name for rule in rules for name in rule.inputs} - set(PROFILE_NAMES)
        rows = list(Indicator.objects.filter(code__in=codes))
        units = {
            one.code: one.unit_name or {"zh": one.unit, "en": one.unit} if one.unit else {}
            for one in rows
        }
        wan = {"zh": MONEY, "en": MONEY}
        units |= {"profile.revenue": wan, "profile.assets": wan}
        units["profile.employees"] = {"zh": "人", "en": "persons"}
        sections = dict(Industry.objects.filter(level="section").values_list("code", "name"))
        return cls(PROFILE_NAMES | {one.code: one.name for one in rows}, units, sections)

    def name(self, code: str) -> Text:
        found = self.names.get(code) or {}
        return {"zh": found.get("zh") or code, "en": found.get("en") or found.get("zh") or code}

    def value(self, code: str, value: Value) -> Text:
        """A value of an input with its unit; yes or no where it has none."""
        if isinstance(value, str):
            return SIZES.get(value) or self.sections.get(value) or {"zh": value, "en": value}
        unit = self.units.get(code) or {}
        if unit.get("zh") == MONEY:
            return money(value)
        if not unit and not code.startswith("profile.") and value in (0, 1):
            return YES_NO[int(value)]
        number = shown(value)
        return {
            "zh": f"{number}{unit.get('zh', '')}",
            "en": f"{number} {unit.get('en') or unit.get('zh', '')}".strip(),
        }


def need_words(need: Need, lexicon: Lexicon) -> Text:
    """“年研发投入：现为50万元，需要大于1000万元”."""
    name = lexicon.name(need.name)
    own = [lexicon.value(need.name, one) for one in need.own]
    wanted = _wanted(need, [lexicon.value(need.name, one) for one in need.needed])
    by = [lexicon.name(one) for one in need.reference]
    zh = f"{name['zh']}：现为{'、'.join(one['zh'] for one in own)}，需要{wanted['zh']}"
    en = f"{name['en']}: now {', '.join(one['en'] for one in own)}; needed {wanted['en']}"
    if by:
        zh += f"（按{'、'.join(one['zh'] for one in by)}计算）"
        en += f" (computed from {', '.join(one['en'] for one in by)})"
    return {"zh": zh, "en": en}


def _wanted(need: Need, values: list[Text]) -> Text:
    if need.operator == "in":
        return {
            "zh": "、".join(one["zh"] for one in values),
            "en": " or ".join(one["en"] for one in values),
        }
    form = OPERATORS[need.operator]
    return {key: form[key].format(*(one[key] for one in values)) for key in ("zh", "en")}


def award_words(award: Award | None) -> Text:
    """The amount by the rule's arithmetic, caps applied; empty where none is computed."""
    if award is None:
        return {}
    amount = _amount(award.low, award.high)
    return {key: amount[key] + PER[award.per][key] for key in amount}


def _amount(low: Decimal | None, high: Decimal) -> Text:
    top = money(high)
    if low is None:
        return {"zh": f"不超过{top['zh']}", "en": f"at most {top['en']}"}
    if low == high:
        return top
    bottom = money(low)
    return {"zh": f"{bottom['zh']}至{top['zh']}", "en": f"{bottom['en']} to {top['en']}"}


def local_words(local: Local | None) -> Text:
    """What another government adds on the stated reading."""
    if local is None:
        return {}
    words = {key: f"{local.by[key]}{mark}" for key, mark in (("zh", "："), ("en", ": "))}
    if local.high is not None:
        amount = _amount(local.low, local.high)
        words = {"zh": f"{words['zh']}{amount['zh']}。", "en": f"{words['en']}{amount['en']}. "}
    return {key: words[key] + local.text[key] for key in words}


def capped_words(match: Match) -> list[Text]:
    return [CAPPED[name] for name in match.award.capped] if match.award else []
