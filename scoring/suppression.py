"""Which cells of a round must not be published, so that no few firms' values can be worked out.

A cell is (region, industry, size), "" meaning all. It is *small* when fewer than ``minimum``
enterprises stand behind it. Means and counts of published cells can be added and subtracted, so
hiding small cells is not enough: further cells are hidden (*complementary*) until

1. in every sum (a region and the regions below it, a section and its divisions, all sizes and each)
   what is hidden below a published total comes from at least two cells and ``minimum`` enterprises;
2. no small cell follows from the published ones by any chain of additions and subtractions: its
   row is not in the span of theirs.

The pattern is worked out once for the whole round, so every page, table and drill-down agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.spans import Rows

Key = tuple[str, str, str]  # region, industry, size
SMALL, COMPLEMENTARY = "small", "complementary"


@dataclass(frozen=True)
class Sum:
    """``total`` = the sum of ``parts`` + ``rest`` enterprises that stand in no part."""

    total: Key
    parts: tuple[Key, ...]
    rest: int


@dataclass(frozen=True)
class Cube:
    """Counts of every cell that has any, its sums, and the finest cells each is made of."""

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...]
    atoms: Mapping[Key, frozenset[int]]
    atom_counts: tuple[int, ...]


def build(firms: Iterable[Key], ancestors: tuple[Mapping[str, tuple[str, ...]], ...]) -> Cube:
    """The cube of enterprises given by their own region, industry and size.

    ``ancestors`` holds, for each of the three dimensions, every value's chain from itself up to
    the top (``C36`` → ``C36, C, ""``).
    """
    finest: dict[Key, int] = defaultdict(int)
    for firm in firms:
        finest[firm] += 1
    counts: dict[Key, int] = defaultdict(int)
    atoms: dict[Key, set[int]] = defaultdict(set)
    for number, (firm, n) in enumerate(finest.items()):
        for cell in cells_of(firm, ancestors):
            counts[cell] += n
            atoms[cell].add(number)
    frozen = {cell: frozenset(found) for cell, found in atoms.items()}
    return Cube(dict(counts), tuple(_sums(counts, ancestors)), frozen, tuple(finest.values()))


def cells_of(firm: Key, ancestors: tuple[Mapping[str, tuple[str, ...]], ...]) -> list[Key]:
    """Every cell an enterprise belongs to."""
    regions, industries, sizes = (
        chains[value] for chains, value in zip(ancestors, firm, strict=True)
    )
    return [(r, i, s) for r in regions for i in industries for s in sizes]


def hidden(cube: Cube, minimum: int, start: Mapping[Key, str] | None = None) -> dict[Key, str]:
    """Every cell that must not be published, and why: ``small`` or ``complementary``.

    ``start`` holds cells that are hidden anyway.
    """
    found = dict(start or {})
    found |= {cell: SMALL for cell, n in cube.counts.items() if n < minimum}
    while True:
        _close_sums(cube, minimum, found)
        given_away = _given_away(cube, found)
        if not given_away:
            return found
        found |= dict.fromkeys(given_away, COMPLEMENTARY)


def _sums(
    counts: Mapping[Key, int], ancestors: tuple[Mapping[str, tuple[str, ...]], ...]
) -> Iterable[Sum]:
    for axis in range(3):
        parts: dict[Key, list[Key]] = defaultdict(list)
        for cell in counts:
            chain = ancestors[axis][cell[axis]]
            if len(chain) > 1:
                parts[_with(cell, axis, chain[1])].append(cell)
        for total, below in parts.items():
            yield Sum(total, tuple(below), counts[total] - sum(counts[c] for c in below))


def _with(cell: Key, axis: int, value: str) -> Key:
    changed = list(cell)
    changed[axis] = value
    return (changed[0], changed[1], changed[2])


def _close_sums(cube: Cube, minimum: int, found: dict[Key, str]) -> None:
    """Apply rule 1 until it asks for nothing more."""
    changed = True
    while changed:
        changed = False
        for one in cube.sums:
            more = _needed(cube, minimum, found, one)
            if more is not None:
                found[more] = COMPLEMENTARY
                changed = True


def _needed(cube: Cube, minimum: int, found: Mapping[Key, str], one: Sum) -> Key | None:
    """The smallest published part that must be hidden as well, or None when the sum is safe."""
    below = [cell for cell in one.parts if cell in found]
    members = len(below) + (one.rest > 0)
    if one.total in found:
        safe = members > 0  # with every part published the total would follow from them
    else:
        together = sum(cube.counts[cell] for cell in below) + one.rest
        safe = members == 0 or (members > 1 and together >= minimum)
        safe = safe or (not below and one.rest >= minimum)
    shown = [cell for cell in one.parts if cell not in found]
    if safe or not shown:
        return None
    return min(shown, key=lambda cell: (cube.counts[cell], cell))


def _given_away(cube: Cube, found: Mapping[Key, str]) -> set[Key]:
    """Published cells whose hiding helps where rule 2 is broken; empty when it holds.

    Atoms that stand in the same published cells are one unknown: what divides such a group cannot
    follow from sums that never do, so only small cells made of whole groups need the audit.
    """
    shown = [cell for cell in cube.counts if cell not in found]
    group_of, sizes = _groups(cube, shown)
    small = [cell for cell, why in found.items() if why == SMALL]
    suspects = [row for row in (_as_groups(cube.atoms[c], group_of, sizes) for c in small) if row]
    if not suspects or not shown:
        return set()
    parts = [{group_of[atom] for atom in cube.atoms[cell]} for cell in shown]
    rows = Rows.of(parts, len(sizes))
    broken = [suspects[place] for place in rows.spanned([list(one) for one in suspects])]
    if not broken:
        return set()
    used = sorted(rows.used([list(one) for one in broken]), key=lambda n: cube.counts[shown[n]])
    if not used:
        return set()
    found_at = [next((n for n in used if parts[n] & one), used[0]) for one in broken]
    return {shown[place] for place in found_at}


def _groups(cube: Cube, shown: list[Key]) -> tuple[dict[int, int], list[int]]:
    """The group of each atom that stands in a published cell, and the size of each group.

    Atoms that stand in the same published cells are of one group.
    """
    cells: dict[int, list[int]] = defaultdict(list)
    for number, cell in enumerate(shown):
        for atom in cube.atoms[cell]:
            cells[atom].append(number)
    names: dict[tuple[int, ...], int] = {}
    group_of = {atom: names.setdefault(tuple(at), len(names)) for atom, at in cells.items()}
    sizes = [0] * len(names)
    for group in group_of.values():
        sizes[group] += 1
    return group_of, sizes


def _as_groups(atoms: frozenset[int], group_of: Mapping[int, int], sizes: list[int]) -> set[int]:
    """The groups some atoms make up; empty unless they are whole ones."""
    if not all(atom in group_of for atom in atoms):
        return set()
    groups = {group_of[atom] for atom in atoms}
    return groups if sum(sizes[group] for group in groups) == len(atoms) else set()
