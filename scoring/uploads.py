"""Tables that people hand in as CSV: their text, and faults that name file, line and column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``line`` counts the header as 1; ``column`` is its name as expected, "" for a whole row."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return (
            f"{place}:{self.column}: {self.message}" if self.column else f"{place}: {self.message}"
        )


def decode(data: bytes) -> str | None:
    """UTF-8 or GB 18030 text; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
