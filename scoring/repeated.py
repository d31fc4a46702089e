"""Results that stand beside a later one of the same organisation, in several rounds together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count

from assessment.models import Round, Submission
from questionnaires.models import Region
from scoring.cells import industry_chains, key_of
from scoring.cube import Key
from scoring.models import Result, RoundAggregate
from scoring.numbers import PLACES
from scoring.shown import EVERYBODY


@dataclass
class Repeated:
    """What to take out of the rounds' distributions so that each organisation counts once.

    Its latest result counts; of the organisation that is ranked, the ranked one.
    """

    ranked: Result
    rounds: Sequence[Round]
    regions: dict[str, Region] = field(default_factory=dict)

    def less(self, cell: RoundAggregate, key: Key) -> list[list[float]]:
        """``[[total, −how many], …]`` of a round's cell, ascending."""
        dates = cell.history.get("total", cell.history.get(EVERYBODY, []))
        until = dates[-1] if dates else None
        found = Counter(
            total
            for own, published, total in self._by_round.get(cell.round_id, ())
            if (until is None or published <= until) and self._is_in(own, key)
        )
        return [[total, -n] for total, n in sorted(found.items())]

    def _is_in(self, own: Key, key: Key) -> bool:
        region, wide = self._region(own[0]), self._region(key[0])
        inside = region is not None and wide is not None and wide.covers(region)
        return (
            inside
            and key[1] in self._industries.get(own[1], ("",))
            and (not key[2] or key[2] == own[2])
        )

    def _region(self, code: str) -> Region | None:
        if code not in self.regions:
            self.regions |= {one.code: one for one in Region.objects.filter(code=code)}
        return self.regions.get(code)

    @cached_property
    def _industries(self) -> dict[str, tuple[str, ...]]:
        return industry_chains()

    @cached_property
    def _by_round(self) -> dict[int, list[tuple[Key, int, float]]]:
        """Key, publication and total of each result that is not to count, by round."""
        found: dict[int, list[tuple[Key, int, float]]] = defaultdict(list)
        seen = {self.ranked.submission.organisation_id}
        for (
            pk,
            organisation,
            round,
            profile,
            region,
            industry,
            size,
            total,
            published,
        ) in self._rows():
            if organisation in seen and pk != self.ranked.pk:
                key = key_of(profile, (region, industry, size))
                found[round].append((key, published, float(f"{total:.{PLACES}f}")))
            seen.add(organisation)
        return found

    def _rows(self) -> list[tuple[int, int, int, dict[str, str], str, str, str, float, int]]:
        """Published results of organisations with several submissions, latest first."""
        answers = Submission.objects.unscoped("ranks name nobody").filter(round__in=self.rounds)
        several = answers.values("organisation").annotate(n=Count("pk")).filter(n__gt=1)
        organisation = "submission__organisation__"
        rows = Result.objects.unscoped("ranks name nobody").filter(
            submission__round__in=self.rounds,
            submission__organisation__in=several.values("organisation"),
            published__isnull=False,
            total__isnull=False,
        )
        return list(
            rows.order_by("-submission__submitted_at", "-pk").values_list(
                "pk",
                "submission__organisation",
                "submission__round",
                "submission__profile",
                f"{organisation}region__code",
                f"{organisation}industry__code",
                f"{organisation}size",
                "total",
                "published",
            )
        )
