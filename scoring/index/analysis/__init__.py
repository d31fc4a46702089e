"""What a finished index says about itself: correlations, reliability, weights, strengths."""

from scoring.index.analysis.groups import Group, Link, groups, links
from scoring.index.analysis.reliability import Reliability, cronbach, reliabilities
from scoring.index.analysis.standing import (
    Standing,
    all_strengths_and_weaknesses,
    strengths_and_weaknesses,
)
from scoring.index.analysis.weighing import effective_weights

__all__ = [
    "Group",
    "Link",
    "Reliability",
    "Standing",
    "all_strengths_and_weaknesses",
    "cronbach",
    "effective_weights",
    "groups",
    "links",
    "reliabilities",
    "strengths_and_weaknesses",
]
