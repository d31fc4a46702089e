"""Who is in both waves, and where: pure bookkeeping on the keys of enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from scoring.panels.reading import Wave
from scoring.suppression import Key

Ways = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pairs:
    """Matched enterprises: their places in each wave, and the narrowest region they never left."""

    before: np.ndarray
    after: np.ndarray
    homes: list[str]
    partner: tuple[dict[int, int], dict[int, int]] = field(repr=False)  # place → place


def match(earlier: Wave, later: Wave, regions: Ways) -> Pairs:
    """Enterprises of both waves. ``regions`` gives each region's way up to the topmost."""
    places = {firm: place for place, firm in enumerate(earlier.firms)}
    found = [(places[f], at) for at, f in enumerate(later.firms) if f in places]
    homes = [home(earlier.keys[a][0], later.keys[b][0], regions) for a, b in found]
    there = dict(found)
    back = {after: before for before, after in found}
    befores = np.array([before for before, _ in found], dtype=int)
    afters = np.array([after for _, after in found], dtype=int)
    return Pairs(befores, afters, homes, (there, back))


def home(before: str, after: str, regions: Ways) -> str:
    """The narrowest region that holds both."""
    above = set(regions[before])
    return next(code for code in regions[after] if code in above)


def profile_changes(before: list[Key], after: list[Key]) -> dict[str, int]:
    """How many of the same enterprises changed region, industry (division) and size class."""
    pairs = list(zip(before, after, strict=True))
    names = ("region", "industry", "size")
    return {name: sum(a[at] != b[at] for a, b in pairs) for at, name in enumerate(names)}
