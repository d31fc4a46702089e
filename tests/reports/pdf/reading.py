"""Reading our PDFs back: text with positions, by poppler, and structure, by pypdf."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
from dataclasses import dataclass, replace

import pypdf

from tests.conftest import unavailable

LINE = re.compile(r"<line ([^>]*)>(.*?)</line>", re.S)
WORD = re.compile(r"<word [^>]*>(.*?)</word>", re.S)
EDGE = re.compile(r'(\w+)="([\d.]+)"')


@dataclass(frozen=True)
class TextLine:
    page: int
    left: float
    right: float
    top: float
    text: str


def poppler(*args: str, document: bytes) -> str:
    if shutil.which("pdftotext") is None:
        unavailable("pdftotext")
    command = ["pdftotext", *args, "-", "-"]
    return subprocess.run(command, input=document, capture_output=True, check=True).stdout.decode()


def text_of(document: bytes) -> str:
    """The text as a person would copy it, without any white space."""
    return re.sub(r"\s+", "", poppler("-raw", document=document))


def pages_of(document: bytes) -> list[str]:
    """Text page by page, without white space."""
    pages = poppler("-raw", document=document).split("\f")[:-1]
    return [re.sub(r"\s+", "", page) for page in pages]


def lines_of(document: bytes) -> list[TextLine]:
    """Every line of text with its edges in points; pieces that touch are one line."""
    found: list[TextLine] = []
    layout = poppler("-bbox-layout", document=document)
    for number, page in enumerate(layout.split("<page ")[1:], 1):
        pieces = [_piece(number, match) for match in LINE.finditer(page)]
        found += _joined(sorted(pieces, key=lambda line: (round(line.top / 2), line.left)))
    return found


def _piece(page: int, match: re.Match) -> TextLine:
    edges = {name: float(value) for name, value in EDGE.findall(match[1])}
    text = html.unescape("".join(WORD.findall(match[2])))
    return TextLine(page, edges["xMin"], edges["xMax"], edges["yMin"], text)


def _joined(pieces: list[TextLine]) -> list[TextLine]:
    found: list[TextLine] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and abs(last.top - piece.top) < 2 and -9 < piece.left - last.right < 3:
            found[-1] = replace(last, right=piece.right, text=last.text + piece.text)
        else:
            found.append(piece)
    return found


def reader(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def outline_of(document: bytes) -> list[tuple[str, int]]:
    """Title and page, from 1, of every bookmark."""
    pdf = reader(document)
    return [(item.title, pdf.get_destination_page_number(item) + 1) for item in pdf.outline]
