"""Item statistics of a round as tables: page, CSV and nothing else write these cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.texts import localized
from reports.dashboards import cells
from reports.dashboards.model import NOT_APPLICABLE, WITHHELD, Cell, Column, Row, Table
from reports.dashboards.tables import bar_width

SMALL = 200  # from so many answers on an interval is narrower than what can be read into it
Item = dict[str, Any]


@dataclass(frozen=True)
class Option:
    text: str
    n: str
    share: str
    bar: str | None


@dataclass(frozen=True)
class ItemRow:
    """A row of the item table with what stands below it."""

    row: Row
    marks: list[str]
    options: list[Option]
    intervals: dict[str, str]


def columns() -> list[Column]:
    return [
        Column("question", _("Question"), is_number=False),
        Column("n", _("Answers")),
        Column("missing", _("Left empty"), "%"),
        Column("not_applicable", _("Does not apply"), "%"),
        Column("difficulty", _("Points earned"), "%"),
        Column("discrimination", _("Fits the rest (r)")),
        Column("upper_lower", _("Upper less lower 27 %")),
        Column("ceiling", _("All points"), "%"),
        Column("floor", _("No points"), "%"),
        Column("alpha_without", _("Alpha without it")),
    ]


def items(content: dict[str, Any]) -> list[ItemRow]:
    """Every question in the order asked."""
    return [_item(item) for item in content["items"]]


def table(rows: list[ItemRow]) -> Table:
    """The same rows for a file, with what is said of them in words."""
    wide = [*columns(), Column("remark", _("Remark"), is_number=False)]
    told = [Row(one.row.key, [*one.row.cells, cells.words(" · ".join(one.marks))]) for one in rows]
    return Table("items", _("Item analysis"), wide, told)


def _item(item: Item) -> ItemRow:
    return ItemRow(
        Row(item["code"], _cells(item), withheld=item["withheld"] and bool(item["n"])),
        [mark_words()[mark] for mark in item["marks"]],
        [_option(option) for option in item["options"]],
        _intervals(item),
    )


def _cells(item: Item) -> list[Cell]:
    states = item["states"]
    asked = sum(states.values()) - states.get("not_asked", 0)
    empty = states.get("unanswered", 0) + states.get("unknown", 0)
    known = cells.share if states else (lambda *_: Cell(None, NOT_APPLICABLE))
    return [
        cells.words(localized(item["text"])),
        cells.count(item["n"]),
        known(empty, asked),
        known(states.get("not_applicable", 0), asked),
        _measured(item, "difficulty", percent=True),
        _measured(item, "discrimination"),
        _measured(item, "upper_lower"),
        _measured(item, "ceiling", percent=True),
        _measured(item, "floor", percent=True),
        _measured(item, "alpha_without"),
    ]


def _measured(item: Item, name: str, *, percent: bool = False) -> Cell:
    """A measure; withheld where too few answered, not applicable where there is none."""
    value = item[name][0] if isinstance(item[name], list) else item[name]
    if value is not None:
        return share(value) if percent else number(value)
    return Cell(None, WITHHELD if item["scored"] and item["withheld"] and item["n"] else "z")


def share(value: float) -> Cell:
    return Cell(Decimal(str(100 * value)), places=1)


def number(value: float) -> Cell:
    return Cell(Decimal(str(round(value, 6))), places=2)


def _intervals(item: Item) -> dict[str, str]:
    """Where answers are few: between what and what a number lies, by the key of its column."""
    found = {}
    for name, write in (("difficulty", share), ("discrimination", number)):
        if isinstance(item[name], list) and item["n"] < SMALL:
            found[name] = interval(item[name], write)
    return found


def interval(found: list[float], write: Callable[[float], Cell]) -> str:
    return f"{write(found[1]).text}–{write(found[2]).text}"


def _option(option: dict[str, Any]) -> Option:
    part = option["share"]
    shown = None if part is None else Decimal(str(100 * part))
    return Option(
        localized(option["text"]),
        f"{option['n']:,}",
        "–" if shown is None else f"{shown:.1f}%",
        bar_width(shown, Decimal(100)),
    )


def mark_words() -> dict[str, str]:
    return {
        "ceiling": _("Nearly everybody earns all points"),
        "floor": _("Nearly nobody earns points"),
        "flat": _("Says little of the rest"),
    }


def dimensions(content: dict[str, Any]) -> Table:
    """How well the questions of each dimension hold together."""
    heads = [
        Column("dimension", _("Dimension"), is_number=False),
        Column("items", _("Questions")),
        Column("n", _("Enterprises")),
        Column("alpha", _("Cronbach's alpha")),
        Column("low", _("95 % interval from")),
        Column("high", _("95 % interval to")),
        Column("remark", _("Remark"), is_number=False),
    ]
    rows = [_dimension(one) for one in content["dimensions"]]
    return Table("dimensions", _("Dimensions"), heads, rows)


def _dimension(one: dict[str, Any]) -> Row:
    gone = Cell(None, WITHHELD if one["reason"] == "few_firms" and one["n"] else "z")
    told = [number(value) for value in one["alpha"]] if one["alpha"] else [gone] * 3
    title = cells.words(localized(one["title"]))
    counts = [cells.count(len(one["items"])), cells.count(one["n"])]
    return Row(one["code"], [title, *counts, *told, cells.words(_remark(one))])


def _remark(one: dict[str, Any]) -> str:
    reasons = {
        "few_items": _("Fewer than two questions that count for most."),
        "few_firms": _("Too few enterprises answered all of them."),
        "no_spread": _("All enterprises have the same score."),
    }
    parts = [reasons.get(one["reason"], "")]
    if one["left_out"]:
        said = _("Without %(n)s questions that were asked of fewer than half.")
        parts.append(said % {"n": len(one["left_out"])})
    return " ".join(part for part in parts if part)


def options(content: dict[str, Any]) -> Table:
    """Every option of every question, for a file."""
    heads = [
        Column("question", _("Question"), is_number=False),
        Column("option", _("Option"), is_number=False),
        Column("n", _("Answers")),
        Column("share", _("Share of the answers"), "%"),
    ]
    rows = [
        Row(
            f"{item['code']}.{option['code']}",
            [
                cells.words(localized(item["text"])),
                cells.words(localized(option["text"])),
                cells.count(option["n"]),
                share(option["share"]) if option["share"] is not None else Cell(None, "z"),
            ],
        )
        for item in content["items"]
        for option in item["options"]
    ]
    return Table("options", _("Options chosen"), heads, rows)


def ordered(rows: list[ItemRow], key: str, down: bool) -> list[ItemRow]:
    """By one column; what has no number comes last either way. An unknown key keeps the order."""
    keys = [column.key for column in columns()]
    if key not in keys[1:]:
        return rows
    place = keys.index(key)
    known = [one for one in rows if one.row.cells[place].is_number]
    rest = [one for one in rows if not one.row.cells[place].is_number]
    return sorted(known, key=lambda one: one.row.cells[place].value, reverse=down) + rest  # type: ignore[arg-type,return-value]
