# ruff: noqa: E501
"""A round's view without aggregates: every state a cell has, for dashboards and their files."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal as D

from scoring.dashboard import (
    Cell,
    Counts,
    LevelCount,
    Measure,
    ProfileLine,
    ReferenceProfile,
    RoundView,
)
from scoring.numbers import Stats
from scoring.targets import Comparison
from tests.reports.sample import LEVELS, TREE, t

WHY_SMALL = t(
    "不足 5 家，为保护企业信息不公布；这不是 0。", "Fewer than 5: withheld; this is not 0."
)
WHY_NONE = t("还没有已评分的企业。", "No enterprise has been scored yet.")
NOT_SHOWN = D("98.7")  # stands behind withheld cells; no output may ever contain it


def stats(mean: str, n: int = 40) -> Stats:
    m = D(mean)
    return Stats(n=n, mean=m, q1=m - 12, median=m + D("0.4"), q3=m + 13, p90=m + 22)


def cell(code, zh, en, counts, mean=None, withheld=False, reason=None) -> Cell:
    state = "withheld" if withheld else "shown" if mean else "none"
    return Cell(
        code=code,
        name=t(zh, en),
        counts=Counts(*counts),
        stats=stats(mean, counts[3]) if mean else None,
        withheld=withheld,
        state=state,
        reason=reason or {},
    )


def regions() -> list[Cell]:
    return [
        cell("330100", "杭州市", "Hangzhou", (120, 110, 96, 96), "58.34"),
        cell("330200", "宁波市", "Ningbo", (80, 66, 51, 51), "54.2"),
        cell("330300", "温州市", "Wenzhou", (60, 31, 24, 24), "47.75"),
        # What is withheld arrives with its numbers here, so that tests see them stopped.
        dataclasses.replace(
            cell("330900", "舟山市", "Zhoushan", (6, 4, 3, 3), str(NOT_SHOWN), True, WHY_SMALL)
        ),
        cell("331100", "丽水市", "Lishui", (5, 0, 0, 0), reason=WHY_NONE),
    ]


def industries() -> list[Cell]:
    return [
        cell("C", "制造业", "Manufacturing", (200, 160, 131, 131), "53.1"),
        cell(
            "I", "信息传输、软件和信息技术服务业", "Information services", (66, 48, 40, 40), "66.0"
        ),
        cell("F", "批发和零售业", "=cmd|'/c calc'!A1", (5, 3, 3, 3), None, True, WHY_SMALL),
    ]


def sizes() -> list[Cell]:
    return [
        cell("large", "大型", "Large", (20, 18, 17, 17), "68.9"),
        cell("medium", "中型", "Medium", (91, 70, 61, 61), "57.0"),
        cell("small", "小型", "Small", (120, 98, 78, 78), "49.5"),
        cell("micro", "微型", "Micro", (40, 25, 18, 18), "38.2"),
    ]


def measure(code, zh, en, kind, mean, **changes) -> Measure:
    base = Measure(
        code=code,
        kind=kind,
        title=t(zh, en),
        unit="%",
        max=None,
        stats=stats(mean, 174) if mean else None,
        withheld=False,
        depth=1,
    )
    return dataclasses.replace(base, **changes)


def nodes() -> list[Measure]:
    means = ["56.2", "44.1", "49.0", "47.3", "58.8", "41.9"]
    return [
        measure(row[0], row[1], row[2], "node", mean, max=D(row[3]))
        for row, mean in zip(TREE, means, strict=True)
    ]


def indicators() -> list[Measure]:
    return [
        measure("key-process-nc-rate", "关键工序数控化率", "Numerical-control rate", "indicator", "55.25"),
        measure("cloud-adoption", "企业上云比例", "Cloud adoption", "indicator", None),
        measure("it-staff", "信息化人员数", "IT staff", "indicator", str(NOT_SHOWN), unit="人", withheld=True),
        measure("energy-change", "单位能耗变化", "Change of energy use", "indicator", "-6.5"),
    ]  # fmt: skip


def comparison(code, zh, en, own, published, state, **changes) -> Comparison:
    base = Comparison(
        indicator=code,
        name=t(zh, en),
        unit="%",
        own=D(own) if own else None,
        published=D(published) if published else None,
        published_high=None,
        operator="=",
        year=2020 if published else None,
        period="2020" if published else "",
        past=True,
        area="CN",
        area_name=t("全国", "China"),
        sector="",
        kind="target" if published else "",
        form="level",
        base_year=None,
        state=state,
        reason={},
        gap=D(own) - D(published) if own and published else None,
        source=t("《中国制造2025》", "Made in China 2025") if published else {},
        source_code="mic-2025" if published else "",
        locator="表1，第 9 页" if published else "",
        status="official",
        caveats={},
        figure=f"mic2025-{code}-2020" if published else "",
    )
    return dataclasses.replace(base, **changes)


def figures() -> list[Comparison]:
    return [
        comparison("key-process-nc-rate", "关键工序数控化率", "Numerical-control rate", "55.25", "50", "met"),
        comparison("design-tools", "数字化研发设计工具普及率", "Design tools", "61.5", "72", "gap"),
        comparison("rd", "研发投入比重", "R&D share", "1.31", "1.26", "met", operator="≥"),
        comparison("cloud-adoption", "企业上云比例", "Cloud adoption", None, None, "no_target"),
        comparison("it-staff", "信息化人员数", "IT staff", str(NOT_SHOWN), "2", "met", unit="人"),
        comparison("energy", "单位能耗下降", "Fall of energy use", "6", "18", "not_comparable",
                   gap=None, form="change", base_year=2015,
                   reason=t("公布的是相对 2015 年的变化幅度。", "A change against 2015.")),
        comparison("range", "重点行业覆盖率", "Coverage", "30", "20", "met", operator="range",
                   published_high=D(35), gap=D(0)),
    ]  # fmt: skip


def profile() -> ReferenceProfile:
    rows = [
        ("基础设施", "Infrastructure", "城域网出口带宽", "Bandwidth", "Gbps", "25.42"),
        ("数字产业化", "Digital industry", "数字经济核心产业增加值占 GDP 比重", "Core share", "%", "9.4"),
        ("产业数字化", "Digitalisation", "企业使用信息化进行购销存管理普及率", "Systems", "%", "60.03"),
    ]  # fmt: skip
    source = t("浙江省数字经济综合评价报告", "Zhejiang digital economy report")
    lines = [
        ProfileLine(f"zj-{i}", t(zh, en), unit, D(value), 2017, t(group_zh, group_en), source,
                    "zj-2018", "附表 2", f"zj-{i}-2017")
        for i, (group_zh, group_en, zh, en, unit, value) in enumerate(rows)
    ]  # fmt: skip
    return ReferenceProfile("330000", t("浙江省", "Zhejiang"), True, source, "zj-2018", lines)


def levels() -> list[LevelCount]:
    found = [12, 61, 70, 26, 5]
    return [
        LevelCount(rank, LEVELS[rank], n, D(n) * 100 / sum(found)) for rank, n in enumerate(found)
    ]


def sample_view(round=None, region=None, industry="", size="", measure="total", **changes):
    """A view; ``round`` and ``region`` as for ``scoring.dashboard.overview``."""
    total = Measure("total", "total", t("总分", "Total"), "", D(100), stats("52.65", 174), False)
    every = {each.code: each for each in [total, *nodes(), *indicators()]}
    view = RoundView(
        round_id=round.pk if round else 3,
        region=region.code if region else "330000",
        region_name=region.name if region else t("浙江省", "Zhejiang"),
        industry=industry,
        size=size,
        minimum=5,
        synthetic=True,
        computed_at=datetime(2026, 11, 19, 18, 30, tzinfo=UTC),
        counts=Counts(271, 211, 174, 174),
        withheld=False,
        reason={},
        levels=levels(),
        level_count=4,
        total=total,
        nodes=nodes(),
        indicators=indicators(),
        measure=every.get(measure, total),
        by_region=regions(),
        by_industry=industries(),
        by_size=sizes(),
        figures=figures(),
        profile=profile(),
    )
    return dataclasses.replace(view, **changes)
