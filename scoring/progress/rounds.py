"""What this site's own rounds say of an indicator in a region: marked as such, never a statistic.

A value follows from the enterprises that answered by the indicator's ``roll_up`` and is left out
where the cell is withheld: the same rule as the dashboard's, read from the same aggregates.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from assessment.models import Round
from questionnaires.models import Indicator
from scoring.dashboard import stats_of
from scoring.models import RoundAggregate
from scoring.progress.shapes import Point
from scoring.targets import roll_up


def round_points(
    rounds: Iterable[Round], area: str, indicators: Iterable[Indicator]
) -> dict[str, list[Point]]:
    """``{indicator: points}`` of rounds in order of their years, from one query.

    The caller chooses the rounds a person may see; a withheld or missing value gives no point.
    """
    wanted = [indicator for indicator in indicators if indicator.roll_up]
    by_id = {round.pk: round for round in rounds} if wanted else {}
    if not by_id:
        return {}
    cells = RoundAggregate.objects.filter(round__in=by_id, region=area, industry="", size="")
    found: dict[str, list[Point]] = {}
    for cell in sorted(cells, key=lambda cell: (by_id[cell.round_id].year, cell.round_id)):
        for indicator in wanted:
            one = _point(by_id[cell.round_id], cell, indicator)
            if one is not None:
                found.setdefault(indicator.code, []).append(one)
    return found


def _point(round: Round, cell: RoundAggregate, indicator: Indicator) -> Point | None:
    stats = stats_of(cell, indicator.code)
    value = roll_up(indicator, stats)
    if stats is None or value is None:
        return None
    synthetic = round.synthetic or bool(cell.statistics.get("synthetic"))
    return Point(
        Fraction(round.year), value, str(round.year), source=f"round-{round.pk}", origin="round",
        n=stats.n, title=round.title, synthetic=synthetic,
    )  # fmt: skip
