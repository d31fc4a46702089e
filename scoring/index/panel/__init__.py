"""Series over years: one scale for all years, growth, trends, and breaks that stay visible."""

from scoring.index.panel.growth import Growth, growth
from scoring.index.panel.series import Series, breaks_of_nodes, segments
from scoring.index.panel.stacking import ranks_by_year, stack, unstack
from scoring.index.panel.trend import Trend, trend, trend_by_segment

__all__ = [
    "Growth",
    "Series",
    "Trend",
    "breaks_of_nodes",
    "growth",
    "ranks_by_year",
    "segments",
    "stack",
    "trend",
    "trend_by_segment",
    "unstack",
]
