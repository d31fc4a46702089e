"""Who may open a region of a round: the account decides, not the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from assessment.models import Round, User
from questionnaires.models import Region
from questionnaires.texts import localized
from reports.dashboards.access import Reach, require
from reports.dashboards.query import LONGEST, Option


@dataclass(frozen=True)
class Opened:
    round: Round
    region: Region
    reach: Reach

    @property
    def options(self) -> list[Option]:
        """The regions to choose from, indented, with the one shown marked."""
        top = self.reach.top.depth
        return [
            Option(
                region.code,
                "\u3000" * (region.depth - top) + localized(region.name),
                region.code == self.region.code,
            )
            for region in self.reach.regions
        ]


def open_region(user: User, number: int, code: str) -> Opened:
    """404 for a round that is not visible, refusal outside the jurisdiction."""
    rows = Round.objects.visible_to(user).select_related("region", "instrument_version")
    round = get_object_or_404(rows, pk=number)
    found, region = require(user, round, code.strip()[:LONGEST])
    return Opened(round, region, found)
