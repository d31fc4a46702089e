"""The names a support rule may read: profile fields, and any indicator in double quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaires.instruments.expressions import Binding, Expression
from questionnaires.instruments.scopes import PROFILE
from questionnaires.instruments.trial import check_expression


class RuleScope(Mapping[str, Binding]):
    """Profile fields by their own types; every other plain name is an indicator, a number.

    Whether such an indicator exists is checked with the other references of the catalogue.
    """

    def __getitem__(self, name: str) -> Binding:
        if name in PROFILE:
            return PROFILE[name]
        if "." in name:
            raise KeyError(name)
        return Binding(name, "number")

    def __iter__(self) -> Iterator[str]:
        return iter(PROFILE)

    def __len__(self) -> int:
        return len(PROFILE)


RULE_SCOPE = RuleScope()


def read_condition(text: str) -> Expression:
    """A condition of a support rule, checked; faults are in the outcome."""
    return check_expression(text, RULE_SCOPE, condition=True)


def is_indicator(name: str) -> bool:
    return name not in PROFILE
