"""Which indicators of an instrument have a number, and which are told in words only."""

from __future__ import annotations

from questionnaires.instruments import Definition

NUMERIC = {"number", "ratio", "ladder", "before_after", "yes_no"}


def in_words_only(definition: Definition) -> set[str]:
    """Indicators that only choices, texts, dates or files answer: there is nothing to compare."""
    parts = list(definition.questions.values())
    numeric = {part.indicator for part in parts if part.kind in NUMERIC}
    numeric |= {value.indicator for value in definition.computed}
    return {part.indicator for part in parts if part.indicator} - numeric


def yes_or_no(definition: Definition) -> set[str]:
    """Indicators that one enterprise answers with yes or no, though a region has a share."""
    parts = definition.questions.values()
    return {part.indicator for part in parts if part.indicator and part.kind == "yes_no"}
