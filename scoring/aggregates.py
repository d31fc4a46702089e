"""Distributions of a round by region, industry and size, kept in ``RoundAggregate`` rows.

Only what may be published is stored: a cell with too few enterprises, or one that would give such
a cell away, keeps its counts and a mark that says why, and no statistics. docs/statistics.md
defines every number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from assessment.models import Invitation, Round, Submission
from scoring import suppression
from scoring.cells import Chains, Column, Scored, chains, participants, scored
from scoring.models import Result, RoundAggregate
from scoring.numbers import PLACES, summarise_columns
from scoring.suppression import Cube, Key, cells_of

GRID = 1001  # a total's distribution is kept exactly up to this many different totals
COUNTS = ("invited", "started", "submitted")


def refresh(round: Round) -> int:
    """Recompute every cell of a round; returns how many there are.

    Running it twice, or two at once, leaves the newer one's cells whole.
    """
    now = timezone.now()
    ways = chains(round)
    taking_part = _taking_part(round, ways)
    known = _inside(scored(round, now), ways)
    statistics, cube = _statistics(known, ways)
    cells = [
        RoundAggregate(
            round=round,
            region=key[0],
            industry=key[1],
            size=key[2],
            scored=cube.counts.get(key, 0),
            statistics=statistics.get(key, {}),
            computed_at=now,
            **dict(zip(COUNTS, taking_part.get(key, (0, 0, 0)), strict=True)),
        )
        for key in sorted({(round.region.code, "", "")} | set(taking_part) | set(cube.counts))
    ]
    return len(cells) if _replace(round, cells, now) else 0


def refresh_by_id(round_id: int) -> int:
    """``refresh`` for tasks, which carry keys; 0 when the round is gone."""
    rounds = Round.objects.unscoped("aggregates are of everybody")
    round_ = rounds.select_related("region", "instrument_version").filter(pk=round_id).first()
    return refresh(round_) if round_ else 0


def rounds_behind() -> list[int]:
    """Rounds with results, submissions or invitations that their aggregates do not count yet."""
    found = []
    for round_ in Round.objects.unscoped("the sweep looks at everything").select_related("region"):
        top = RoundAggregate.objects.filter(
            round=round_, region=round_.region.code, industry="", size=""
        ).first()
        if _is_behind(round_, top):
            found.append(round_.pk)
    return found


def _is_behind(round: Round, top: RoundAggregate | None) -> bool:
    submissions = Submission.objects.unscoped("the sweep counts").filter(round=round)
    answers = submissions.aggregate(  # type: ignore[no-untyped-call]
        started=Count("pk"), submitted=Count("pk", filter=Q(state=Submission.State.SUBMITTED))
    )
    invited = Invitation.objects.filter(round=round).count()
    if top is None:
        return bool(invited or answers["started"])
    counts = (top.invited, top.started, top.submitted)
    if counts != (invited, answers["started"], answers["submitted"]):
        return True
    done = Result.objects.unscoped("the sweep counts").filter(
        submission__round=round, state=Result.State.DONE
    )
    return done.filter(scored_at__gt=top.computed_at).exists()


def _taking_part(round: Round, ways: Chains) -> dict[Key, list[int]]:
    """Invited, started and submitted of every cell."""
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, *flags in participants(round):
        if not _known(key, ways):
            continue
        for cell in cells_of(key, ways):
            for place, flag in enumerate(flags):
                counts[cell][place] += flag
    return counts


def _known(key: Key, ways: Chains) -> bool:
    return all(value in way for value, way in zip(key, ways, strict=True))


def _inside(known: Scored, ways: Chains) -> Scored:
    """Only enterprises of the round's own region; others cannot be placed."""
    rows = [number for number, key in enumerate(known.keys) if _known(key, ways)]
    if len(rows) == len(known.keys):
        return known
    return Scored(
        [known.keys[row] for row in rows],
        [known.levels[row] for row in rows],
        [Column(c.code, c.kind, c.values[rows]) for c in known.columns],
        known.synthetic[rows],
    )


