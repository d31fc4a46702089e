"""What of the regional table the address asks for; what cannot be meant is left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from questionnaires.regional.reading import USUAL_YEAR

MOST_INDICATORS = 40


@dataclass(frozen=True)
class Asked:
    """``sort`` is the key of a column, "" for the order of the codes; ``drawn`` is on the map."""

    year: int = USUAL_YEAR
    indicators: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = True
    drawn: str = ""


def read(query: QueryDict) -> Asked:
    """``?year=2018&indicator=…&indicator=…&sort=…&order=up&map=…``."""
    year = query.get("year", "")
    named = [code for code in dict.fromkeys(query.getlist("indicator")) if code]
    return Asked(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else USUAL_YEAR,
        indicators=tuple(named[:MOST_INDICATORS]),
        sort=query.get("sort", ""),
        descending=query.get("order") != "up",
        drawn=query.get("map", ""),
    )
