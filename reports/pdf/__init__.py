"""The printed report: ``render(report, "zh")`` returns a PDF's bytes."""

from reports.pdf.document import render
from reports.pdf.fonts import FontsMissing

__all__ = ["FontsMissing", "render"]
