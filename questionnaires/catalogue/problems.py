"""What is wrong with a catalogue file: where, which entry, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. ``code`` is the entry's own code where it is known, ``rule`` names the fault."""

    file: str
    line: int
    code: str
    rule: str
    expected: str
    fix: str

    def __str__(self) -> str:
        entry = f" {self.code}:" if self.code else ""
        return f"{self.file}:{self.line}:{entry} [{self.rule}] {self.expected} → {self.fix}"


class Unusable(Exception):
    """The request itself cannot be carried out: no such path, nothing to read."""
