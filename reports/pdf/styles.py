"""Type and colour of a report. Sizes are in points; colours keep their order when printed grey."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm
TOP, BOTTOM = 25 * mm, 22 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

INK = HexColor("#1B2530")
MUTED = HexColor("#55616E")
NAVY = HexColor("#12436D")
PLUM = HexColor("#801650")
RULE = HexColor("#C5CED8")
HAIR = HexColor("#DFE5EB")
PAPER = HexColor("#F3F6F9")
BAR = HexColor("#CBD6E2")
BAR_EDGE = HexColor("#6F8093")
WHITE = HexColor("#FFFFFF")


@dataclass(frozen=True)
class Style:
    """How one kind of text is set."""

    size: float
    leading: float
    bold: bool = False
    colour: Color = INK
    align: str = "left"
    justify: bool = False
    before: float = 0.0
    after: float = 0.0

    def but(self, **changes: Any) -> Style:
        return replace(self, **changes)


@dataclass(frozen=True)
class Styles:
    """The styles of one language: Chinese needs more room between lines and even edges."""

    body: Style
    small: Style
    cell: Style
    note: Style
    heading: Style
    lead: Style
    subheading: Style
    caption: Style
    title: Style
    cover: Style


CHINESE = Styles(
    body=Style(10, 17, justify=True, after=5),
    small=Style(8.5, 13.5),
    cell=Style(8.5, 12.5),
    note=Style(7.5, 11.5, colour=MUTED),
    heading=Style(17, 25, bold=True, colour=NAVY, before=22, after=7),
    lead=Style(10, 17, colour=MUTED, justify=True, after=8),
    subheading=Style(11.5, 17, bold=True, colour=NAVY, before=10, after=3),
    caption=Style(9, 14, bold=True, before=4, after=3),
    title=Style(30, 42, bold=True, colour=NAVY),
    cover=Style(16, 25, bold=True),
)
ENGLISH = Styles(
    body=Style(9.5, 14.5, after=5),
    small=Style(8.2, 12),
    cell=Style(8, 11),
    note=Style(7.3, 10.3, colour=MUTED),
    heading=Style(16, 22, bold=True, colour=NAVY, before=20, after=7),
    lead=Style(9.5, 14.5, colour=MUTED, after=8),
    subheading=Style(11, 15.5, bold=True, colour=NAVY, before=10, after=3),
    caption=Style(8.8, 12.5, bold=True, before=4, after=3),
    title=Style(27, 36, bold=True, colour=NAVY),
    cover=Style(15, 23, bold=True),
)


def styles(language: str) -> Styles:
    return CHINESE if language == "zh" else ENGLISH
