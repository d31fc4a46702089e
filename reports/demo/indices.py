"""A made-up index of the province's cities over years, so that its pages have something to show."""

from __future__ import annotations

import csv
import io
from random import Random

from django.utils import timezone

from assessment.models import User
from questionnaires.models import InstrumentVersion, Region
from scoring.areas import children
from scoring.regional.choices import Choices
from scoring.regional.composition import Composition
from scoring.regional.making import Wanted, composition_of, make

INSTRUMENT = "region-zhejiang-2017"
TITLE = "浙江各市数字经济指数（合成数据演示）"
SOURCE = "合成数据，按种子随机生成，不来自任何统计"
YEARS = 4
UNKNOWN = 0.03  # share of values left out: real tables have gaps


def made_up(province: Region, officer: User, luck: Random) -> None:
    """Make the index, unless the catalogue has no questionnaire for it."""
    versions = InstrumentVersion.objects.filter(instrument__code=INSTRUMENT, published=True)
    version = versions.order_by("pk").last()
    composition = composition_of(version) if version else None
    if version is None or composition is None:
        return
    data = table(composition, [city.code for city in children(province)], luck)
    wanted = Wanted(TITLE, version, province, SOURCE, data, Choices(), synthetic=True)
    make(wanted, officer)


def table(composition: Composition, regions: list[str], luck: Random) -> str:
    """Values around a level of each region's own that rises a little every year."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["region", "year", *(measure.code for measure in composition.measures)])
    last = timezone.localdate().year - 1
    for region in regions:
        level = luck.uniform(0.45, 0.85)
        for year in range(last - YEARS + 1, last + 1):
            level += luck.uniform(0, 0.04)
            rows.writerow(
                [region, year, *(_value(m.best, level, luck) for m in composition.measures)]
            )
    return text.getvalue()


def _value(best: object, level: float, luck: Random) -> str:
    drawn = luck.gauss(level, 0.1)
    if luck.random() < UNKNOWN:
        return ""
    return f"{max(0.02, min(drawn, 1.0)) * float(str(best)):.4g}"
