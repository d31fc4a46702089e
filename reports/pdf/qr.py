"""A QR code as vectors."""

from __future__ import annotations

import segno
from reportlab.pdfgen.canvas import Canvas

from reports.pdf.styles import INK


def draw(canvas: Canvas, x: float, y: float, side: float, address: str) -> None:
    """Draw ``address`` as a square of ``side`` points with its lower left corner at x, y."""
    matrix = segno.make(address, error="m", micro=False).matrix
    step = side / len(matrix)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        top = y + side - (row + 1) * step
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + start * step, top, (column - start) * step, step)
                start = None
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)
