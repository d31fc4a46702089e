"""The two faces every report is set in, registered once per process and embedded.

Widths are kept per em so that text can be measured without asking ReportLab for each string.
"""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from functools import cache
from threading import Lock

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

logger = logging.getLogger(__name__)

FILES = {"NotoSansSC": "NotoSansSC-Regular.ttf", "NotoSansSC-Bold": "NotoSansSC-Bold.ttf"}
# The printers' mark for a character there is no type for: it shows that something stood here.
GETA = "〓"
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})

_lock = Lock()


class FontsMissing(RuntimeError):
    """The fonts are not where the settings say; the message tells what to do."""


@dataclass(frozen=True)
class Face:
    """A registered font: its name in the PDF and the advance of each character in em."""

    name: str
    widths: dict[str, float]

    def width(self, text: str, size: float) -> float:
        """Width of ``text`` in points, without the spacing rules of Chinese text."""
        return sum(self.widths.get(char, 1.0) for char in text) * size


@cache
def _load(name: str, folder: str) -> Face:
    path = f"{folder}/{FILES[name]}"
    try:
        font = TTFont(name, path)
    except Exception as error:
        raise FontsMissing(
            f"{path}: the report font is missing or unreadable ({error}); run `make setup`."
        ) from error
    pdfmetrics.registerFont(font)
    widths = {chr(code): width / 1000 for code, width in font.face.charWidths.items()}
    return Face(name, widths)


def faces() -> tuple[Face, Face]:
    """Regular and bold. Raises :class:`FontsMissing`."""
    return _pair(str(settings.FONT_DIR))


@cache
def _pair(folder: str) -> tuple[Face, Face]:
    with _lock:  # two threads asking at once must not register a font twice
        return _load("NotoSansSC", folder), _load("NotoSansSC-Bold", folder)


@cache
def _known() -> frozenset[str]:
    return frozenset(faces()[0].widths) & frozenset(faces()[1].widths) | {"\n"}


def clean(text: str, language: str = "zh") -> str:
    """``text`` as it can be set: what the fonts lack is replaced by ``〓`` and logged.

    In English, quotation marks and the ellipsis become the narrow ones: the face draws the
    curly ones a full Chinese em wide.
    """
    if language == "en":
        text = text.translate(STRAIGHT)
    if _known().issuperset(text):
        return text
    return "".join(_substitute(char) for char in unicodedata.normalize("NFC", text))


def _substitute(char: str) -> str:
    if char in _known():
        return char
    category = unicodedata.category(char)
    if char == "\t" or category == "Zs":
        return " "
    if category in {"Cf", "Cc", "Mn"}:  # marks of direction and joining, variants: nothing to draw
        return ""
    plain = unicodedata.normalize("NFKC", char)  # CO₂ → CO2
    if len(plain) == 1 and plain in _known():
        return plain
    logger.warning("No glyph for U+%04X %s in a report", ord(char), unicodedata.name(char, "?"))
    return GETA
