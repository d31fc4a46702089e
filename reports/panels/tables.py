"""The tables of the page that compares two rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.texts import localized
from reports.dashboards import cells
from reports.dashboards.model import WITHHELD, Cell, Column, Row, Table
from reports.dashboards.units import column_unit
from reports.estimates import words
from scoring.dashboard import Measure
from scoring.panels.change import rounded
from scoring.shape import LevelShape

Entry = Mapping[str, Any]
PLACES = 2


def who(data: Entry) -> Table:
    """Who is in both rounds, who came and who left, whose profile changed."""
    matched = int(data["matched"])
    changed = data["changed"]
    rows = [
        ("matched", _("In both rounds"), matched),
        ("leavers", _("In the earlier round only"), int(data["earlier"]) - matched),
        ("entrants", _("In the later round only"), int(data["later"]) - matched),
        ("industry", _("In both, with another industry"), int(changed["industry"])),
        ("size", _("In both, with another size class"), int(changed["size"])),
        ("region", _("In both, moved inside the region"), int(changed["region"])),
    ]
    columns = [
        Column("group", _("Enterprises"), is_number=False),
        Column("n", _("Number of enterprises")),
    ]
    made = [Row(key, [cells.words(title), cells.count(n)]) for key, title, n in rows]
    return Table("who", _("Who is compared"), columns, made)


def change(measures: Sequence[Measure], entries: Mapping[str, Entry]) -> Table:
    """How the same enterprises changed."""
    columns = [
        Column("measure", _("What is measured"), is_number=False),
        Column("unit", _("Unit"), is_number=False),
        Column("n", _("In both (n)")),
        Column("before", _("Mean before")),
        Column("after", _("Mean after")),
        Column("change", _("Mean change")),
        Column("low", _("Interval (95 %) from")),
        Column("high", _("Interval (95 %) to")),
        Column("rose", _("Rose")),
        Column("fell", _("Fell")),
        Column("remark", _("Remark"), is_number=False),
    ]
    rows = [_change_row(measure, entries) for measure in measures]
    note = _("Only enterprises that gave the value in both rounds: the change is their own.")
    return Table("change", _("Change of the same enterprises"), columns, rows, note)


def composition(measures: Sequence[Measure], entries: Mapping[str, Entry]) -> Table:
    """What the difference between the two rounds' means is made of."""
    columns = [
        Column("measure", _("What is measured"), is_number=False),
        Column("unit", _("Unit"), is_number=False),
        Column("difference", _("Difference of the two rounds")),
        Column("matched", _("Change of the same enterprises")),
        Column("entrants", _("Through those who came")),
        Column("leavers", _("Through those who left")),
        Column("remark", _("Remark"), is_number=False),
    ]
    rows = [_parts_row(measure, entries) for measure in measures]
    note = _("The three parts add up to the difference of the two rounds' means.")
    return Table("composition", _("Real change and change of who answers"), columns, rows, note)


def moves(data: Entry, ranks: Sequence[LevelShape]) -> list[Table]:
    """From which level to which: enterprises, and percent of the row."""
    counts = {(before, after): n for before, after, n in data.get("moves") or []}
    shown = data.get("moves") is not None
    columns = [
        Column("from", _("Level before"), is_number=False),
        *(Column(f"to-{rank.rank}", localized(rank.name)) for rank in ranks),
        Column("all", _("All")),
    ]
    targets = [*(str(rank.rank) for rank in ranks), ""]
    lines = [*((str(rank.rank), localized(rank.name)) for rank in ranks), ("", _("All"))]
    gap = Cell(None, WITHHELD)
    in_numbers = [
        Row(
            f"from-{at}",
            [
                cells.words(name),
                *(_count(counts.get((at, to), 0)) if shown else gap for to in targets),
            ],
        )
        for at, name in lines
    ]
    in_percent = [
        Row(
            f"from-{at}",
            [
                cells.words(name),
                *(
                    _share(counts.get((at, to), 0), counts.get((at, ""), 0)) if shown else gap
                    for to in targets
                ),
            ],
        )
        for at, name in lines
    ]
    note = _("Rows: level in the earlier round. Columns: level in the later round.")
    percent = [Column(c.key, c.title, "%" if c.is_number else "", c.is_number) for c in columns]
    return [
        Table("moves", _("Moves between levels: enterprises"), columns, in_numbers, note),
        Table(
            "move_shares", _("Moves between levels: percent of the row"), percent, in_percent, note
        ),
    ]


def _count(n: int | None) -> Cell:
    return Cell(None, WITHHELD) if n is None else cells.count(n)


def _share(n: int | None, whole: int | None) -> Cell:
    if n is None or whole is None:
        return Cell(None, WITHHELD)
    return cells.share(n, whole)


def _named(measure: Measure) -> list[Cell]:
    return [cells.words(localized(measure.title)), cells.words(column_unit(measure))]


def _entry(measure: Measure, entries: Mapping[str, Entry]) -> Entry | None:
    name = measure.code if measure.kind == "total" else f"{measure.kind}:{measure.code}"
    return entries.get(name)


def _change_row(measure: Measure, entries: Mapping[str, Entry]) -> Row:
    entry = _entry(measure, entries)
    line = _named(measure)
    if entry is None or entry.get("withheld"):
        return _gap_row(measure, line, entry, 8)
    line.append(cells.count(int(entry["n"])))
    line += [_number(entry[name]) for name in ("before", "after")]
    line += [_number(entry[name], signed=True) for name in ("change", "low", "high")]
    line += [_count(entry[name]) for name in ("rose", "fell")]
    return Row(measure.code, [*line, cells.words("")], depth=max(0, measure.depth - 1))


def _parts_row(measure: Measure, entries: Mapping[str, Entry]) -> Row:
    entry = _entry(measure, entries)
    line = _named(measure)
    if entry is None or entry.get("withheld"):
        return _gap_row(measure, line, entry, 4)
    parts = rounded([entry[name] for name in ("matched", "entrants", "leavers")], PLACES)
    whole = sum(parts, Decimal(0))
    line += [Cell(value, places=PLACES, signed=True) for value in (whole, *parts)]
    return Row(measure.code, [*line, cells.words("")], depth=max(0, measure.depth - 1))


def _gap_row(measure: Measure, line: list[Cell], entry: Entry | None, width: int) -> Row:
    why = str(entry["withheld"]) if entry else "none"
    said = _("Not in both rounds.") if entry is None else words.remark(why, "", 0)
    filled = [*line, *[words.gap(why)] * width, cells.words(said)]
    return Row(measure.code, filled, max(0, measure.depth - 1), withheld=why == "small")


def _number(value: float | None, *, signed: bool = False) -> Cell:
    if value is None:
        return Cell(None, words.UNKNOWN)
    return Cell(Decimal(repr(value)), places=PLACES, signed=signed)
