"""What an applicant says, as exact numbers for amounts and as one coded row for conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from questionnaires.answers.numbers import read_number
from questionnaires.answers.profiles import Profile, read_profile

Given = Decimal | str | tuple[Decimal, ...] | None


class Inputs:
    """Everything known, by name: ``profile.revenue``, ``rd-spending``. Unknown is None.

    A list stands for several cases of one kind (contracts); conditions look at the largest.
    Raises ValueError when a profile or value is not of its kind.
    """

    def __init__(self, profile: Profile | Mapping[str, Any] | None, values: Mapping[str, Any]):
        self.region = _profile(profile).region
        self._known: dict[str, Given] = {
            f"profile.{name}": value for name, value in vars(_profile(profile)).items()
        }
        self._known |= {name: _number(name, value) for name, value in values.items()}

    def missing(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if self._known.get(name) is None)

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """The exact number or numbers of ``name``; none when it is unknown."""
        known = self._known.get(name)
        if isinstance(known, tuple):
            return known
        return (known,) if isinstance(known, Decimal) else ()

    def column(self, name: str) -> float | str | None:
        """The value of ``name`` as conditions read it."""
        known = self._known.get(name)
        if isinstance(known, tuple):
            known = max(known)
        return float(known) if isinstance(known, Decimal) else known


def _profile(profile: Profile | Mapping[str, Any] | None) -> Profile:
    if isinstance(profile, Profile):
        return profile
    read, errors, _warnings = read_profile(profile)
    if errors:
        raise ValueError(f"profile: {errors[0]}")
    return read


def _number(name: str, value: Any) -> Given:
    if value is None:
        return None
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, list | tuple):
        return tuple(_one(name, part) for part in value) or None
    return _one(name, value)


def _one(name: str, value: Any) -> Decimal:
    number = read_number(value)
    if number is None:
        raise ValueError(f"{name}: not a number: {value!r}")
    return number
