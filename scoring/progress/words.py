"""What states, reasons and conversions are called, in both languages at once."""

from __future__ import annotations

from typing import Any

from questionnaires.texts import localized
from scoring.progress.shapes import Obstacle, Text

STATES: dict[str, Text] = {
    "met": {"zh": "已达成", "en": "Met"},
    "on_track": {"zh": "进度正常", "en": "On track"},
    "off_track": {"zh": "进度落后", "en": "Off track"},
    "not_observed": {"zh": "尚无可判断的实际值", "en": "Not yet observed"},
    "not_comparable": {"zh": "不可比", "en": "Not comparable"},
    "no_target": {"zh": "没有公布目标", "en": "No published target"},
}

_WHY: dict[str, Text] = {
    "met": {"zh": "最近的实际值已达到目标。", "en": "The latest observation reaches the target."},
    "met_early": {
        "zh": "未到目标年，最近的实际值已达到目标。",
        "en": "The latest observation reaches the target before its year.",
    },
    "met_then": {
        "zh": "目标年已达到，此后的实际值又回到目标之外。",
        "en": "Reached in its year; later observations fall back behind it.",
    },
    "missed": {
        "zh": "目标年已过，目标年或之后的实际值没有达到目标。",
        "en": "The year is over, and the observation of it or after it does not reach the target.",
    },
    "on_path": {
        "zh": "最近的实际值不落后于起点到目标的路径。",
        "en": "The latest observation is not behind the path from the start to the target.",
    },
    "behind_path": {
        "zh": "最近的实际值落后于起点到目标的路径。",
        "en": "The latest observation is behind the path from the start to the target.",
    },
    "pace_enough": {
        "zh": "路径起点之后还没有实际值；按起点之前的年均进度可以达到。",
        "en": "Nothing was observed since the path began; the yearly pace before it is enough.",
    },
    "pace_slow": {
        "zh": "路径起点之后还没有实际值；起点之前的年均进度不够。",
        "en": "Nothing was observed since the path began; the yearly pace before it is too slow.",
    },
    "only_start": {
        "zh": "只有一个可用的实际值，看不出进度。",
        "en": "There is one usable observation, which shows no pace.",
    },
    "only_bounds": {
        "zh": "公布的实际值只是界限（如“超过”），不能判断是否达到。",
        "en": "The observations are bounds (“more than”), which leave the target open.",
    },
    "nothing_observed": {
        "zh": "目录里没有这一指标、地区和口径的实际值。",
        "en": "The catalogue holds no observation of this indicator and area.",
    },
    "no_target": {
        "zh": "目录里没有这一指标在该地区的目标，只有实际值。",
        "en": "The catalogue holds no target of this indicator for the area, only observations.",
    },
    "sector": {
        "zh": "行业范围不同：实际值是「{theirs}」，目标是「{ours}」。",
        "en": "Another sector: observed for “{theirs}”, aimed at for “{ours}”.",
    },
    "unit": {
        "zh": "单位不同：实际值是「{theirs}」，目标是「{ours}」。",
        "en": "Another unit: observed in “{theirs}”, aimed at in “{ours}”.",
    },
    "form": {
        "zh": "形式不同：实际值是{theirs}，目标是{ours}，没有可用于换算的基期水平。",
        "en": "Another form: the observation is {theirs}, the target {ours}, and no level of the "
        "base is published that would convert one to the other.",
    },
    "base": {
        "zh": "基期不同：实际值以 {theirs} 年为基期，目标以 {ours} 年为基期，没有数值可以换算。",
        "en": "Another base: the observation is against {theirs}, the target against {ours}, and "
        "nothing published converts one to the other.",
    },
    "definition": {
        "zh": "口径不同：实际值属于另一口径的指标「{theirs}」。",
        "en": "Another definition: the observation is of the indicator “{theirs}”.",
    },
    "period": {
        "zh": "按期累计的数量：{theirs} 的数量不属于目标期 {ours}。",
        "en": "Counted anew each period: a count of {theirs} is not of the target's period {ours}.",
    },
}

