"""The signs charts are drawn with. Each has its own shape, so that grey print loses nothing."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from reports.pdf.styles import BAR, BAR_EDGE, INK, NAVY, PLUM, WHITE


def own(canvas: Canvas, x: float, y: float, radius: float = 3.4) -> None:
    """Own value: a filled dot with a white rim."""
    canvas.setFillColor(NAVY)
    canvas.setStrokeColor(WHITE)
    canvas.setLineWidth(0.9)
    canvas.circle(x, y, radius, stroke=1, fill=1)


def quartiles(canvas: Canvas, left: float, right: float, y: float, height: float = 7) -> None:
    """The middle half of the cohort: a light bar with an edge."""
    canvas.setFillColor(BAR)
    canvas.setStrokeColor(BAR_EDGE)
    canvas.setLineWidth(0.5)
    canvas.rect(left, y - height / 2, max(right - left, 0.5), height, stroke=1, fill=1)


def median(canvas: Canvas, x: float, y: float, height: float = 9.5) -> None:
    """The cohort's median: a thick upright line."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.5)
    canvas.line(x, y - height / 2, x, y + height / 2)


def target(canvas: Canvas, x: float, y: float, height: float = 14) -> None:
    """What the next level asks for: a thin line under a hollow triangle."""
    top = y + height / 2
    canvas.setStrokeColor(PLUM)
    canvas.setLineWidth(0.9)
    canvas.line(x, y - height / 2, x, top - 3)
    polygon(canvas, [(x - 2.8, top + 1), (x + 2.8, top + 1), (x, top - 3.4)], PLUM, WHITE, 0.9)


def square(canvas: Canvas, x: float, y: float, side: float = 4.2) -> None:
    canvas.setFillColor(WHITE)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.8)
    canvas.rect(x - side / 2, y - side / 2, side, side, stroke=1, fill=1)


def triangle(canvas: Canvas, x: float, y: float, side: float = 5.6) -> None:
    half = side / 2
    polygon(
        canvas,
        [(x - half, y + half * 0.8), (x + half, y + half * 0.8), (x, y - half)],
        PLUM,
        WHITE,
        0.9,
    )


def polygon(
    canvas: Canvas,
    points: list[tuple[float, float]],
    stroke: Color,
    fill: Color | None,
    width: float = 1.0,
) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setStrokeColor(stroke)
    canvas.setLineWidth(width)
    if fill is not None:
        canvas.setFillColor(fill)
    canvas.drawPath(path, stroke=1, fill=int(fill is not None))
