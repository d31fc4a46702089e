"""Messages that take the reader's language when they are shown, not when they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """English words with named places, and what stands in them. ``str`` gives the text in the
    active language."""

    words: str
    values: tuple[tuple[str, str | Said], ...] = ()

    def __str__(self) -> str:
        from django.utils.translation import gettext

        text: str = gettext(self.words)
        return text % dict(self.values) if self.values else text


def say(words: str, **values: Any) -> Said:
    """``say("add “%(field)s”", field="code")``. Words without values are taken as they stand."""
    kept = {name: v if isinstance(v, Said) else str(v) for name, v in values.items()}
    return Said(words, tuple(kept.items()))
