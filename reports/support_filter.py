"""Filters of the full list of support rules, and its groups."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questionnaires.models import Policy
from reports.annex_model import SupportRow

GROUPS: dict[str, str | Promise] = {
    "met": _("Matches the published condition"),
    "needs_person": _("Needs a person"),
    "near": _("One condition is missing"),
    "unknown": _("A fact is not known"),
    "not_met": _("More than one condition is missing"),
    "elsewhere": _("For other areas"),
}
LEVELS: dict[str, str | Promise] = {
    "nation": _("National"),
    "province": pgettext_lazy("level of government", "Province"),
    "city": pgettext_lazy("level of government", "City or county"),
}
ALL = [("", _("All"))]


@dataclass(frozen=True)
class RowGroup:
    code: str
    title: str | Promise
    rows: list[SupportRow]


def group_of(row: SupportRow) -> str:
    """Under which heading a rule stands."""
    if row.elsewhere:
        return "elsewhere"
    return "near" if row.near else row.state


def level_of(area: str) -> str:
    """The level of government whose rule it is, from the code of its area."""
    if area == "CN":
        return "nation"
    return "province" if area.endswith("0000") else "city"


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class SupportFilter(forms.Form):
    """Fields with a strange value count as not given."""

    state = forms.ChoiceField(
        choices=[*ALL, *GROUPS.items()], required=False, label=_("State"), widget=_select()
    )
    kind = forms.ChoiceField(
        choices=[*ALL, *Policy.Benefit.choices],
        required=False,
        label=_("Kind of support"),
        widget=_select(),
    )
    level = forms.ChoiceField(
        choices=[*ALL, *LEVELS.items()],
        required=False,
        label=_("Level of government"),
        widget=_select(),
    )
    audience = forms.ChoiceField(
        choices=[*ALL, *Policy.Audience.choices],
        required=False,
        label=_("For whom"),
        widget=_select(),
    )

    @property
    def filtered(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def keep(self, rows: list[SupportRow]) -> list[SupportRow]:
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return [row for row in rows if all(_said(row)[n] == v for n, v in wanted.items())]


def _said(row: SupportRow) -> dict[str, str]:
    return {
        "state": group_of(row),
        "kind": row.kind,
        "level": level_of(row.area),
        "audience": row.audience,
    }


def grouped(rows: list[SupportRow]) -> list[RowGroup]:
    """The groups that have rows, the nearest first; lapsed and ruled-out rules last in each."""
    ordered = sorted(rows, key=lambda row: (row.lapsed, bool(row.instead)))
    groups = [
        RowGroup(code, title, [row for row in ordered if group_of(row) == code])
        for code, title in GROUPS.items()
    ]
    return [group for group in groups if group.rows]