def _statistics(known: Scored, ways: Chains) -> tuple[dict[Key, dict[str, Any]], Cube]:
    """What each cell may say, and the cube that decided it."""
    minimum = settings.MINIMUM_CELL
    cube = suppression.build(known.keys, ways)
    hidden = suppression.hidden(cube, minimum)
    rows = _rows_of(known.keys, ways)
    found: dict[Key, dict[str, Any]] = {}
    for key in cube.counts:
        found[key] = {"minimum": minimum, "synthetic": int(known.synthetic[rows[key]].sum())}
        if key in hidden:
            found[key]["withheld"] = hidden[key]
        else:
            found[key] |= {"levels": _levels(known, rows[key]), "nodes": {}, "indicators": {}}
    patterns: dict[bytes, dict[Key, str]] = {}
    withheld = [_pattern(column, known, cube, hidden, ways, patterns) for column in known.columns]
    matrix = np.column_stack([column.values for column in known.columns])
    for key, cell in found.items():
        if "withheld" not in cell:
            marks = [pattern.get(key, "") for pattern in withheld]
            _describe(cell, known.columns, matrix[rows[key]], marks)
    return found, cube


def _rows_of(keys: list[Key], ways: Chains) -> dict[Key, np.ndarray]:
    rows: dict[Key, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        for cell in cells_of(key, ways):
            rows[cell].append(number)
    return {cell: np.array(numbers) for cell, numbers in rows.items()}


def _levels(known: Scored, rows: np.ndarray) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        level = known.levels[row]
        if level is not None:
            counts[str(level)] += 1
    return dict(sorted(counts.items()))


def _pattern(
    column: Column,
    known: Scored,
    cube: Cube,
    hidden: Mapping[Key, str],
    ways: Chains,
    patterns: dict[bytes, dict[Key, str]],
) -> Mapping[Key, str]:
    """Cells where this column is withheld: a value fewer gave hides more cells than the round."""
    given = ~np.isnan(column.values)
    if given.all():
        return hidden
    mark = given.tobytes()
    if mark not in patterns:
        keys = [key for key, has in zip(known.keys, given, strict=True) if has]
        own = suppression.build(keys, ways)
        start = {key: why for key, why in hidden.items() if key in own.counts}
        patterns[mark] = dict(hidden) | suppression.hidden(own, settings.MINIMUM_CELL, start)
    return patterns[mark]


def _describe(
    cell: dict[str, Any], columns: list[Column], matrix: np.ndarray, marks: list[str]
) -> None:
    """Write the distribution of each column into a cell, or why it is withheld (``marks``)."""
    for place, stats in enumerate(summarise_columns(matrix)):
        if stats is None:
            continue
        column, mark = columns[place], marks[place]
        entry = {"withheld": mark} if mark else stats.as_json()
        if column.kind == "total":
            cell["total"] = entry
            cell["totals"] = [] if mark else distribution(matrix[:, place])
        else:
            cell["nodes" if column.kind == "node" else "indicators"][column.code] = entry


def distribution(values: np.ndarray) -> list[list[float]]:
    """Different values with how many have each; beyond ``GRID`` values, as many quantiles.

    A quantile of the grid stands for its share of all, so a rank is off by 0.1 % at most.
    """
    values = values[~np.isnan(values)]
    different, counts = np.unique(values, return_counts=True)
    if len(different) > GRID:
        different = np.quantile(values, (np.arange(GRID) + 0.5) / GRID, method="linear")
        counts = np.full(GRID, len(values) / GRID)
    pairs = zip(different, counts, strict=True)
    return [[round(float(value), PLACES), round(float(n), PLACES)] for value, n in pairs]


def _replace(round: Round, cells: list[RoundAggregate], now: datetime) -> bool:
    """Swap the round's cells in one transaction, unless somebody wrote newer ones."""
    with transaction.atomic():
        Round.unguarded.select_for_update(no_key=True).filter(pk=round.pk).first()
        stored = RoundAggregate.objects.filter(round=round)
        if stored.filter(computed_at__gt=now).exists():
            return False
        stored.delete()
        RoundAggregate.objects.bulk_create(cells, batch_size=500)
    return True
