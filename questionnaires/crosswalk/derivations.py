"""Answers that follow from an answer to another indicator, by stated rules (derivations.yaml).

A derivation is only drawn where both wordings are the ones the rule was written for: an option or
a rung that reads differently makes it silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("derivations.yaml")


@dataclass(frozen=True)
class Derivation:
    """``to`` is answered with ``rung`` where ``from_`` has an option of ``chosen`` or reaches
    the rung ``at_least``; texts are Chinese, ``reason`` is ``{zh, en}``."""

    to: str
    rung: str
    from_: str
    chosen: tuple[str, ...]
    at_least: str
    reason: dict[str, str]

    def fits(self, source: Any, target: Any) -> bool:
        """Whether the rule speaks of these two questions, in their present wording."""
        if (source.indicator, target.indicator) != (self.from_, self.to):
            return False
        return _rung_of(target, self.rung) is not None and self._known(source)

    def _known(self, source: Any) -> bool:
        if self.at_least:
            return _rung_of(source, self.at_least) is not None
        return set(self.chosen) <= {o.text["zh"] for o in getattr(source, "options", ())}

    def answer(self, source: Any, target: Any, said: Any) -> int | None:
        """The target's rung where ``said`` (canonical) settles it; None where it stays open."""
        if isinstance(said, Mapping) and "rung" not in said:
            return None
        settled = self._reached(source, said) if self.at_least else self._chosen(source, said)
        return _rung_of(target, self.rung) if settled else None

    def _reached(self, source: Any, said: Any) -> bool:
        rung = said["rung"] if isinstance(said, Mapping) else said
        wanted = _rung_of(source, self.at_least)
        return wanted is not None and isinstance(rung, int) and rung >= wanted

    def _chosen(self, source: Any, said: Any) -> bool:
        texts = {option.code: option.text["zh"] for option in source.options}
        codes = [said] if isinstance(said, str) else said
        return any(texts.get(code) in self.chosen for code in codes)


def _rung_of(question: Any, text: str) -> int | None:
    """The place of a rung by its text; None when the question has none that reads so."""
    rungs = getattr(question, "rungs", ())
    return next((n for n, rung in enumerate(rungs) if rung.text["zh"] == text), None)


@lru_cache(maxsize=1)
def derivations() -> tuple[Derivation, ...]:
    """All rules, in the order of the file."""
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Derivation(
            to=entry["to"],
            rung=entry["rung"],
            from_=entry["from"],
            chosen=tuple(entry.get("chosen", ())),
            at_least=entry.get("at_least", ""),
            reason=entry["reason"],
        )
        for entry in entries
    )
