"""What makes a step impossible. Rules and places only: whoever shows them words them."""

from __future__ import annotations

from typing import Any


class Impossible(ValueError):
    """A step cannot be carried out.

    ``rule`` names the fault, ``values`` say where and what. Index positions (``row``, ``column``,
    ``node``) count from 0 in the arrays that were handed in.
    """

    def __init__(self, rule: str, **values: Any) -> None:
        self.rule = rule
        self.values = values
        said = ", ".join(f"{name}={value!r}" for name, value in values.items())
        super().__init__(f"{rule}: {said}")
