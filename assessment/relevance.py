"""Which questions this enterprise is asked, given what it said so far."""

from __future__ import annotations

from typing import Any

from questionnaires import answers as reading
from questionnaires.instruments import Definition


def asked_codes(definition: Definition, profile: dict, values: dict[str, Any]) -> set[str]:
    """Codes of the questions that are asked; ``values`` are canonical answers by code."""
    return set(reading.asked(definition, profile, values))
