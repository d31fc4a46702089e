"""Where a result stands among all rounds of its year that asked the same questionnaire.

For an enterprise whose own round is too small. Only the rank and how many it is among are told, not
a distribution: tables of several rounds together would be one more to subtract the rounds' own
from. An organisation in several of them counts once. The ranks come from what each round last
published, so they move in the same steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.models import Round
from questionnaires.models import Region
from scoring.cube import Key
from scoring.models import Result, RoundAggregate
from scoring.repeated import Repeated


@dataclass(frozen=True)
class Pool:
    """One group of several rounds together: ``kept`` holds each one's distribution of totals."""

    key: Key
    kept: Sequence[Sequence[Sequence[float]]]
    synthetic: bool

    @property
    def n(self) -> int:
        return round(sum(pair[1] for one in self.kept for pair in one))


def pools(result: Result, candidates: Iterable[Key], wider: Sequence[Region]) -> list[Pool]:
    """Each group in all rounds of the year with the same questionnaire, in order; then the same
    groups in the regions above the round's own. Empty when there is no other round. An
    organisation counts once, with its latest result; the one that is ranked with this one.
    """
    keys = list(candidates)
    own = result.submission.round
    same = (
        Round.objects.unscoped("ranks of published results name no round")
        .filter(year=own.year, instrument_version__sha256=own.instrument_version.sha256)
        .select_related("region")
    )
    rounds = [one for one in same if (one.weights, one.counts) == (own.weights, own.counts)]
    if len(rounds) < 2:
        return []
    keys += [(region.code, i, s) for r, i, s in keys if r == own.region.code for region in wider]
    codes = {key[0] for key in keys}
    regions = {r.code: r for r in Region.objects.filter(code__in=codes)}
    cells = _cells(rounds, keys)
    repeated = Repeated(result, rounds)
    found = []
    for key in keys:
        places = [(r.pk, where) for r in rounds if (where := _place(r, regions[key[0]]))]
        parts = [cells.get((pk, where, key[1], key[2])) for pk, where in places]
        there = [part for part in parts if part]
        kept = [cell.distributions.get("total", []) for cell in there]
        kept += [
            repeated.less(cell, (cell.region, cell.industry, cell.size))
            for cell in there
            if cell.distributions.get("total")
        ]
        found.append(Pool(key, kept, any(cell.statistics.get("synthetic") for cell in there)))
    return found


def _place(round: Round, region: Region) -> str:
    """Which of a round's regions lies in ``region``: that itself, or all of the round; or none."""
    if round.region.covers(region):
        return region.code
    return round.region.code if region.covers(round.region) else ""


def _cells(
    rounds: Sequence[Round], keys: Sequence[Key]
) -> dict[tuple[int, str, str, str], RoundAggregate]:
    codes = {key[0] for key in keys} | {r.region.code for r in rounds}
    rows = RoundAggregate.objects.filter(
        round__in=[r.pk for r in rounds],
        region__in=codes,
        industry__in={key[1] for key in keys},
        size__in={key[2] for key in keys},
    )
    return {(row.round_id, row.region, row.industry, row.size): row for row in rows}
