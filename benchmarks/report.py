"""How much the report's layout costs over drawing the same marks on a bare ReportLab canvas.

Every call the report makes on its canvas is recorded once and then played back on a bare canvas:
the same text, fonts, lines and charts, but nothing measured, broken or paged. Both ways save a
whole PDF. ``ratio`` is rendering over playing back; the aim is at most 2.

    python benchmarks/report.py
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

ROUNDS = 15
TEXT_CALLS = (
    "setFillColor", "setTextOrigin", "setFont", "setCharSpace", "textOut",
)  # fmt: skip
PATH_CALLS = ("moveTo", "lineTo", "close", "rect")
CANVAS_CALLS = (
    "setStrokeColor", "setFillColor", "setLineWidth", "setDash", "line", "rect", "circle",
    "saveState", "restoreState", "translate", "doForm", "showPage", "beginForm", "endForm",
)  # fmt: skip


def recorder(base: type, calls: list[tuple[str, tuple, dict]]) -> type:
    """A canvas class that draws as ``base`` does and writes down what it was told."""

    class Recorder(base):
        depth = 0

        def beginText(self, *args, **kwargs):
            return _listen(super().beginText(*args, **kwargs), TEXT_CALLS)

        def beginPath(self):
            return _listen(super().beginPath(), PATH_CALLS)

        def drawText(self, text):
            calls.append(("text", tuple(text.heard), {}))
            super().drawText(text)

        def drawPath(self, path, **kwargs):
            calls.append(("path", tuple(path.heard), kwargs))
            super().drawPath(path, **kwargs)

    for name in CANVAS_CALLS:
        setattr(Recorder, name, _noted(name, getattr(base, name), calls))
    return Recorder


def _noted(name: str, method: Callable, calls: list) -> Callable:
    def call(self, *args, **kwargs):
        if self.depth == 0:  # not what the canvas calls on itself
            calls.append((name, args, kwargs))
        self.depth += 1
        try:
            return method(self, *args, **kwargs)
        finally:
            self.depth -= 1

    return call


def _listen(thing: Any, names: tuple[str, ...]) -> Any:
    thing.heard = []
    for name in names:
        method = getattr(thing, name)

        def call(*args, _name=name, _method=method):
            thing.heard.append((_name, args))
            return _method(*args)

        setattr(thing, name, call)
    return thing


def play(calls: list[tuple[str, tuple, dict]]) -> bytes:
    """The recorded marks on a bare canvas, as a PDF."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    for name, args, kwargs in calls:
        if name in ("text", "path"):
            thing = canvas.beginText() if name == "text" else canvas.beginPath()
            for inner, values in args:
                getattr(thing, inner)(*values)
            (canvas.drawText if name == "text" else canvas.drawPath)(thing, **kwargs)
        else:
            getattr(canvas, name)(*args, **kwargs)
    canvas.save()
    return target.getvalue()


def record(report: Any, language: str) -> list[tuple[str, tuple, dict]]:
    from django.utils import translation

    from reports.pdf import document
    from reports.pdf.book import Book
    from reports.pdf.frame import ReportCanvas
    from reports.pdf.styles import styles

    calls: list[tuple[str, tuple, dict]] = []
    with translation.override(document.ACTIVE[language]):
        book = Book(report, language, styles(language))
        document._bind(book, recorder(ReportCanvas, calls))
    return calls


def median_ms(work: Callable[[], Any]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def run() -> dict[str, Any]:
    """Milliseconds warm and ratios, by language."""
    import django

    django.setup()
    from reports.pdf import render
    from tests.reports.sample import sample_report

    report, results = sample_report(), {}
    for language in ("zh", "en"):
        calls = record(report, language)
        bare = median_ms(lambda calls=calls: play(calls))
        full = median_ms(lambda language=language: render(report, language))
        results[language] = {
            "pages": sum(name == "showPage" for name, _args, _kwargs in calls),
            "report_ms": round(full, 1),
            "bare_canvas_ms": round(bare, 1),
            "ratio": round(full / bare, 2),
        }
    return {"report": results}


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
