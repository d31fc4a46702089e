"""Reading a population table: CSV with one row for each region, industry and size.

A fault names file, line and column, what was expected and what to do. Pure but for gettext: the
regions and industries that exist are handed in.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from scoring.uploads import Fault

COLUMNS = ("region", "industry", "size", "enterprises", "source", "date")
OPTIONAL = "synthetic"
NAMES = {
    "地区": "region", "行业": "industry", "规模": "size", "企业数": "enterprises",
    "来源": "source", "日期": "date", "合成": OPTIONAL,
}  # fmt: skip
SIZES = {
    "large": "large", "medium": "medium", "small": "small", "micro": "micro",
    "大型": "large", "中型": "medium", "小型": "small", "微型": "micro",
}  # fmt: skip
ALL = ("", "all", "全部")
YES, NO = ("yes", "true", "1", "是"), ("", "no", "false", "0", "否")
MOST_ROWS, MOST_ENTERPRISES, LONGEST = 50_000, 2_000_000_000, 200
MOST_FAULTS = 200

Cell = tuple[str, str, str]  # region, industry, size


@dataclass(frozen=True)
class Row:
    """``enterprises`` of a cell, by a source and as of a day; "" means all."""

    region: str
    industry: str
    size: str
    enterprises: int
    source: str
    dated: dt.date
    synthetic: bool = False

    @property
    def cell(self) -> Cell:
        return self.region, self.industry, self.size


@dataclass
class Reading:
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)  # of the rows
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """Codes that may be named: regions with their way up, industries with their section.

    ``outside`` are regions of the round that this person may not load.
    """

    regions: Mapping[str, tuple[str, ...]]
    industries: Mapping[str, str]
    outside: frozenset[str] = frozenset()


def read(text: str, file: str, known: Known) -> Reading:
    """Every row, or what is wrong; nothing is written here."""
    found = Reading()
    if "\x00" in text:
        found.faults.append(Fault(file, 1, "", _("This is not text: save the table as CSV.")))
        return found
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        places = _header(next(lines, []), file, found)
        if places is not None:
            for number, values in _numbered(lines):
                _row(values, places, file, number, known, found)
                if len(found.faults) >= MOST_FAULTS:
                    break
    except csv.Error as error:
        message = _("The table cannot be read here (%(why)s): check the quotation marks.")
        found.faults.append(Fault(file, lines.line_num, "", message % {"why": error}))
    if not found.rows and not found.faults:
        message = _("There is no row below the header: add a row for each region and industry.")
        found.faults.append(Fault(file, 2, "", message))
    return found


def _header(names: list[str], file: str, found: Reading) -> dict[str, int] | None:
    """Where each column stands; None with a fault when one is missing."""
    plain = [name.strip().lower() for name in names]
    places = {NAMES.get(name, name): place for place, name in enumerate(plain)}
    missing = [name for name in COLUMNS if name not in places]
    if missing:
        message = _("These columns are missing: %(columns)s. Take the template as it is.")
        said = message % {"columns": ", ".join(missing)}
        found.faults.append(Fault(file, 1, missing[0], said))
        return None
    return places


def _numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for values in lines:
        if any(value.strip() for value in values):
            yield lines.line_num, values  # type: ignore[attr-defined]


def _row(
    values: list[str],
    places: Mapping[str, int],
    file: str,
    line: int,
    known: Known,
    found: Reading,
) -> None:
    """Take one row up, or its faults."""
    said = {name: values[at].strip() if at < len(values) else "" for name, at in places.items()}
    before = len(found.faults)

    def fault(column: str, message: str) -> None:
        found.faults.append(Fault(file, line, column, message))

    if len(found.rows) >= MOST_ROWS:
        fault("", _("The table has more than 50,000 rows: split it by region."))
        return
    region = said["region"]
    if region not in known.regions:
        fault("region", _region_message(region, known))
    industry = "" if said["industry"].lower() in ALL else said["industry"].upper()
    if industry and industry not in known.industries:
        message = _("“%(code)s” is no section or division of the catalogue, such as C or C36.")
        fault("industry", message % {"code": industry[:20]})
    size = "" if said["size"].lower() in ALL else SIZES.get(said["size"].lower(), "?")
    if size == "?":
        fault("size", _("Expected large, medium, small, micro or all."))
    number = _number(said["enterprises"])
    if number is None:
        fault("enterprises", _("Expected a whole number of enterprises, 0 or more."))
    source = said["source"]
    if not source or len(source) > LONGEST:
        fault("source", _("Name the source in up to 200 characters: no figure without one."))
    dated = _date(said["date"])
    if dated is None:
        fault("date", _("Expected the date the number is of, as 2025-12-31."))
    made_up = said.get(OPTIONAL, "").lower()
    if made_up not in (*YES, *NO):
        fault(OPTIONAL, _("Expected yes or no."))
    if len(found.faults) == before and number is not None and dated is not None:
        row = Row(region, industry, size, number, source, dated, made_up in YES)
        found.rows.append(row)
        found.lines.append(line)


def _region_message(code: str, known: Known) -> str:
    if code in known.outside:
        return _("Your account does not answer for region %(code)s.") % {"code": code}
    message = _("“%(code)s” is no division code of the round's region or of one below it.")
    return message % {"code": code[:20]}


def _number(text: str) -> int | None:
    plain = text.replace(",", "").replace("，", "")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 12:
        return None
    return int(plain) if int(plain) <= MOST_ENTERPRISES else None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
