"""The facts support rules ask about: one field for each indicator a rule reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessment.reading import Read, read
from questionnaires.instruments.questions import NumberQuestion, TextQuestion, YesNo
from questionnaires.models import Indicator, Policy

Text = dict[str, str]
OTHER: Text = {"zh": "其他", "en": "Other"}
# What a definition says about coding is for files; a form has “yes” and “no” to choose.
CODING = re.compile(r"[；;]\s*(是为1，否为0|1 yes, 0 no|1 or 0)(?=[。.])")
SEPARATORS = str.maketrans(";；\r", "\n\n\n")


@dataclass(frozen=True)
class FactField:
    """One fact as a form asks for it.

    An indicator without a unit is yes or no; ``many`` takes several numbers, one a case (a rule
    that looks at each contract reads them all). ``question`` is what the inputs are drawn from.
    """

    code: str
    question: Any
    number: NumberQuestion | None
    group: Text
    rules: tuple[Policy, ...]

    @property
    def many(self) -> bool:
        return isinstance(self.question, TextQuestion)

    @property
    def unit(self) -> Text | None:
        return self.number.unit if self.number else None

    def read(self, raw: Any) -> Read:
        """What was typed as value in canonical JSON, or what is wrong with it, in words."""
        if not self.many or isinstance(raw, Mapping):
            return read(self.question, raw)
        parts = raw if isinstance(raw, list) else str(raw or "").translate(SEPARATORS).split("\n")
        found = [read(self.number, part) for part in parts if str(part).strip()]
        faulty = next((one for one in found if not one.ok), None)
        return faulty or Read(value=[one.value for one in found] or None)


def fact_fields() -> dict[str, FactField]:
    """Every fact by its indicator, group by group, most asked first.

    One that a rule names but nobody defined is left out: loading refuses such a catalogue.
    """
    rules: dict[str, list[Policy]] = {}
    several: set[str] = set()
    for rule in Policy.objects.filter(nature=Policy.Nature.SUPPORT).select_related("source"):
        for name in rule.inputs:
            if not name.startswith("profile."):
                rules.setdefault(name, []).append(rule)
        if {"each_from", "cap"} & rule.amount.keys():
            several.add(rule.amount.get("of", ""))
    indicators = Indicator.objects.filter(code__in=rules)
    fields = [_field(one, tuple(rules[one.code]), one.code in several) for one in indicators]
    return {field.code: field for field in _most_asked_first(fields)}


def _most_asked_first(fields: list[FactField]) -> list[FactField]:
    """Groups by the rules that read a fact of theirs, facts by the rules that read them."""
    asked: Counter[str] = Counter()
    for field in fields:
        asked[field.group["zh"]] += len(field.rules)
    return sorted(
        fields,
        key=lambda each: (-asked[each.group["zh"]], each.group["zh"], -len(each.rules), each.code),
    )


def _field(indicator: Indicator, rules: tuple[Policy, ...], many: bool) -> FactField:
    base = {
        "code": indicator.code,
        "text": indicator.name,
        "help": {key: CODING.sub("", said) for key, said in indicator.definition.items()} or None,
        "required": False,
    }
    group = indicator.groups[0] if indicator.groups else OTHER
    if not indicator.unit:
        return FactField(indicator.code, YesNo(kind="yes_no", **base), None, group, rules)
    unit = indicator.unit_name or {"zh": indicator.unit, "en": indicator.unit}
    number = NumberQuestion(kind="number", unit=unit, min=Decimal(0), **base)
    question = TextQuestion(kind="text", **base) if many else number
    return FactField(indicator.code, question, number, group, rules)
