"""Sentences that scoring stores or hands out, in both languages at once.

They are texts of data, not of the interface: a report shows both from one result.
"""

from __future__ import annotations

from typing import Any

from questionnaires.texts import localized
from scoring.numbers import Text

ALL_INDUSTRIES: Text = {"zh": "全部行业", "en": "All industries"}
ALL_SIZES: Text = {"zh": "各种规模", "en": "All sizes"}
SIZES: dict[str, Text] = {
    "large": {"zh": "大型", "en": "Large"},
    "medium": {"zh": "中型", "en": "Medium"},
    "small": {"zh": "小型", "en": "Small"},
    "micro": {"zh": "微型", "en": "Micro"},
}

_SENTENCES: dict[str, Text] = {
    "not_scored": {
        "zh": "评分完成后才能与同类企业比较。",
        "en": "The comparison follows once the answers are scored.",
    },
    "not_computed": {
        "zh": "本批次的分布正在统计，稍后即可比较。",
        "en": "The distributions of this round are being computed; look again shortly.",
    },
    "nobody": {
        "zh": "即使放宽到「{group}」，除本企业外已评分的企业仍不足 {minimum} 家，暂不比较。",
        "en": "Even “{group}” has fewer than {minimum} other scored enterprises, so there is no "
        "comparison yet.",
    },
    "too_few": {
        "zh": "「{group}」除本企业外已评分的企业不足 {minimum} 家，已放宽范围。",
        "en": "“{group}” has fewer than {minimum} other scored enterprises, so a wider group "
        "was taken.",
    },
    "hidden": {
        "zh": "「{group}」的数据会让人推算出其他少数企业的情况，不公布，已放宽范围。",
        "en": "Figures of “{group}” would let a few other enterprises be worked out, so a wider "
        "group was taken.",
    },
    "year": {
        "zh": "本批次「{group}」除本企业外不足 {minimum} 家，改与同年使用同一问卷的各批次企业比较；"
        "只给出位置，不公布分布。",
        "en": "“{group}” in this round has fewer than {minimum} others, so all rounds of the year "
        "with the same questionnaire were taken; the rank is told, the distribution is not.",
    },
    "only_verified": {
        "zh": "本批次只统计已核实的填报：已提交 {submitted} 家，计入 {n} 家。",
        "en": "Only verified submissions are counted: {n} of {submitted} submitted.",
    },
    "verified": {
        "zh": "{region}主管部门已于 {day} 核实。",
        "en": "Verified on {day} by the office of {region}.",
    },
    "cell_small": {
        "zh": "不足 {minimum} 家，为保护企业信息不公布；这不是 0。",
        "en": "Fewer than {minimum} enterprises: withheld to protect them; this is not 0.",
    },
    "cell_complementary": {
        "zh": "公布后可推算出少数企业的数据，为保护企业信息不公布；这不是 0。",
        "en": "Withheld because a few enterprises' figures could be worked out from it; "
        "this is not 0.",
    },
    "cell_waiting": {
        "zh": "新评分企业满 {minimum} 家后再公布，以免由前后两次之差推算出少数企业；这不是 0。",
        "en": "Published once {minimum} more enterprises are scored, so that no few can be told "
        "from the difference; this is not 0.",
    },
    "cell_none": {"zh": "还没有已评分的企业。", "en": "No enterprise has been scored yet."},
    "cell_no_value": {
        "zh": "没有企业给出这项数据。",
        "en": "No enterprise gave a value for this.",
    },
    "share_of_firms": {
        "zh": "该数值是一个地区内达标企业的占比，不能与一家企业的数值比较。",
        "en": "The figure is a share of a region's enterprises; one enterprise's value is not "
        "comparable with it.",
    },
    "regional_only": {
        "zh": "该指标按地区统计，不能与一家企业的数值比较。",
        "en": "The indicator is measured for regions; one enterprise's value is not comparable.",
    },
    "form_change": {
        "zh": "公布的是相对 {base} 年的变化幅度，不是当年水平。",
        "en": "The figure is a change against {base}, not a level.",
    },
    "form_growth": {
        "zh": "公布的是一段时期的平均增速，不是当年水平。",
        "en": "The figure is an average growth over a period, not a level.",
    },
    "other_unit": {
        "zh": "公布数值的单位是「{theirs}」，本项单位是「{ours}」。",
        "en": "The figure is in “{theirs}”, this indicator in “{ours}”.",
    },
    "other_definition": {
        "zh": "口径不同：公布的是「{other}」。",
        "en": "Another definition: the figure is for “{other}”.",
    },
    "step_option": {"zh": "达到「{to}」", "en": "Reach “{to}”"},
    "step_add": {"zh": "增加「{to}」", "en": "Add “{to}”"},
    "step_rung": {
        "zh": "从第 {from_} 级到第 {to} 级：{text}",
        "en": "From rung {from_} to {to}: {text}",
    },
    "step_value": {"zh": "达到 {to}{unit}", "en": "Reach {to} {unit}"},
    "step_above": {"zh": "超过 {to}{unit}", "en": "Go above {to} {unit}"},
    "step_below": {"zh": "降到 {to}{unit}以下", "en": "Go below {to} {unit}"},
    "step_down": {"zh": "降到 {to}{unit}", "en": "Come down to {to} {unit}"},
    "step_yes": {"zh": "做到", "en": "Do it"},
    "step_no": {"zh": "消除", "en": "Do away with it"},
    "value_withheld": {
        "zh": "本地区给出这项数据的企业太少，为保护企业信息不公布。",
        "en": "Too few enterprises of the region gave this; it is withheld to protect them.",
    },
    "ratio_of_totals": {
        "zh": "地区数值是总量之比，不能由各企业的比率得出。",
        "en": "A region's value is a ratio of totals, which enterprises' ratios do not give.",
    },
    "no_roll_up": {
        "zh": "没有规定如何由企业数据汇总为地区数据。",
        "en": "No rule says how enterprises' values make a regional one.",
    },
}


def sentence(name: str, **values: Any) -> Text:
    """A sentence in both languages; ``{zh, en}`` values are put in language by language."""
    return {
        language: _SENTENCES[name][language]
        .format(**{key: _said(value, language) for key, value in values.items()})
        .strip()
        for language in ("zh", "en")
    }


def _said(value: Any, language: str) -> str:
    return localized(value, language) if isinstance(value, dict) else str(value)
