"""What the table is built from: the database, or the shipped files before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterable

from questionnaires.areas import area_names
from questionnaires.models import Figure, Gap
from questionnaires.regional.provinces import NOT_COVERED, PROVINCES
from questionnaires.regional.table import Table, build

USUAL_YEAR = 2018


def stored_table(year: int, indicators: Iterable[str] = ()) -> Table:
    """From the database, in three queries."""
    figures = Figure.objects.of_areas().filter(
        kind=Figure.Kind.OBSERVED, year=year, area__in=PROVINCES
    )
    gaps = Gap.objects.filter(year=year, area__in=PROVINCES)
    return build(
        year,
        figures.select_related("indicator", "source"),
        gaps.select_related("indicator", "source"),
        area_names((*PROVINCES, *NOT_COVERED)),
        indicators,
    )


def shipped_table(year: int, indicators: Iterable[str] = ()) -> Table:
    """From the shipped files, for a database without catalogue. Raises Unusable on problems."""
    from questionnaires.catalogue.unloaded import shipped_kinds

    regions, figures, gaps = shipped_kinds("regions", "figures", "gaps")
    names = {region.code: region.name for region in regions}
    return build(year, figures, gaps, names, indicators)


def years() -> list[int]:
    """Years with an observed figure of a province, newest first."""
    rows = Figure.objects.of_areas().filter(kind=Figure.Kind.OBSERVED, area__in=PROVINCES)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())
