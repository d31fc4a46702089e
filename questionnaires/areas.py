"""Names for what figures speak of: divisions by code, countries by ISO code, sectors."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale

from questionnaires.models import Figure, Industry, Region

Name = dict[str, str] | str


def area_names(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """``{zh, en}`` names by code, in one query; a code nobody knows names itself."""
    wanted = set(codes)
    names = dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))
    return names | {code: _country(code) for code in wanted - set(names)}


def sector_names(codes: Iterable[str]) -> dict[str, Name]:
    """Names by sector: an industry's where the sector is its code, else the sector's own words."""
    wanted = [code for code in dict.fromkeys(codes) if code]
    if not wanted:
        return {}
    known = dict(Industry.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: known.get(code, code) for code in wanted}


def with_area_names(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, each with its ``area_name`` and ``sector_name``."""
    listed = list(figures)
    areas = area_names(figure.area for figure in listed)
    sectors = sector_names(figure.sector for figure in listed)
    for figure in listed:
        figure.area_name = areas[figure.area]  # type: ignore[attr-defined]
        figure.sector_name = sectors.get(figure.sector, "")  # type: ignore[attr-defined]
    return listed


def _country(code: str) -> dict[str, str]:
    return {
        language: str(Locale(language).territories.get(code, code)) for language in ("zh", "en")
    }
