"""A realistic result report without a database: long names, missing values, every state a row has.

``sample_report()`` is what the page, PDF, workbook and API are looked at and tested with;
``sample_report(level=0)`` and keyword overrides give the rarer cases.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal as D
from itertools import pairwise

from reports.model import (
    Binding,
    Cohort,
    Dimension,
    NextStep,
    Quartiles,
    ResultReport,
    TargetRow,
    Text,
    TracePart,
)


def t(zh: str, en: str) -> Text:
    return {"zh": zh, "en": en}


def quartiles(q1: str, median: str, q3: str, p90: str, mean: str, n: int = 143) -> Quartiles:
    return Quartiles(n=n, q1=D(q1), median=D(median), q3=D(q3), p90=D(p90), mean=D(mean))


# code, zh, en, maximum, cohort quartiles, target percent, children: (code, zh, en, points)
TREE = [
    ("infrastructure", "数字化基础设施与设备联网", "Digital infrastructure and networked equipment",
     "24", ("35", "48", "62", "78", "49.2"), "70",
     [("equipment", "设备数字化", "Digital equipment"),
      ("network", "工业网络与云资源", "Industrial networks and cloud resources")]),
    ("design", "研发设计", "Research, development and design",
     "16", ("22", "40", "58", "75", "41.6"), "60",
     [("tools", "数字化研发设计工具", "Digital design tools"),
      ("simulation", "仿真与协同设计", "Simulation and collaborative design")]),
    ("production", "生产过程控制", "Production process control",
     "20", ("28", "45", "60", "80", "46.0"), "65",
     [("control", "关键工序数控化", "Numerical control of key processes"),
      ("quality", "质量追溯", "Quality traceability")]),
    ("supply", "采购、销售与供应链协同", "Purchasing, sales and supply-chain collaboration",
     "14", ("30", "44", "61", "77", "45.5"), None,
     [("ecommerce", "电子商务采购与销售", "Electronic purchases and sales"),
      ("logistics", "仓储物流信息化", "Warehousing and logistics systems")]),
    ("management", "经营管理与两化融合", "Management and integration of IT with industry",
     "14", ("40", "55", "68", "82", "54.9"), "60",
     [("planning", "战略规划与组织保障", "Strategy and organisation"),
      ("people", "信息化人员与投入", "IT staff and spending")]),
    ("data", "数据与安全", "Data and security",
     "12", ("25", "38", "52", "70", "39.7"), "50",
     [("assets", "数据资源管理", "Management of data resources"),
      ("security", "网络与数据安全", "Network and data security")]),
]  # fmt: skip

# Points of the two halves of each dimension, of half its maximum each; None: nothing answered.
EARNED = {
    "equipment": "9.6", "network": "6.9", "tools": "6.4", "simulation": "2.4",
    "control": "5.75", "quality": "4.5", "ecommerce": "2.8", "logistics": "4.2",
    "planning": "5.6", "people": "3.85", "assets": None, "security": "3.3",
}  # fmt: skip


def percent(score: D | None, maximum: D) -> D | None:
    return None if score is None else (score * 100 / maximum).quantize(D("0.000001"))


def parent_row(row: tuple) -> Dimension:
    code, zh, en, maximum, cohort, target, children = row
    parts = [D(EARNED[child[0]]) for child in children if EARNED[child[0]] is not None]
    score, top = (sum(parts, D(0)) if parts else None), D(maximum)
    return Dimension(
        code=code,
        title=t(zh, en),
        score=score,
        max=top,
        percent=percent(score, top),
        cohort=quartiles(*cohort),
        target=D(target) if target else None,
    )


def child_rows(row: tuple) -> list[Dimension]:
    half, rows = D(row[3]) / 2, []
    for code, zh, en in row[6]:
        score = D(EARNED[code]) if EARNED[code] is not None else None
        own = percent(score, half)
        cohort = quartiles("25", "42.5", "60", "76", "43.1") if code != "simulation" else None
        rows.append(Dimension(code, t(zh, en), score, half, own, cohort, None, 2, row[0]))
    return rows


def dimensions() -> list[Dimension]:
    return [parent_row(r) for r in TREE] + [child for r in TREE for child in child_rows(r)]


def trace(rows: list[Dimension]) -> list[TracePart]:
    """Forty parts whose contributions add up exactly to the total."""
    leaves = [row for row in rows if row.depth == 2]
    titles = {row.code: row.title for row in rows}
    parts = []
    for number in range(40):
        leaf = leaves[number % len(leaves)]
        share = len(range(number % len(leaves), 40, len(leaves)))
        full = (leaf.score or D(0)) / share
        contribution = full.quantize(D("0.01"))
        if number + len(leaves) >= 40:  # the last of its leaf takes what rounding left
            contribution = (leaf.score or D(0)) - contribution * (share - 1)
        known = leaf.score is not None
        parts.append(
            TracePart(
                code=f"Q{number + 1}",
                path=[titles[leaf.parent], leaf.title],
                title=t(
                    f"第 {number + 1} 题：{leaf.title['zh']}的覆盖范围（按已投入使用的生产设备、"
                    "业务环节或岗位计算，不含在建与停用部分）",
                    f"Question {number + 1}: how far {leaf.title['en'].lower()} reaches, counting "
                    "what is in use and leaving out what is under construction or idle",
                ),
                answer=t(f"{18 + number} / 120 台 = {15 + number}.0 %", f"{18 + number} of 120")
                if known
                else t("未填写", "Not answered"),
                rule=t("落在 (20,40]，计 1.5 分", "in (20,40]: 1.5 points")
                if known
                else t("未填写按 0 分计", "unanswered counts as no points"),
                points=contribution if known else None,
                max=(leaf.max / share).quantize(D("0.01")),
                contribution=contribution,
            )
        )
    return parts


MIC = t("《中国制造2025》（国发〔2015〕28号）", "Made in China 2025 (State Council, 2015 no. 28)")
ZJ = t("浙江省数字经济综合评价报告（2018）", "Zhejiang digital economy report 2018")
NATION, PROVINCE = t("全国", "China"), t("浙江省", "Zhejiang")

# code, zh, en, unit, own, target, operator, year, area, kind, state, gap
TARGETS = [
    ("key-process-nc-rate", "关键工序数控化率", "Numerical-control rate of key processes", "%",
     "57.5", "50", "=", 2020, NATION, "target", "met", "7.5"),
    ("key-process-nc-rate-2025", "关键工序数控化率", "Numerical-control rate of key processes", "%",
     "57.5", "64", "=", 2025, NATION, "target", "gap", "-6.5"),
    ("design-tool-rate", "数字化研发设计工具普及率", "Use of digital R&D design tools", "%",
     "62", "72", "=", 2020, NATION, "target", "gap", "-10"),
    ("design-tool-rate-2025", "数字化研发设计工具普及率", "Use of digital R&D design tools", "%",
     "62", "84", "=", 2025, NATION, "target", "gap", "-22"),
    ("cloud-adoption", "企业上云（使用云服务的业务占比，按在用业务系统个数计算）",
     "Cloud adoption: share of business systems in use that run on cloud services", "%",
     "35", None, "=", None, PROVINCE, "target", "no_target", None),
    ("ecommerce-sales", "电子商务销售额占比", "Share of electronic sales", "%",
     None, "30", "≥", 2020, PROVINCE, "target", "no_answer", None),
    ("ecommerce-purchases", "电子商务采购额占比", "Share of electronic purchases", "%",
     "12.4", "25", "≥", 2020, PROVINCE, "target", "gap", "-12.6"),
    ("energy-intensity", "单位工业增加值能耗下降", "Fall of energy use per value added", "%",
     "21", "18", "=", 2020, NATION, "target", "not_comparable", None),
    ("rd-share", "研发经费内部支出占主营业务收入比重", "R&D spending as share of revenue", "%",
     "1.31", "1.26", "=", 2020, NATION, "target", "met", "0.05"),
    ("patents", "每亿元主营业务收入有效发明专利数", "Patents per 100 million yuan of revenue", "件",
     "0.4", "0.7", "=", 2020, NATION, "target", "gap", "-0.3"),
    ("equipment-networking", "生产设备联网率", "Share of networked production equipment", "%",
     "41.7", "38.2", "=", 2017, PROVINCE, "observed", "no_target", "3.5"),
    ("it-staff", "信息化人员占比", "Share of IT staff", "%",
     "2.3", "2.1", "≈", 2017, PROVINCE, "observed", "no_target", "0.2"),
]  # fmt: skip


def target_rows() -> list[TargetRow]:
    rows = []
    for code, zh, en, unit, own, target, operator, year, area, kind, state, gap in TARGETS:
        national = area is NATION
        rows.append(
            TargetRow(
                indicator=code,
                name=t(zh, en),
                unit=unit,
                own=D(own) if own else None,
                target=D(target) if target else None,
                operator=operator,
                year=year,
                area=area,
                kind=kind,
                state=state,
                gap=D(gap) if gap else None,
                source=(MIC if national else ZJ) if target else {},
                source_code="mic-2025" if national else "zj-2018",
                locator=("表1，第 9 页" if national else "附表 2，第 31 页") if target else "",
                status="official" if national else "transcribed",
                reason=t(
                    "目标按 2015 年为基期的累计下降幅度表述，与单个企业当年数值口径不同。",
                    "The target is a cumulative fall against 2015; one firm's yearly value is "
                    "another definition.",
                )
                if state == "not_comparable"
                else {},
                figure=f"{code}-{year}" if target else "",
                caveats={},
                past=bool(year and year < 2026),
                period=str(year or ""),
            )
        )
    return rows


def next_steps() -> list[NextStep]:
    return [
        NextStep(
            "Q11",
            t("数据资源管理", "Management of data resources"),
            t(
                "把主要业务数据（设备、订单、质量）登记成一份数据台账，写明负责人和更新周期。",
                "Register the main business data (equipment, orders, quality) in one data ledger "
                "with an owner and an update cycle.",
            ),
            D("3.6"),
            True,
        ),
        NextStep(
            "Q4",
            t("仿真与协同设计", "Simulation and collaborative design"),
            t(
                "从一个主力产品开始，用三维模型做装配仿真，并与两家以上供应商共享图样。",
                "Start with one main product: simulate its assembly in 3D and share drawings with "
                "at least two suppliers.",
            ),
            D("2.8"),
            True,
        ),
        NextStep(
            "Q7",
            t("电子商务采购与销售", "Electronic purchases and sales"),
            t(
                "把常用物料的询价、下单和对账放到线上，先覆盖金额最大的十家供应商。",
                "Move quotation, ordering and reconciliation of common materials online, beginning "
                "with the ten largest suppliers.",
            ),
            D("1.4"),
            False,
        ),
        NextStep(
            "Q9",
            t("信息化人员与投入", "IT staff and spending"),
            t(
                "明确一名信息化负责人，并列出年度预算。",
                "Name a person in charge and budget for IT.",
            ),
            None,
            False,
        ),
    ]


def bindings() -> list[Binding]:
    return [
        Binding(
            "rungs",
            t(
                "约束性场景达到二级的还差 2 个（要求 6 个，现有 4 个）",
                "2 more constrained scenarios must reach rung 2 (6 required, 4 reached)",
            ),
            D(6),
            D(4),
            D(2),
        ),
        Binding(
            "minimum",
            t(
                "“数据与安全”须达到 40 %，现为 27.5 %",
                "“Data and security” must reach 40 %, now 27.5 %",
            ),
            D(40),
            D("27.5"),
            D("12.5"),
        ),
    ]


LEVELS = [
    t("未达级", "No level"),
    t("一级：初始级", "Level 1: initial"),
    t("二级：单项应用级", "Level 2: single applications"),
    t("三级：集成级", "Level 3: integration"),
    t("四级：协同创新级", "Level 4: collaboration"),
]


def sample_report(level: int = 2, **changes) -> ResultReport:
    """The sample; keyword arguments replace fields (``cohort=None``, ``binding=[]``, …)."""
    rows = dimensions()
    tops = [row for row in rows if row.depth == 1]
    total = sum((row.score for row in tops if row.score is not None), D(0))
    ranked = sorted(
        (row for row in tops if row.percent is not None and row.cohort),
        key=lambda row: row.percent - row.cohort.median,
        reverse=True,
    )
    report = ResultReport(
        result_id=7,
        number="SH-2026-000007",
        organisation="宁波市镇海区晨曦精密传动零部件制造与技术服务股份有限公司",
        credit_code="91330211MA2AF0XU5T",
        region=t("浙江省宁波市", "Ningbo, Zhejiang"),
        industry=t("通用设备制造业", "General-purpose machinery"),
        size=t("中型", "Medium"),
        round_title="浙江省 2026 年度企业数字经济水平评估",
        year=2026,
        instrument_title=t("企业数字经济水平评估", "Digital economy scan of enterprises"),
        instrument_label="enterprise-digital-economy@1.0",
        notice=t(
            "本问卷的等级和权重由本项目自行制定，不是官方评定结果。",
            "The levels and weights of this questionnaire are this project's own; this is not an "
            "official rating.",
        ),
        status="own",
        synthetic=True,
        submitted_at=datetime(2026, 11, 12, 6, 5, tzinfo=UTC),
        receipt="SH-20261112-7F3K",
        scored_at=datetime(2026, 11, 12, 6, 5, 4, tzinfo=UTC),
        total=total,
        max=D(100),
        level=level,
        level_count=4,
        level_name=LEVELS[level],
        level_text=t(
            "主要业务已使用单项数字化系统，系统之间的数据尚未贯通。",
            "Main activities use single digital systems; data do not yet flow between them.",
        ),
        next_level_name=LEVELS[level + 1] if level < 4 else None,
        binding=bindings(),
        cohort=Cohort(
            t("通用设备制造业 · 中型 · 浙江省", "General-purpose machinery · medium · Zhejiang"),
            143,
            t(
                "本市同行业中型企业不足 5 家，已改用全省同行业中型企业。",
                "Fewer than 5 medium firms of this industry in the city; the province is used.",
            ),
            True,
        ),
        cohort_missing={},
        standing=D("62.237762"),
        dimensions=rows,
        strengths=ranked[:2],
        weaknesses=ranked[::-1][:2],
        next_steps=next_steps(),
        targets=target_rows(),
        trace=trace(rows),
        trace_sum=total,
        unanswered=[
            t("数据台账（第 11 题）", "Data ledger (question 11)"),
            t("电子商务销售额占比", "Share of electronic sales"),
        ],
        not_applicable=[t("危险品仓储管理", "Storage of dangerous goods")],
        warnings=[
            t(
                "联网设备 50 台多于数字化设备 46 台，请核对两个数的口径。",
                "50 networked machines exceed 46 digital ones; check both definitions.",
            )
        ],
        instrument_sha256="9f2b7c1e" * 8,
        inputs_sha256="4d0a66b3" * 8,
        engine="shuheng-engine 1.0.0",
        sources=[("mic-2025", MIC), ("zj-2018", ZJ)],
        today=date(2026, 11, 20),
        submission_id=7,
        round_id=3,
        level_names=LEVELS,
        score_suffices=True,
    )
    return dataclasses.replace(report, **changes)


def is_sum_exact(report: ResultReport) -> bool:
    """Whether the trace says what it promises; used by tests of every output."""
    return sum((part.contribution for part in report.trace), D(0)) == report.total


def in_order(positions: list[int]) -> bool:
    return all(a < b for a, b in pairwise(positions))
