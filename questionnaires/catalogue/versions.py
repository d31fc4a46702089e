"""The order of version numbers, which are free text: “2.0” before “10.0”, “2024” before “2025”."""

from __future__ import annotations

import re


def natural(text: str) -> list[tuple[int, int, str]]:
    """A sort key that compares the numbers in a text as numbers and the rest as letters."""
    parts = re.findall(r"\d+|\D+", text)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]
