"""Made-up enterprises of one province, spread over its cities, industries and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from stdnum.cn import uscc

from assessment.models import Organisation
from questionnaires.models import Industry, Region
from questionnaires.size_rule import size_class
from reports.demo.answers import UNEVENNESS
from scoring.areas import children

# No division has the code 990000, so none of these can be the code of a real enterprise.
NOWHERE = "91990000"
CITY_WEIGHTS = (22, 18, 13, 12, 7, 10, 9, 4, 2, 9, 3)
# Industry code: how common, revenue per employee in CNY 10,000, maturity beside the average.
INDUSTRIES: dict[str, tuple[int, int, float]] = {
    "C17": (14, 70, -0.04),
    "C18": (9, 50, -0.06),
    "C26": (7, 130, 0.03),
    "C29": (8, 80, -0.03),
    "C33": (9, 75, -0.02),
    "C34": (14, 85, 0.02),
    "C35": (8, 90, 0.04),
    "C36": (9, 110, 0.07),
    "C38": (12, 100, 0.04),
    "C39": (8, 105, 0.12),
    "I64": (4, 90, 0.18),
    "I65": (9, 60, 0.16),
    "F51": (8, 300, -0.03),
    "F52": (5, 90, -0.02),
    "G54": (5, 60, -0.05),
    "G59": (3, 70, 0.0),
}
SIZE_BONUS = {"large": 0.16, "medium": 0.08, "small": 0.0, "micro": -0.09, "": 0.0}


@dataclass(frozen=True)
class Enterprise:
    """One to be made. ``maturity`` (0 … 1) stands behind all its answers; its sections stray from
    it by ``unevenness``."""

    organisation: Organisation
    maturity: float
    unevenness: float = UNEVENNESS


def make(province: Region, count: int, luck: Random) -> list[Enterprise]:
    """``count`` unsaved enterprises of a province. They are synthetic and say so in their names."""
    cities = children(province) or [province]
    weights = [CITY_WEIGHTS[place % len(CITY_WEIGHTS)] for place in range(len(cities))]
    trades = {one.code: one for one in Industry.objects.filter(code__in=INDUSTRIES)}
    codes = [code for code in INDUSTRIES if code in trades]
    common = [INDUSTRIES[code][0] for code in codes]
    return [
        _one(
            number,
            luck.choices(cities, weights)[0],
            trades[luck.choices(codes, common)[0]],
            luck,
        )
        for number in range(1, count + 1)
    ]


def credit_code(number: int) -> str:
    """A code with a right check digit and a division that does not exist."""
    body = f"{NOWHERE}MA9{number:06d}"
    return body + uscc.calc_check_digit(body)


def _one(number: int, city: Region, trade: Industry, luck: Random) -> Enterprise:
    _, per_head, bonus = INDUSTRIES[trade.code]
    employees = max(3, round(luck.lognormvariate(4.4, 1.25)))
    revenue = round(employees * per_head * luck.lognormvariate(0, 0.45), 2)
    assets = round(revenue * luck.uniform(0.5, 1.4), 2)
    size = size_class(trade.code, employees, revenue, assets) or ""
    organisation = Organisation(
        credit_code=credit_code(number),
        name=f"合成企业 {number:04d}",
        region=city,
        industry=trade,
        employees=employees,
        revenue=Decimal(str(revenue)),
        assets=Decimal(str(assets)),
        size=size,
        synthetic=True,
    )
    maturity = luck.gauss(0.42 + bonus + SIZE_BONUS[size], 0.15)
    return Enterprise(organisation, min(max(maturity, 0.03), 0.97))
