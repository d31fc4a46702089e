"""A track as lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questionnaires.texts import localized
from scoring.progress.records import Record

_WORDS = {
    "target": {"zh": "目标", "en": "Target"},
    "observed": {"zh": "实际值", "en": "Observed"},
    "base": {"zh": "基期（按定义）", "en": "Base (by definition)"},
    "interpolated": {"zh": "插值，并非公布", "en": "interpolated, not published"},
    "gap": {"zh": "与目标之差", "en": "gap to the target"},
    "pace": {
        "zh": "年均进度 {so_far}，还需 {needed}",
        "en": "pace a year {so_far}, needed {needed}",
    },
    "share": {"zh": "已完成 {share}%", "en": "{share}% of the quota"},
    "overdue": {"zh": "目标年已过，尚无该年实际值", "en": "due year over, its value not published"},
    "projected": {
        "zh": "推算达成 {met}（{low}–{high}，{level}% 区间）",
        "en": "projected {met} ({low}–{high}, {level}% interval)",
    },
    "index": {"zh": "{base} 年 = 100", "en": "{base} = 100"},
    "points": {"zh": "比 {base} 年增加，{unit}", "en": "{unit} above {base}"},
    "nothing": {"zh": "没有公布目标。", "en": "No published target."},
}


def text_lines(record: Record, language: str) -> Iterator[str]:
    """Heading, observations, targets with their states, and the interpolated years asked for."""
    told = _Sayer(language)
    sector = f" · {localized(record['sector_name'], language)}" if record["sector"] else ""
    name, area = (localized(record[key], language) for key in ("name", "area_name"))
    yield f"{name} · {area}{sector} ({_unit(record['scale'], told)})"
    for point in record["observed"]:
        kind = "base" if point["origin"] == "base" else "observed"
        yield f"  {point['period']}  {_value(point)}  {told(kind)}{_note(point, language)}"
    if not record["targets"]:
        yield f"  {told('nothing')}"
    for target in record["targets"]:
        state = localized(target["state_name"], language)
        yield f"  {target['period']}  {_value(target)}  {told('target')} · {state}" + _note(
            target, language
        )
        yield f"    {localized(target['why'], language)}"
        for part in _parts(target, told):
            yield f"    {part}"
    for each in (record["path"] or {}).get("interpolated", []):
        yield f"  {each['year']}  {shown(each['value'])}  {told('interpolated')}"


class _Sayer:
    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, name: str, **values: Any) -> str:
        return _WORDS[name][self.language].format(**values)


def _parts(target: Record, told: _Sayer) -> Iterator[str]:
    if target["gap"] is not None:
        yield f"{told('gap')} {target['gap']:+g}"
    if target["count_over_quota"] is not None:
        yield told("share", share=f"{target['count_over_quota']:.1f}")
    pace = target["pace"]
    if pace and pace["needed"] is not None and target["state"] != "met":
        yield told("pace", so_far=shown(pace["so_far"]), needed=shown(pace["needed"]))
    if target["overdue"]:
        yield told("overdue")
    trend = target["projection"]
    if trend and trend["withheld"]:
        yield localized(trend["withheld"], told.language)
    elif trend:
        ends = {key: f"{trend[key]:.1f}" for key in ("met_at", "earliest", "latest")}
        yield told(
            "projected", met=ends["met_at"], low=ends["earliest"], high=ends["latest"],
            level=round(100 * trend["level"]),
        )  # fmt: skip


def _unit(scale: Record, told: _Sayer) -> str:
    unit = localized(scale["unit_name"], told.language)
    if scale["kind"] == "level":
        return unit or "—"
    return told(scale["kind"], base=scale["base_year"], unit=unit)


def _value(point: Record) -> str:
    low = shown(point["value"])
    if point["value_high"] is not None:
        return f"{low}–{shown(point['value_high'])}"
    return low if point["operator"] == "=" else f"{point['operator']} {low}"


def shown(value: float | None) -> str:
    return "—" if value is None else f"{value:,.6g}"


def _note(point: Record, language: str) -> str:
    parts = [localized(point["source_title"], language), point["locator"]]
    derived = localized(point["derived"], language)
    told = " · ".join(part for part in (*parts, derived) if part)
    return f"  [{told}]" if told else ""
