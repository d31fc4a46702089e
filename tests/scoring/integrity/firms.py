"""Honest firms and fakes of each kind, from a seed. All of it is made up.

Honest firms answer by their maturity; every question has a difficulty of its own, sections stray,
and last year's answers are near this year's. Each fake is an honest firm with one thing done to it,
so a fake is found only by that. What a real faker does may differ: docs/integrity.md says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from questionnaires.answers import encode, read_answers, read_profile
from questionnaires.instruments import validate
from scoring.engine import score
from scoring.integrity.batch import Batch, Earlier
from scoring.integrity.pace import seconds_per_answer

HONEST, FAKES = 400, 20  # firms in all, fakes of each kind among them
KINDS = ("contradiction", "counts", "move", "pace", "twin", "line")


@cache
def instrument():
    """The questionnaire all firms answer."""
    definition, problems = validate(document())
    assert definition is not None, problems
    return definition


def document() -> dict[str, Any]:
    """Four sections of ten questions: eight ladders, a ratio with counts, a number."""
    sections = [_section(number) for number in range(4)]
    questions = [question for section in sections for question in section["questions"]]
    leaves = [{"question": q["code"]} for q in questions if q["kind"] == "ladder"]
    return {
        "format": "shuheng.instrument/1",
        "code": "made-up",
        "version": "1",
        "status": "own",
        "title": {"zh": "试验", "en": "Trial"},
        "notice": "为测试编写。",
        "sections": sections,
        "checks": [_check(number) for number in range(4)],
        "tree": {"code": "all", "title": "总分", "aggregate": "weighted_mean", "children": leaves},
        "levels": {"steps": [_level(number) for number in range(1, 5)]},
    }


def _check(number: int) -> dict[str, Any]:
    plan, done = f"s{number}_q0", f"s{number}_q1"
    return {
        "code": f"c{number}",
        "when": f"{plan} = 0 AND {done} = 4",
        "questions": [plan, done],
        "message": {"zh": "没有规划，却全面执行。", "en": "No plan, yet carried out in full."},
    }


def _level(number: int) -> dict[str, Any]:
    score = {"node": "all", "at_least": 20 * number}
    return {"code": f"l{number}", "name": f"{number} 级", "all": [{"score": score}]}


def _section(number: int) -> dict[str, Any]:
    rungs = [{"text": f"第 {n} 级", "points": n} for n in range(5)]
    ladders = [
        {"code": f"s{number}_q{n}", "kind": "ladder", "text": f"题 {n}", "rungs": rungs}
        for n in range(8)
    ]
    unit = ("台", "人", "万元", "台")[number]
    whole = "设备总数" if unit == "台" else f"总数 {number}"
    words = {"text": "比例", "part": "部分", "whole": whole, "unit": unit}
    ratio = {"code": f"s{number}_r", "kind": "ratio", **words}
    amount = {"code": f"s{number}_n", "kind": "number", "text": "数量", "unit": "万元"}
    return {"code": f"s{number}", "title": f"部分 {number}", "questions": [*ladders, ratio, amount]}


@dataclass
class Firm:
    """One enterprise: this year's and last year's answers, who submitted, how fast."""

    profile: dict[str, Any]
    answers: dict[str, Any]
    before: dict[str, Any]
    hand: str
    times: list[float]
    fake: str = ""
    twin: int | None = None


def firms(seed: int) -> list[Firm]:
    """``HONEST`` firms, of which ``FAKES`` of each kind are then falsified."""
    luck = Random(seed)
    difficulty = {code: luck.uniform(-0.18, 0.18) for code in instrument().questions}
    made = [_honest(number, difficulty, luck) for number in range(HONEST)]
    order = luck.sample(range(HONEST), FAKES * len(KINDS))
    for place, number in enumerate(order):
        kind = KINDS[place % len(KINDS)]
        made[number].fake = kind
        FAKERS[kind](made[number], made, luck)
    return made


def _honest(number: int, difficulty: dict[str, float], luck: Random) -> Firm:
    employees = luck.randint(20, 800)
    profile = {
        "employees": employees,
        "revenue": employees * 60,
        "assets": employees * 50,
        "year": 2026,
    }
    maturity = min(max(luck.gauss(0.45, 0.18), 0.05), 0.95)
    machines = luck.randint(20, 300)
    strays = {n: luck.gauss(0, 0.08) for n in range(4)}
    levels = {
        code: maturity + strays[int(code[1])] + difficulty[code] + luck.gauss(0, 0.10)
        for code in instrument().questions
    }
    now = {code: _said(code, levels[code], profile, machines) for code in levels}
    drift = {code: level - abs(luck.gauss(0.04, 0.06)) for code, level in levels.items()}
    before = {code: _said(code, drift[code], profile, machines) for code in levels}
    now, before = (_consistent(answers) for answers in (now, before))
    times, at = [], 0.0
    for _ in now:
        at += luck.lognormvariate(2.7, 0.7)  # a median of 15 seconds
        times.append(at)
    # Every adviser has ten clients, whom they may help.
    return Firm(profile, now, before, f"adviser {number // 10}", times)


def _consistent(answers: dict[str, Any]) -> dict[str, Any]:
    """Honest firms do not contradict themselves."""
    for n in range(4):
        if answers[f"s{n}_q0"] == 0 and answers[f"s{n}_q1"] == 4:
            answers[f"s{n}_q1"] = 3
    return answers


def _said(code: str, level: float, profile: dict[str, Any], machines: int) -> Any:
    level = min(max(level, 0.0), 0.999)
    if code.endswith("_r"):
        whole = {
            "s0": machines,
            "s1": profile["employees"],
            "s2": profile["revenue"],
            "s3": machines,
        }
        of = whole[code[:2]]
        return {"part": round(level * of), "whole": of}
    if code.endswith("_n"):
        return round(profile["revenue"] * 0.02 * (0.2 + level), 1)
    return int(level * 5)


def _contradict(firm: Firm, made: list[Firm], luck: Random) -> None:
    section = luck.randrange(4)
    firm.answers |= {f"s{section}_q0": 0, f"s{section}_q1": 4}


def _miscount(firm: Firm, made: list[Firm], luck: Random) -> None:
    """More machines in one place than in another, more people than there are, or yuan for 万元."""
    way = luck.randrange(3)
    if way == 0:
        whole = firm.answers["s0_r"]["whole"] * luck.choice([0.5, 0.8, 1.3, 2])
        firm.answers["s3_r"] = {"part": 0, "whole": max(round(whole), 1)}
    elif way == 1:
        firm.answers["s1_r"] = {
            "part": 1,
            "whole": round(firm.profile["employees"] * luck.uniform(1.2, 4)),
        }
    else:
        firm.answers[f"s{luck.randrange(4)}_n"] *= 10_000


def _jump(firm: Firm, made: list[Firm], luck: Random) -> None:
    """Nearly everything much better than last year, or a quantity many times what it was."""
    if luck.random() < 0.7:
        for code in instrument().questions:
            if "_q" in code:
                firm.before[code], firm.answers[code] = luck.randint(0, 1), luck.randint(3, 4)
        _consistent(firm.answers)
    else:
        code = f"s{luck.randrange(4)}_n"
        firm.before[code] = firm.answers[code] / luck.uniform(8, 40)


def _hurry(firm: Firm, made: list[Firm], luck: Random) -> None:
    at, pause = 0.0, luck.uniform(0.6, 2.2)
    firm.times = [at := at + pause * luck.lognormvariate(0, 0.3) for _ in firm.times]


def _copy(firm: Firm, made: list[Firm], luck: Random) -> None:
    """The answers of another client of the adviser, some of them changed."""
    here = made.index(firm)
    fellows = [n for n, one in enumerate(made) if one.hand == firm.hand and n != here]
    firm.twin = luck.choice(fellows)
    firm.answers = dict(made[firm.twin].answers)
    for code in luck.sample(sorted(firm.answers), luck.randint(0, 5)):
        if "_q" in code:
            firm.answers[code] = luck.randint(0, 4)


def _straighten(firm: Firm, made: list[Firm], luck: Random) -> None:
    section, rung = luck.randrange(4), luck.randrange(5)
    for n in range(8):
        firm.answers[f"s{section}_q{n}"] = rung


FAKERS = {
    "contradiction": _contradict, "counts": _miscount, "move": _jump,
    "pace": _hurry, "twin": _copy, "line": _straighten,
}  # fmt: skip


def batch(made: list[Firm]) -> Batch:
    """The firms as the checks read them."""
    definition = instrument()
    coded, levels = _coded(made, [one.answers for one in made])
    old, old_levels = _coded(made, [one.before for one in made])
    rows = list(range(len(made)))
    earlier = Earlier(definition, 1, rows, [1000 + row for row in rows], old, old_levels)
    return Batch(
        definition, coded, levels,
        hands=[(("adviser", one.hand),) for one in made],
        seconds=[seconds_per_answer([_at(t) for t in one.times]) for one in made],
        earlier=[earlier],
    )  # fmt: skip


def _coded(made: list[Firm], said: list[dict[str, Any]]):
    definition = instrument()
    rows = [
        (read_profile(one.profile)[0], read_answers(definition, answers).answers)
        for one, answers in zip(made, said, strict=True)
    ]
    coded = encode(definition, rows)
    return coded, score(definition.compiled, coded)["level"].to_list()


def _at(seconds: float) -> dt.datetime:
    return dt.datetime(2026, 5, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
