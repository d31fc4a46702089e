"""What must hold between the rows of a population: nobody counted twice, parts within the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext as _

from scoring.estimates.population_file import MOST_FAULTS, Known, Reading, Row
from scoring.uploads import Fault


def check(reading: Reading, file: str, known: Known) -> list[Fault]:
    """Faults between rows that are each right by themselves."""
    by_region: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for line, row in zip(reading.lines, reading.rows, strict=True):
        by_region[row.region].append((line, row))
    found = [
        fault for rows in by_region.values() for fault in _overlaps(rows, file, known.industries)
    ]
    return sorted([*found, *_sums(by_region, file, known)], key=lambda fault: fault.line)


def _overlaps(rows: list[tuple[int, Row]], file: str, sections: Mapping[str, str]) -> list[Fault]:
    """Rows of one region that would count the same enterprises again."""
    faults: list[Fault] = []
    before: list[tuple[int, Row]] = []
    for line, row in rows:
        other = next((n for n, one in before if _meet(one, row, sections)), None)
        if other is None:
            before.append((line, row))
            continue
        message = _(
            "Counts enterprises that line %(line)d counts already: "
            "give a total or its parts, not both."
        )
        faults.append(Fault(file, line, "industry", message % {"line": other}))
        if len(faults) >= MOST_FAULTS:
            break
    return faults


def _meet(one: Row, other: Row, sections: Mapping[str, str]) -> bool:
    """Whether two cells have enterprises in common."""
    sizes = one.size == other.size or "" in (one.size, other.size)
    mine, theirs = one.industry, other.industry
    same = mine == theirs or "" in (mine, theirs)
    nested = sections.get(mine) == theirs or sections.get(theirs) == mine
    return sizes and (same or nested)


def _sums(by_region: Mapping[str, list[tuple[int, Row]]], file: str, known: Known) -> list[Fault]:
    """Regions whose parts have more enterprises than they have themselves."""
    totals = {code: sum(row.enterprises for _, row in rows) for code, rows in by_region.items()}
    below: dict[str, int] = defaultdict(int)
    for code, total in totals.items():
        above = next((up for up in known.regions[code][1:] if up in totals), None)
        if above is not None:
            below[above] += total
    message = _("The regions below have %(parts)d enterprises, more than the %(whole)d given here.")
    return [
        Fault(file, by_region[c][0][0], "enterprises", message % {"parts": n, "whole": totals[c]})
        for c, n in below.items()
        if n > totals[c]
    ]
