"""Filters that write numbers and sentences of reports; nothing is computed in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from questionnaires.texts import localized
from reports import numbers, sentences
from reports.annex_model import SupportRow
from reports.charts import rows
from reports.dashboards.model import Cell, Column, Row, Table
from reports.model import (
    Dimension,
    IndicatorPeers,
    NextStep,
    Quartiles,
    ResultReport,
    TargetRow,
)

register = template.Library()


@register.filter
def score(value: Decimal | None) -> str:
    return numbers.score(value)


@register.filter
def percentage(value: Decimal | None) -> str:
    return numbers.percentage(value)


@register.filter
def middle_half(found: Quartiles) -> str:
    return numbers.spread(found.q1, found.q3)


@register.filter
def in_its_unit(row: IndicatorPeers, value: Decimal) -> str:
    """A value of an indicator; whole numbers where all of the row are. A long unit stands by the
    name, once."""
    values = (row.own, row.cohort.q1, row.cohort.median, row.cohort.q3)
    places = 0 if all(each == each.to_integral_value() for each in values) else 1
    shown = numbers.number(value, places)
    return shown if long_unit(row) else f"{shown}{row.unit}"


@register.filter
def long_unit(row: IndicatorPeers) -> str:
    """The unit in words; empty for a sign such as %."""
    return (
        ""
        if len(row.unit) < 2 and not row.unit.isalpha()
        else numbers.unit_name(row.unit, get_language() or "zh-hans")
    )


@register.filter
def exact(value: Decimal | None) -> str:
    return numbers.exact(value) if value is not None else "—"


@register.filter
def count(value: int) -> str:
    return f"{value:,}"


@register.filter
def support_state(row: SupportRow) -> str:
    return sentences.support_state(row)


@register.filter
def marks(row: Dimension) -> rows.Marks:
    return rows.marks(row)


@register.filter
def row_sentence(row: Dimension) -> str:
    return sentences.dimension(row)


@register.filter
def against_median(row: Dimension) -> str:
    return sentences.against_median(row)


@register.filter
def gain(step: NextStep) -> str:
    return sentences.gain(step)


@register.filter
def step_sentence(step: NextStep) -> str:
    return sentences.step(step)


@register.filter
def binding_sentence(report: ResultReport) -> str:
    return sentences.binding(report)


@register.filter
def more_bindings(report: ResultReport) -> str:
    return sentences.more_bindings(report)


@register.filter
def standing_sentence(report: ResultReport) -> str:
    return sentences.standing(report)


@register.filter
def rank_sentence(report: ResultReport) -> str:
    return sentences.rank(report)


@register.filter
def total_sentence(report: ResultReport) -> str:
    return sentences.total(report)


@register.filter
def radar_sentence(report: ResultReport) -> str:
    return sentences.radar(report)


@register.filter
def target_state(row: TargetRow) -> str:
    return sentences.target_state(row)


@register.filter
def own_value(row: TargetRow) -> str:
    """The enterprise's value with its unit, in words where there is none."""
    if row.own_text:
        return localized(row.own_text)
    return numbers.own_figure(row.own, row.target, row.unit, get_language() or "zh")


@register.filter
def published_value(row: TargetRow) -> str:
    language = get_language() or "zh"
    return numbers.published_figure(row.target, row.target_high, row.operator, row.unit, language)


@register.filter
def gap_value(row: TargetRow) -> str:
    return numbers.gap_figure(row.gap, row.own, row.target, row.unit, get_language() or "zh")


@register.filter
def figure_kind(row: TargetRow) -> str:
    return sentences.figure_kind(row)


@register.filter
def item(found: dict[str, object], key: str) -> object:
    return found.get(key, "")


@register.filter
def columned(row: Row, table: Table) -> list[tuple[Column, Cell]]:
    """The row's cells with the columns they stand in."""
    return list(zip(table.columns, row.cells, strict=True))


@register.filter
def with_figure(table: Table) -> list[Row]:
    """Rows that have a published figure beside them."""
    return [row for row in table.rows if row.figure]


@register.filter
def without_figure(table: Table) -> list[Row]:
    return [row for row in table.rows if not row.figure]


@register.filter
def named(row: Row, table: Table) -> dict[str, Cell]:
    """The row's cells by the key of their column."""
    return {column.key: cell for column, cell in columned(row, table)}


@register.filter
def remark(row: Row, table: Table) -> str:
    """Why a row has symbols; on the page it stands under the row's name."""
    cell = named(row, table).get("remark")
    return cell.text if cell else ""


@register.filter
def used_in(symbols: list[tuple[str, str]], table: Table) -> list[tuple[str, str]]:
    return [pair for pair in symbols if pair[0] in table.symbols]


@register.filter
def symbol_meaning(symbols: list[tuple[str, str]], symbol: str) -> str:
    return dict(symbols).get(symbol, "")
