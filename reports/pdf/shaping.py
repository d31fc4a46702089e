"""What each character does to the spacing and breaking of a line (CLREQ, GB/T 15834).

A shaped text knows for every character its advance inside a line, its advance at a line's end,
and whether a line may begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reports.pdf.fonts import faces

Run = tuple[str, bool]  # text, bold

NO_START = frozenset("，。、；：！？）》〉」』】〕〗”’％%‰℃·～/)]},.;:!?°′″")
NO_END = frozenset("（《〈「『【〔〖“‘([{¥￥$€#@№第")
CLOSING = frozenset("，。、；：！？）》〉」』】〕〗”’")  # ink in the left half of the em
OPENING = frozenset("（《〈「『【〔〖“‘")  # ink in the right half
WHOLE = frozenset("—…")  # doubled signs of two em that are never parted

NBSP = "\u00a0"
LATIN, HAN, CLOSE, OPEN, MIDDLE, SPACE, BREAK = range(7)
SHORT = 24  # characters
GAP = 1 / 6  # em between Han and Latin or digits

UNITS_ZH = (
    "个百分点|百分点|万元|亿元|万人|万户|户|万台|亿|万|元|分|家|台|套|项|个|级|年|月|日|人|小时|天"
    "|题|件|次|页|号|条|位|倍"
)
UNITS_EN = "points?|pp|percentage points?|enterprises|firms|items|units|persons|years?|days|hours"
TOGETHER = re.compile(
    rf"\d[ \u00a0]?(?:{UNITS_ZH}|[%％‰℃])|\d (?:{UNITS_EN})\b|\bn = [\d,]+|CNY [\d,]+(?: million)?"
    r"|[≥≤<>≈=] [\d−]|[A-Z]\d? [=–] \d|(?:Level|level|page|Table|Chart) \d|第 ?\d+ ?[级题页条表项]"
)


@lru_cache(maxsize=8192)
def kind_of(char: str) -> int:
    if char == " ":
        return SPACE
    if char == "\n":
        return BREAK
    if char in CLOSING:
        return CLOSE
    if char in OPENING:
        return OPEN
    if char in WHOLE or char in "·～":
        return MIDDLE
    return HAN if ord(char) >= 0x2E80 else LATIN


@dataclass(slots=True)
class Shaped:
    """A text ready to be broken. All widths are in points, indexes count characters."""

    text: str
    kinds: list[int]
    bold: list[bool]
    natural: list[float]  # advance of the glyph
    advance: list[float]  # advance inside a line: gaps added, adjacent marks drawn together
    end: list[float]  # advance at a line's end: a full-width mark is trimmed to its ink
    may_start: list[bool]
    size: float


def spaced(runs: Sequence[Run]) -> tuple[str, list[bool]]:
    """Join runs and drop typed spaces beside Chinese: the gap there is set, not typed."""
    text = "".join(run[0] for run in runs)
    bold = [run[1] for run in runs for _ in run[0]]
    if " " not in text and NBSP not in text:
        return text, bold
    kinds = [kind_of(char) for char in text]
    chinese = (HAN, CLOSE, OPEN, MIDDLE)
    keep = [
        not (kind == SPACE or text[at] == NBSP) or not _set_not_typed(text, kinds, at, chinese)
        for at, kind in enumerate(kinds)
    ]
    if all(keep):
        return text, bold
    return (
        "".join(char for char, kept in zip(text, keep, strict=True) if kept),
        [flag for flag, kept in zip(bold, keep, strict=True) if kept],
    )


def _set_not_typed(text: str, kinds: list[int], at: int, chinese: tuple[int, ...]) -> bool:
    """Whether the space at ``at`` stands where spacing is set: between Chinese and a word.

    Beside a sign (``= 15.0``, ``› …``, a Latin comma) the typed space stays.
    """
    before = kinds[at - 1] in chinese if at > 0 else False
    after = kinds[at + 1] in chinese if at + 1 < len(kinds) else False
    if before and not after and at + 1 < len(kinds):
        return text[at + 1].isalnum() or text[at + 1] in "−+%‰"
    if after and not before and at > 0:
        return text[at - 1].isalnum() or text[at - 1] in "%‰"
    return before or after


def _adjust(this: int, following: int, here: str, there: str) -> float:
    """Extra advance in em between two neighbours."""
    if this == CLOSE and following in (CLOSE, OPEN):
        return -0.5
    if this == OPEN and following == OPEN:
        return -0.5
    if this == HAN and following == LATIN:
        return GAP if there.isalnum() or there in "−+" else 0.0
    if this == LATIN and following == HAN:
        return GAP if here.isalnum() or here in "%" else 0.0
    return 0.0


def _together(text: str) -> set[int]:
    """Positions a line must not begin at because number and unit would part."""
    if not any(char.isdigit() for char in text):
        return set()
    return {at for m in TOGETHER.finditer(text) for at in range(m.start() + 1, m.end())}


def _breaks(text: str, kinds: list[int]) -> list[bool]:
    glued = _together(text)
    allowed = [False] * len(text)
    for at in range(1, len(text)):
        before, here = kinds[at - 1], kinds[at]
        if at in glued or text[at] in NO_START or text[at - 1] in NO_END or here == SPACE:
            continue
        if text[at] in WHOLE and text[at - 1] == text[at]:
            continue
        allowed[at] = before == SPACE or before not in (LATIN,) or here not in (LATIN,)
    return allowed


def shape(runs: Sequence[Run], size: float) -> Shaped:
    """Measure ``runs`` at ``size`` points. The text must be clean (``fonts.clean``).

    Short texts (labels, numbers) come back again and again and are kept.
    """
    if len(runs) == 1 and len(runs[0][0]) <= SHORT:
        return _kept(tuple(runs), size)
    return _shape(runs, size)


@lru_cache(maxsize=4096)
def _kept(runs: tuple[Run, ...], size: float) -> Shaped:
    return _shape(runs, size)


def _shape(runs: Sequence[Run], size: float) -> Shaped:
    if all(part.isascii() for part, _bold in runs):
        return _shape_ascii(runs, size)
    text, bold = spaced(runs)
    kinds = [kind_of(char) for char in text]
    natural = _natural(text, bold, size)
    advance = natural.copy()
    for at in range(len(text) - 1):
        if kinds[at] != kinds[at + 1] or kinds[at] in (CLOSE, OPEN):
            advance[at] += _adjust(kinds[at], kinds[at + 1], text[at], text[at + 1]) * size
    half = size / 2
    end = [half if kind == CLOSE else width for kind, width in zip(kinds, natural, strict=True)]
    return Shaped(text, kinds, bold, natural, advance, end, _breaks(text, kinds), size)


def _shape_ascii(runs: Sequence[Run], size: float) -> Shaped:
    """Nothing but words, spaces and line ends: no spacing to add, and breaks only after spaces."""
    text = "".join(part for part, _bold in runs)
    bold = [flag for part, flag in runs for _char in part]
    natural = _natural(text, bold, size)
    kinds = [SPACE if char == " " else BREAK if char == "\n" else LATIN for char in text]
    glued = _together(text)
    may_start = [False, *(kind != LATIN for kind in kinds[:-1])][: len(text)]
    for at, kind in enumerate(kinds):
        may_start[at] = may_start[at] and kind != SPACE and at not in glued
    return Shaped(text, kinds, bold, natural, natural, natural, may_start, size)


def _natural(text: str, bold: list[bool], size: float) -> list[float]:
    regular, heavy = (each.widths for each in faces())
    if not any(bold):
        return [regular.get(char, 0.0) * size for char in text]
    return [
        (heavy if flag else regular).get(char, 0.0) * size
        for char, flag in zip(text, bold, strict=True)
    ]
