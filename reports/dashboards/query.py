"""The whole state of a dashboard is its query string: region, industry, size, indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessment.models import Organisation
from questionnaires.models import Industry
from questionnaires.texts import localized
from reports.dashboards.access import Reach
from scoring.dashboard import RoundView

LONGEST = 80


@dataclass(frozen=True)
class Query:
    region: str = ""
    industry: str = ""
    size: str = ""
    indicator: str = "total"

    @classmethod
    def read(cls, asked: QueryDict) -> Query:
        """Unknown industries and sizes are dropped; the region is judged by ``access``."""
        return cls(
            region=asked.get("region", "").strip()[:LONGEST],
            industry=known_industry(asked.get("industry", "").strip()[:LONGEST]),
            size=known_size(asked.get("size", "")),
            indicator=asked.get("indicator", "").strip()[:LONGEST] or "total",
        )

    def address(self, **changes: str) -> str:
        """This state as a query string, defaults left out."""
        state = replace(self, **changes)
        pairs = {
            "region": state.region,
            "industry": state.industry,
            "size": state.size,
            "indicator": "" if state.indicator == "total" else state.indicator,
        }
        return urlencode({key: value for key, value in pairs.items() if value})


def known_industry(code: str) -> str:
    return code if code and Industry.objects.filter(code=code).exists() else ""


def known_size(code: str) -> str:
    return code if code in Organisation.Size.values else ""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    regions: list[Option]
    industries: list[Option]
    sizes: list[Option]
    indicators: list[Option]


def choices(query: Query, found: Reach, view: RoundView) -> Choices:
    """What each filter offers, with the reader's choice marked."""
    return Choices(
        regions=[
            Option(
                region.code,
                "\u3000" * (region.depth - found.top.depth) + localized(region.name),
                region.code == view.region,
            )
            for region in found.regions
        ],
        industries=[Option("", _("All industries"), not view.industry), *_industries(view)],
        sizes=[
            Option("", _("All sizes"), not view.size),
            *(Option(code, str(name), code == view.size) for code, name in _sizes()),
        ],
        indicators=[
            Option(measure.code, localized(measure.title), measure.code == view.measure.code)
            for measure in (view.total, *view.nodes, *view.indicators)
        ],
    )


def _sizes() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Organisation.Size.choices]


def _industries(view: RoundView) -> list[Option]:
    rows = Industry.objects.filter(Q(level="section") | Q(code=view.industry))
    return [
        Option(row.code, f"{row.code} {localized(row.name)}", row.code == view.industry)
        for row in rows
    ]


def in_words(options: Choices) -> list[tuple[str, str]]:
    """The filters as (name, value) for titles and files."""
    named = [
        (_("Region"), options.regions),
        (_("Industry"), options.industries),
        (_("Size class"), options.sizes),
        (_("What is measured"), options.indicators),
    ]
    return [
        (name, next((each.label.strip() for each in found if each.chosen), "–"))
        for name, found in named
    ]
