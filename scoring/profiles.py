"""Published observed values of one area, as a profile to read a region's own values beside."""

from __future__ import annotations

from django.db.models import Count

from questionnaires.models import Figure, Region
from questionnaires.texts import localized
from scoring.areas import chain
from scoring.numbers import decimal
from scoring.round_view import ProfileLine, ReferenceProfile

COMPLETE = 10  # observed figures of one source that make a profile


def reference_profile(region: Region) -> ReferenceProfile | None:
    """All observed figures that one source gives for one year of the region's province.

    Without at least ``COMPLETE`` of them, the fullest profile of any province or city is taken and
    marked as another region's. None when the catalogue has no profile.
    """
    codes = [area.code for area in chain(region)]
    found = _fullest([code for code in codes if code != "CN"]) or _fullest(None)
    if found is None:
        return None
    area, source, year = found
    figures = list(
        Figure.objects.of_areas()
        .filter(kind=Figure.Kind.OBSERVED, area=area, source=source, year=year)
        .select_related("indicator", "source")
        .order_by("indicator__position", "pk")
    )
    named = Region.objects.filter(code=area).first()
    return ReferenceProfile(
        area=area,
        area_name=named.name if named else {"zh": area, "en": area},
        own_region=area in codes,
        source=figures[0].source.title,
        source_code=figures[0].source.code,
        lines=[_line(figure) for figure in figures],
    )


def _fullest(areas: list[str] | None) -> tuple[str, int, int] | None:
    """Area, source and year with most observed figures, nearest area first."""
    figures = Figure.objects.of_areas().filter(kind=Figure.Kind.OBSERVED)
    figures = figures.exclude(area="CN") if areas is None else figures.filter(area__in=areas)
    groups = (
        figures.filter(area__regex=r"^[0-9]{6}$")
        .values("area", "source", "year")
        .annotate(n=Count("indicator", distinct=True))
        .filter(n__gte=COMPLETE)
    )
    near = {code: place for place, code in enumerate(areas or [])}
    ordered = sorted(groups, key=lambda g: (near.get(g["area"], 0), -g["n"], -g["year"]))
    if not ordered:
        return None
    return ordered[0]["area"], ordered[0]["source"], ordered[0]["year"]


def _line(figure: Figure) -> ProfileLine:
    return ProfileLine(
        indicator=figure.indicator.code,
        name=figure.indicator.name,
        unit=figure.unit or figure.indicator.unit,
        value=decimal(figure.value),
        year=figure.year,
        group={
            language: " · ".join(localized(name, language) for name in figure.indicator.groups)
            for language in ("zh", "en")
        },
        source=figure.source.title,
        source_code=figure.source.code,
        locator=figure.locator_label,
        figure=figure.code,
    )
