"""The words of the site, one per concept; docs/glossary.md says the same (a test compares them)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word, or a few that belong together, with what it means here."""

    term: dict[str, str]
    meaning: dict[str, str]

    def says(self, word: str) -> bool:
        """Whether ``word`` (case folded) occurs in it, in either language."""
        texts = [*self.term.values(), *self.meaning.values()]
        return any(word in text.casefold() for text in texts)


def _term(en: str, zh: str, meaning_en: str, meaning_zh: str) -> Term:
    return Term({"zh": zh, "en": en}, {"zh": meaning_zh, "en": meaning_en})


GLOSSARY: tuple[Term, ...] = (
    _term("source", "来源", "a document facts are taken from", "数据和规则所依据的文件"),
    _term(
        "indicator", "指标", "what is measured, in one statistical definition (口径)",
        "按一种统计口径衡量的内容",
    ),
    _term(
        "concept", "概念", "the idea several indicators of different definitions share",
        "口径不同的几个指标共同对应的概念",
    ),
    _term(
        "figure", "数据",
        "one published number: indicator, area, period, value, kind, form, source",
        "一个公布的数值：指标、地区、时期、数值、类别、形式和来源",
    ),
    _term(
        "target, observed, forecast, policy parameter", "目标值、实际值、预测值、政策参数",
        "the kinds of figure", "数据的四种类别",
    ),
    _term(
        "instrument", "问卷",
        "a questionnaire with its scoring, under one code; its editions are versions",
        "题目及其计分规则，用一个代码表示；每次修订为一个版本",
    ),
    _term("section", "部分", "a page of questions", "同一页上的一组题目"),
    _term(
        "question, option, rung", "题目、选项、级档",
        "what is asked; what can be chosen; a step of a ladder question",
        "所问的内容；可选的答案；分级题的一级",
    ),
    _term(
        "node, dimension", "节点、维度", "a knot of the scoring tree; a child of its root",
        "计分树上的一个汇总点；根节点下的第一层节点",
    ),
    _term(
        "points, score", "得分、分数", "what a question earns; what a node comes to",
        "一道题得到的分；一个节点汇总得到的分",
    ),
    _term("level", "等级", "the grade an enterprise reaches", "企业达到的级别"),
    _term(
        "binding condition", "制约条件", "a condition of the next level that does not hold",
        "上一等级所要求、目前尚未满足的条件",
    ),
    _term(
        "round", "评估批次", "one collection: instrument version, region, year, dates",
        "一次填报工作：问卷版本、地区、年度和起止日期",
    ),
    _term(
        "invitation", "邀请", "an enterprise is asked to take part", "请一家企业参加某一评估批次"
    ),
    _term("organisation, enterprise", "企业", "who answers", "填报的单位"),
    _term(
        "submission", "填报", "one enterprise's answers in one round",
        "一家企业在一个评估批次中的全部回答",
    ),
    _term("answer", "回答", "what was said to one question", "对一道题的回答"),
    _term("result", "结果", "what scoring a submission gave", "对一份填报计分得到的结果"),
    _term(
        "trace", "追溯", "the parts of a total: answer, rule, points",
        "总分的由来：回答、规则、得分",
    ),
    _term(
        "cohort", "同类企业", "the enterprises one is compared with", "用来与本企业比较的一组企业"
    ),
    _term(
        "verified", "核实通过",
        "an officer of the round looked into the answers and marked them so",
        "主管人员核实填报内容后作出的标记",
    ),
    _term("cell", "单元格", "a group in a regional table", "区域表中的一个分组"),
    _term(
        "withheld", "不公布", "not shown, to protect the enterprises of a small group",
        "为保护小组中的企业而不显示；不等于零，也不等于缺失",
    ),
    _term(
        "item", "题目（计分项）",
        "a question or computed value that earns points, in item analysis",
        "题目分析中计分的题目或计算项",
    ),
    _term(
        "point to check", "核查提示", "an odd answer for a person to look at, never a verdict",
        "供人工查看的异常回答，不是认定",
    ),
    _term(
        "respondents", "答卷企业", "enterprises of a round that have a result",
        "本批次中有评估结果的企业",
    ),
    _term(
        "population", "企业总体", "all enterprises there are, by industry and size, with a source",
        "按行业和规模划分的全部企业数，注明来源",
    ),
    _term(
        "stratum", "层", "industry and size classes taken together for an estimate",
        "推算时合并在一起的行业和规模",
    ),
    _term(
        "estimate", "估计值", "what respondents, weighted, say of the population, with an interval",
        "答卷企业加权后对企业总体的推断，附置信区间",
    ),
    _term(
        "matched enterprises", "两个批次都有的企业",
        "enterprises with a result in both rounds compared",
        "在所比较的两个批次中都有结果的企业",
    ),
    _term(
        "publication", "公布", "a dated step in which a round's tables come out",
        "一个批次的数据表按步公布时的一步",
    ),
    _term(
        "path", "目标路径", "what a target asks for between two published points",
        "两个公布值之间目标所要求的走势",
    ),
    _term(
        "regional index", "区域指数", "regions beside each other in one score, by stated choices",
        "按公开的选择把各地区放在同一得分上比较",
    ),
    _term(
        "range of ranks", "名次区间", "the ranks a region holds when weights are a little off",
        "权重略有偏差时一个地区所处的名次",
    ),
    _term("officer", "主管人员", "answers for a region", "负责一个地区的工作人员"),
    _term("consultant", "顾问", "reads what enterprises granted", "经企业授权查阅其结果的人"),
    _term("operator", "运维人员", "runs the site", "维护本站运行的人"),
    _term(
        "synthetic", "合成数据", "made up by a program, for demonstration",
        "由程序编造、供演示用的数据",
    ),
)  # fmt: skip
