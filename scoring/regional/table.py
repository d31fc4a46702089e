"""A CSV of regions and years as a table of the index; every fault names line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext as _

from scoring.index.recipe import Table
from scoring.regional.composition import Composition
from scoring.uploads import Fault

REGION, YEAR = "region", "year"
NAMES = {"地区": REGION, "地区代码": REGION, "年份": YEAR, "year": YEAR, "region": REGION}
UNKNOWN = ("", "-", "—", "…", "NA", "N/A", "缺")
FIRST_YEAR, LAST_YEAR = 1949, 2100
MOST_ROWS, MOST_FAULTS = 5_000, 200


@dataclass
class Reading:
    """Rows by (region, year); ``faults`` is empty when all could be read."""

    rows: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def table(self, composition: Composition) -> Table:
        """Rows by year, then region; a value that is not known is NaN."""
        order = sorted(self.rows, key=lambda key: (key[1], key[0]))
        values = [
            [self.rows[key].get(measure.code, np.nan) for measure in composition.measures]
            for key in order
        ]
        units = tuple(region for region, _year in order)
        times = tuple(str(year) for _region, year in order)
        return Table(units, np.array(values, dtype=np.float64), times=times)


def read(text: str, file: str, composition: Composition, regions: Iterable[str]) -> Reading:
    """``regions`` are the division codes that may be named."""
    found = Reading()
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        columns = _columns(next(lines, []), file, composition, found)
        if columns:
            for values in lines:
                if any(value.strip() for value in values):
                    _row(values, columns, _Place(file, lines.line_num, found), frozenset(regions))
                if len(found.faults) >= MOST_FAULTS or len(found.rows) > MOST_ROWS:
                    break
    except csv.Error as error:
        message = _("The table cannot be read here (%(why)s): check the quotation marks.")
        found.faults.append(Fault(file, lines.line_num, "", message % {"why": error}))
    _whole(found, file)
    return found


def _whole(found: Reading, file: str) -> None:
    """Faults of the table as a whole."""
    if len(found.rows) > MOST_ROWS:
        message = _("The table has more than %(most)d rows: leave out years or regions.")
        found.faults.append(Fault(file, MOST_ROWS + 2, "", message % {"most": MOST_ROWS}))
    if found.faults:
        return
    if len({region for region, _year in found.rows}) < 2:
        message = _("An index compares regions: give values of two or more.")
        found.faults.append(Fault(file, 2, REGION, message))


@dataclass(frozen=True)
class _Place:
    file: str
    line: int
    found: Reading

    def fault(self, column: str, message: str) -> None:
        self.found.faults.append(Fault(self.file, self.line, column, message))


def _columns(
    names: list[str], file: str, composition: Composition, found: Reading
) -> dict[int, str]:
    """Which column is what, by place; empty, with faults, when it cannot be told."""
    place = _Place(file, 1, found)
    known = NAMES | headings(composition)
    columns: dict[int, str] = {}
    for at, name in enumerate(names):
        plain = name.strip()
        code = known.get(plain) or known.get(plain.lower())
        if code is None and plain:
            place.fault(plain[:40], _("Unknown column: take the names of the template."))
        elif code in columns.values():
            place.fault(plain[:40], _("This column is there twice: leave one out."))
        elif code:
            columns[at] = code
    for needed in (REGION, YEAR):
        if needed not in columns.values():
            place.fault(needed, _("This column is missing: take the template as it is."))
    if not set(columns.values()) - {REGION, YEAR}:
        place.fault("", _("No column is an indicator's: take the template as it is."))
    return {} if found.faults else columns


def headings(composition: Composition) -> dict[str, str]:
    """Indicator by what a column may be called: code, name, or name and unit, zh or en."""
    found = {}
    for measure in composition.measures:
        found[measure.code] = measure.code
        for language in ("zh", "en"):
            found[measure.title[language]] = measure.code
            found[heading(measure.title, measure.unit, language)] = measure.code
    return found


def heading(title: Mapping[str, str], unit: Mapping[str, str], language: str) -> str:
    """What the template calls a column: the name with its unit."""
    opened, closed = ("（", "）") if language == "zh" else (" (", ")")
    return (
        f"{title[language]}{opened}{unit[language]}{closed}" if unit[language] else title[language]
    )


def _row(
    values: list[str], columns: Mapping[int, str], place: _Place, regions: frozenset[str]
) -> None:
    said = {code: values[at].strip() if at < len(values) else "" for at, code in columns.items()}
    # Templates say "330100 杭州市", so that people can tell rows apart.
    region = said.pop(REGION).split()[0] if said[REGION] else said.pop(REGION)
    year = _year(said.pop(YEAR))
    before = len(place.found.faults)
    if region not in regions:
        message = _("“%(code)s” is no division code of the region chosen or of one below it.")
        place.fault(REGION, message % {"code": region[:20]})
    if year is None:
        place.fault(YEAR, _("Expected a year, such as 2024."))
    numbers = {
        code: _number(text, code, place) for code, text in said.items() if text not in UNKNOWN
    }
    if len(place.found.faults) > before or year is None:
        return
    if (region, year) in place.found.rows:
        message = _("Region %(code)s has a row for %(year)d already: leave one out.")
        place.fault(REGION, message % {"code": region, "year": year})
        return
    place.found.rows[region, year] = {c: n for c, n in numbers.items() if n is not None}


def _year(text: str) -> int | None:
    plain = text.removesuffix("年")
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4):
        return None
    return int(plain) if FIRST_YEAR <= int(plain) <= LAST_YEAR else None


def _number(text: str, code: str, place: _Place) -> float | None:
    try:
        number = float(text.replace(",", "").replace("，", "").removesuffix("%"))
    except ValueError:
        number = np.nan
    if not np.isfinite(number) or abs(number) > 1e15:
        place.fault(code, _("Expected a number; leave the cell empty where none is known."))
        return None
    return float(number)
