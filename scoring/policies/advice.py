"""Which advice is meant for an applicant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from questionnaires.answers.profiles import Profile
from questionnaires.models import Advice
from scoring.policies.inputs import Inputs


def advice_for(
    entries: Iterable[Advice],
    profile: Profile | Mapping[str, Any] | None,
    values: Mapping[str, Any],
    audiences: Collection[str],
) -> list[Advice]:
    """The entries for ``audiences`` whose weakness is known to be there, in their order.

    With a bound (``below``) the indicator's value must be known and under it; without one the
    entry is general. An entry for one industry is left out where the industry is unknown.
    """
    inputs = Inputs(profile, values)
    return [
        one
        for one in entries
        if one.audience in audiences and _in_industry(one, inputs) and _weak(one, inputs)
    ]


def _in_industry(one: Advice, inputs: Inputs) -> bool:
    if not one.industry:
        return True
    known = inputs.column("profile.industry") or inputs.column("profile.section") or ""
    return str(known).startswith(one.industry)


def _weak(one: Advice, inputs: Inputs) -> bool:
    if one.below is None or one.indicator is None:
        return True
    numbers = inputs.numbers(one.indicator.code)
    return bool(numbers) and max(numbers) < one.below
