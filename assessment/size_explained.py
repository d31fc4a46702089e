"""Why an enterprise is of its size class: the line of the rule and what each measure gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from assessment.models import Organisation
from questionnaires.size_rule import CLASSES, Rule, rules_for

MEASURES = {
    "employees": (_("Employees"), _("persons")),
    "revenue": (_("Revenue"), _("CNY 10,000")),
    "assets": (_("Total assets"), _("CNY 10,000")),
}


@dataclass(frozen=True)
class Measure:
    """One measure of the line: own value, lower bounds of large, medium, small, and its class."""

    name: str
    unit: str
    value: int | Decimal
    bounds: tuple[int, int, int]
    gives: str


@dataclass(frozen=True)
class Explanation:
    line: str  # the name of the rule's line, empty when none or several fit
    measures: list[Measure]
    ambiguous: bool


def explain(organisation: Organisation) -> Explanation:
    """The line of the rule the enterprise stands under, measured."""
    lines = rules_for(organisation.industry.code)
    if len(lines) != 1:
        return Explanation("", [], ambiguous=len(lines) > 1)
    return Explanation(lines[0].name, _measures(lines[0], organisation), ambiguous=False)


def _measures(rule: Rule, organisation: Organisation) -> list[Measure]:
    found = []
    for key, (name, unit) in MEASURES.items():
        bounds = getattr(rule, key)
        if bounds:
            value = getattr(organisation, key)
            rank = next((r for r, bound in enumerate(bounds) if value >= bound), len(bounds))
            label = Organisation.Size(CLASSES[rank]).label
            found.append(Measure(str(name), str(unit), value, bounds, str(label)))
    return found
