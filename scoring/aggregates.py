"""Distributions of a round by region, industry and size, kept in ``RoundAggregate`` rows.

Only what may be published is stored: a cell with too few enterprises, or one that would give such
a cell away, keeps its counts and a mark that says why, and no statistics. docs/statistics.md
defines every number.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from assessment.models import Invitation, Round, Submission
from scoring.cells import Chains, chains, participants, scored
from scoring.columns import Scored
from scoring.counted import Print, entering, fingerprint, publishable
from scoring.cube import Key, cells_of
from scoring.models import Publication, Result, RoundAggregate
from scoring.publishing import publish
from scoring.shown import Shown

COUNTS = ("invited", "started", "submitted")
GROWTH = 10  # a publication waits for a tenth more enterprises than the last one counted …
PATIENCE = timedelta(days=1)  # … or for a day


def refresh(round: Round) -> int:
    """Bring every cell of a round up to date; returns how many there are.

    Counts of taking part always are; statistics when a publication is due. Running it twice, or
    two at once, leaves the newer one's cells whole.
    """
    now = timezone.now()
    ways = chains(round)
    taking_part = _taking_part(round, ways)
    awaited = fingerprint(entering(round, now))
    everybody = scored(round, now, publishable(round, now))
    inside = everybody.only([n for n, key in enumerate(everybody.keys) if _known(key, ways)])
    latest = _latest(round)
    next_one = _next(round, latest, inside, now)
    found = _before(round)
    if not _stands(round, latest, next_one, found):
        number = next_one.number if next_one else latest.number if latest else 1
        counted = _counted(inside, latest, next_one)
        before = {key: shown for key, shown in found.items() if shown.history}
        found, _ = publish(counted, ways, settings.MINIMUM_CELL, before, number)
    results = _count(inside.keys, ways)
    keys = sorted({(round.region.code, "", "")} | set(taking_part) | set(results))
    cells = [
        _cell(round, key, taking_part.get(key, [0, 0, 0]), results.get(key, 0), found, now)
        for key in keys
    ]
    return len(cells) if _replace(round, cells, latest, next_one, now, awaited) else 0


def _latest(round: Round) -> Publication | None:
    return Publication.objects.filter(round=round).order_by("number").last()


def _next(
    round: Round, latest: Publication | None, inside: Scored, now: datetime
) -> Publication | None:
    """The publication to make now, if one is due."""
    new = sum(not date for date in inside.dates)
    if not new or not _is_due(round, latest, new, now):
        return None
    return Publication(
        round=round,
        number=latest.number + 1 if latest else 1,
        made_at=now,
        counted=len(inside.keys),
        minimum=settings.MINIMUM_CELL,
    )


def _is_due(round: Round, latest: Publication | None, new: int, now: datetime) -> bool:
    """Whether enough joined since the last publication.

    Fewer than the minimum could be told from the difference. Beyond that, a large round is not
    published again for every handful: each publication is one more to be held against the others.
    """
    if latest is None:
        return new > 0
    grown = GROWTH * new >= latest.counted
    ripe = grown or now - latest.made_at >= PATIENCE or not round.is_open
    return new >= settings.MINIMUM_CELL and ripe


def _stands(
    round: Round, latest: Publication | None, coming: Publication | None, found: dict[Key, Shown]
) -> bool:
    """Whether the last publication still says everything: nobody joined, nobody was rescored."""
    if coming is not None or latest is None or latest.minimum != settings.MINIMUM_CELL:
        return False
    rescored = _results(round).filter(published__isnull=False, scored_at__gt=latest.made_at)
    return bool(found) and not rescored.exists()


def _counted(inside: Scored, latest: Publication | None, coming: Publication | None) -> Scored:
    """Who stands behind the statistics: everybody, or everybody published before."""
    if coming is None:
        return inside.only([place for place, date in enumerate(inside.dates) if date])
    inside.dates = [date or coming.number for date in inside.dates]
    return inside


def _before(round: Round) -> dict[Key, Shown]:
    """What the cells showed so far."""
    rows = RoundAggregate.objects.filter(round=round)
    fields = ("region", "industry", "size", "statistics", "distributions", "history")
    return {
        (region, industry, size): Shown(*shown)
        for region, industry, size, *shown in rows.values_list(*fields).iterator(chunk_size=2000)
    }


def _cell(
    round: Round,
    key: Key,
    taking_part: list[int],
    results: int,
    found: dict[Key, Shown],
    now: datetime,
) -> RoundAggregate:
    shown = found.get(key, Shown())
    return RoundAggregate(
        round=round,
        region=key[0],
        industry=key[1],
        size=key[2],
        scored=results,
        statistics=shown.statistics,
        distributions=shown.distributions,
        history=shown.history,
        computed_at=now,
        **dict(zip(COUNTS, taking_part, strict=True)),
    )


def _count(keys: list[Key], ways: Chains) -> dict[Key, int]:
    found: dict[Key, int] = defaultdict(int)
    for key in keys:
        for cell in cells_of(key, ways):
            found[cell] += 1
    return found


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
    done = _results(round)
    if done.filter(scored_at__gt=top.computed_at).exists():
        return True
    now = timezone.now()
    waiting = entering(round, now).count()
    return bool(waiting) and _is_due(round, _latest(round), waiting, now)


def _results(round: Round) -> QuerySet[Result]:
    rows: QuerySet[Result] = Result.objects.unscoped("aggregates are of everybody").filter(
        submission__round=round, state=Result.State.DONE
    )
    return rows


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


def _replace(
    round: Round,
    cells: list[RoundAggregate],
    latest: Publication | None,
    coming: Publication | None,
    now: datetime,
    awaited: Print,
) -> bool:
    """Swap the round's cells in one transaction, unless somebody wrote newer ones.

    Nor where other results would be marked as published than were read: the next refresh does it.
    """
    with transaction.atomic():
        Round.unguarded.select_for_update(no_key=True).filter(pk=round.pk).first()
        stored = RoundAggregate.objects.filter(round=round)
        if stored.filter(computed_at__gt=now).exists() or _latest(round) != latest:
            return False
        if coming is not None:
            fresh = entering(round, now)
            if fingerprint(fresh) != awaited:
                return False
            coming.save()
            keys = fresh.order_by().values("pk")
            _results(round).filter(pk__in=keys).update(published=coming.number)
        stored.delete()
        RoundAggregate.objects.bulk_create(cells, batch_size=500)
    return True
