"""How many enterprises the made-up province has, so that its respondents can be weighted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

from assessment.models import Round, User
from reports.demo.enterprises import Enterprise
from scoring.estimates.population import Plan, load
from scoring.estimates.population_file import Row

SOURCE = "合成企业总体（演示，非统计数据）"
# How many there are for one in the demo: small ones are asked more seldom.
TIMES = {"large": 2.0, "medium": 5.0, "small": 12.0, "micro": 30.0}


def add(round: Round, enterprises: list[Enterprise], officer: User, luck: Random) -> int:
    """The province by division and size, its cities by section and size; returns the rows."""
    province: Counter[tuple[str, str, str]] = Counter()
    cities: Counter[tuple[str, str, str]] = Counter()
    for one in enterprises:
        firm = one.organisation
        if firm.size:
            there_are = round_up(TIMES[firm.size] * luck.uniform(0.8, 1.3))
            province[round.region.code, firm.industry.code, firm.size] += there_are
            if firm.region.code != round.region.code:
                cities[firm.region.code, firm.industry.section, firm.size] += there_are
    dated = dt.date(round.year - 1, 12, 31)
    rows = [
        Row(*cell, count, SOURCE, dated, synthetic=True)
        for cell, count in sorted({**province, **cities}.items())
    ]
    return load(round, Plan(rows=rows), officer)


def round_up(value: float) -> int:
    return max(2, round(value))
