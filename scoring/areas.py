"""Regions above and below one, in one query each."""

from __future__ import annotations

from questionnaires.models import Region


def chain(region: Region) -> list[Region]:
    """The region and every region above it, nearest first."""
    ends = range(Region.steplen, len(region.path) + 1, Region.steplen)
    paths = [region.path[:end] for end in ends]
    return list(Region.objects.filter(path__in=paths).order_by("-path"))


def children(region: Region) -> list[Region]:
    """The regions directly below, by code."""
    below = Region.objects.filter(path__startswith=region.path, depth=region.depth + 1)
    return list(below.order_by("code"))
