"""A filter for pages of targets over time."""

from __future__ import annotations

from django import template

from reports.progress.rows import unit_text
from scoring.progress.catalogue import Track

register = template.Library()


@register.filter
def progress_unit(track: Track) -> str:
    """What a series' values are measured in, an index with its base year."""
    return unit_text(track)
