"""The sections of a report in their order; each is a function from a book to flowables."""

from reports.pdf.sections.advice import advice
from reports.pdf.sections.cover import cover
from reports.pdf.sections.crosswalk import crosswalk
from reports.pdf.sections.method import method
from reports.pdf.sections.open_points import open_points
from reports.pdf.sections.profile import profile
from reports.pdf.sections.reading import reading
from reports.pdf.sections.sources import sources
from reports.pdf.sections.summary import summary
from reports.pdf.sections.support import support
from reports.pdf.sections.targets import targets
from reports.pdf.sections.trace import trace

ORDER = [
    cover,
    summary,
    reading,
    profile,
    targets,
    advice,
    trace,
    open_points,
    support,
    crosswalk,
    sources,
    method,
]

__all__ = ["ORDER"]