DERIVED: dict[str, Text] = {
    "change": {
        "zh": "由相对基期的变化幅度换算，基期为 100",
        "en": "converted from a change against the base year, which is 100",
    },
    "rebased": {
        "zh": "由相对另一基期的变化幅度逐期相乘换算",
        "en": "converted from a change against another base year by multiplying",
    },
    "growth": {
        "zh": "由年均增速逐年复合换算",
        "en": "converted from average growth by compounding year by year",
    },
    "level": {
        "zh": "由当年水平与基期水平之比换算",
        "en": "converted from the level of the year over that of the base year",
    },
    "added_up": {"zh": "由期内各次数量相加", "en": "added up over the period"},
}

FORMS: dict[str, Text] = {
    "level": {"zh": "水平值", "en": "a level"},
    "count": {"zh": "数量", "en": "a count"},
    "change": {"zh": "相对基期的变化", "en": "a change against a base year"},
    "growth": {"zh": "增速", "en": "a growth rate"},
}

PATHS: dict[str, Text] = {
    "linear": {"zh": "直线（每年增减相等）", "en": "linear (equal steps)"},
    "compound": {"zh": "复合（每年增减比例相等）", "en": "compound (equal ratios)"},
}

ASSUMES: dict[str, Text] = {
    "linear": {
        "zh": "假定今后沿最小二乘直线变化，每年增减相等",
        "en": "assumes that the least-squares line goes on, with equal steps a year",
    },
    "compound": {
        "zh": "假定今后沿对数最小二乘直线变化，每年增减比例相等",
        "en": "assumes that the least-squares line of the logarithm goes on, equal ratios a year",
    },
}

WITHHELD: dict[str, Text] = {
    "too_few": {
        "zh": "同一序列的实际值不足 3 个，不作推算。",
        "en": "Withheld: fewer than three observations.",
    },
    "broken": {
        "zh": "同一来源的实际值不足 3 个；不同来源之间有断点，趋势不跨断点推算。",
        "en": "Withheld: fewer than three observations of one source; a trend is not laid across "
        "the break between sources.",
    },
    "logarithm": {
        "zh": "有 0 或负数，不能按比例推算。",
        "en": "Withheld: a value of zero or below has no equal ratios.",
    },
    "points_away": {
        "zh": "趋势没有朝向目标，推算不出达成时间。",
        "en": "Withheld: the trend does not lead towards the target.",
    },
    "unbounded": {
        "zh": "趋势不够确定，达成时间的区间没有上限，不公布单一年份。",
        "en": "Withheld: the trend is too uncertain; the interval for the moment has no end.",
    },
    "too_far": {
        "zh": "按趋势要在最近一次实际值的 50 年之后才能达成，推算没有意义。",
        "en": "Withheld: on this trend it takes more than 50 years, farther than a trend carries.",
    },
}


def why(name: str, **values: Any) -> Text:
    """A reason in both languages; ``{zh, en}`` values are put in language by language."""
    return {
        language: _WHY[name][language].format(
            **{key: localized(value, language) for key, value in values.items()}
        )
        for language in ("zh", "en")
    }


def obstacle(found: Obstacle, names: dict[str, Text]) -> Text:
    """Why an observation is not comparable. ``names`` tell indicators, units and sectors."""
    theirs: Any = found.theirs
    ours: Any = found.ours
    if found.reason == "form":
        theirs, ours = FORMS[found.theirs], FORMS[found.ours]
    whole = (
        {"zh": "全部", "en": "the whole"} if found.reason == "sector" else {"zh": "无", "en": "—"}
    )
    return why(
        found.reason,
        theirs=names.get(theirs, theirs or whole) if isinstance(theirs, str) else theirs,
        ours=names.get(ours, ours or whole) if isinstance(ours, str) else ours,
    )
