"""The tables of a dashboard that stand beside published figures."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from questionnaires.texts import localized
from reports import numbers, sentences
from reports.dashboards import cells
from reports.dashboards.model import NOT_APPLICABLE, Cell, Column, Row, Table
from reports.dashboards.units import unit
from scoring.dashboard import ProfileLine, ReferenceProfile, RoundView
from scoring.targets import Comparison


def targets(view: RoundView) -> Table:
    """The region's values beside published targets and observations."""
    columns = [
        Column("indicator", _("Indicator"), is_number=False),
        Column("unit", _("Unit"), is_number=False),
        Column("own", _("This region's value")),
        Column("operator", _("Operator"), is_number=False),
        Column("published", _("Published")),
        Column("published_high", _("Upper end")),
        Column("area", _("Area"), is_number=False),
        Column("year", _("Year"), is_number=False),
        Column("kind", _("Kind"), is_number=False),
        Column("gap", _("Gap")),
        Column("state", _("State"), is_number=False),
        Column("source", _("Source"), is_number=False),
        Column("locator", _("Place in the source"), is_number=False),
        Column("remark", _("Remark"), is_number=False),
    ]
    withheld = {measure.code for measure in view.indicators if measure.withheld}
    found = sorted(view.figures, key=lambda row: not row.figure)  # what can be compared first
    rows = [_target_row(row, row.indicator in withheld) for row in found]
    return Table("targets", _("Indicators beside published figures"), columns, rows)


def _target_row(row: Comparison, withheld: bool) -> Row:
    """A withheld mean takes its gap and its state with it, or the gap would give it away."""
    places = numbers.own_places(row.own, row.published, row.unit)
    gone = Cell(None, "c")
    own = gone if withheld else cells.measured(row.own, places)
    state = _("withheld") if withheld else sentences.comparison_state(row.state, row.kind)
    return Row(
        row.indicator,
        [
            cells.words(localized(row.name)),
            cells.words(unit(row.unit)),
            own,
            cells.words(row.operator if row.published is not None else ""),
            cells.published(row.published, _published_places(row.published)),
            _upper_end(row),
            cells.words(localized(row.area_name)),
            cells.words(row.period or (str(row.year) if row.year else "")),
            cells.words(sentences.kind_name(row.kind)),
            gone if withheld else _gap(row.gap, places),
            cells.words(state),
            cells.words(localized(row.source)),
            cells.words(row.locator),
            cells.words(_remark(row)),
        ],
        withheld=withheld,
        figure=row.figure,
    )


def _published_places(value: Decimal | None) -> int:
    return numbers.places_of(value) if value is not None else 0


def _upper_end(row: Comparison) -> Cell:
    if row.published_high is None:
        return Cell(None, NOT_APPLICABLE)
    return Cell(row.published_high, places=_published_places(row.published_high))


def _gap(value: Decimal | None, places: int) -> Cell:
    if value is None:
        return Cell(None, NOT_APPLICABLE)
    return Cell(value, places=places, signed=True)


def _remark(row: Comparison) -> str:
    parts = [localized(row.reason), localized(row.caveats)]
    return " ".join(part for part in parts if part)


def profile(found: ReferenceProfile) -> Table:
    """Published values of one area, as a profile to read one's own region against."""
    columns = [
        Column("group", _("Group"), is_number=False),
        Column("indicator", _("Indicator"), is_number=False),
        Column("value", _("Value")),
        Column("unit", _("Unit"), is_number=False),
        Column("year", _("Year"), is_number=False),
        Column("source", _("Source"), is_number=False),
        Column("locator", _("Place in the source"), is_number=False),
    ]
    title = _("Reference profile: %(area)s") % {"area": localized(found.area_name)}
    rows = [_profile_row(line) for line in found.lines]
    return Table("profile", title, columns, rows, _profile_note(found))


def _profile_row(line: ProfileLine) -> Row:
    return Row(
        line.indicator,
        [
            cells.words(localized(line.group)),
            cells.words(localized(line.name)),
            Cell(line.value, places=numbers.places_of(line.value)),
            cells.words(unit(line.unit)),
            cells.words(str(line.year)),
            cells.words(localized(line.source)),
            cells.words(line.locator),
        ],
        figure=line.figure,
    )


def _profile_note(found: ReferenceProfile) -> str:
    note = _("Observed and published values of the region's statistics, not answers of this round.")
    if found.own_region:
        return note
    borrowed = _("They are of %(area)s, not of the region chosen here.")
    return note + " " + borrowed % {"area": localized(found.area_name)}
