"""Whether anything small follows from all published sums by adding and subtracting them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.cube import Cube, Key
from scoring.spans import Rows

Past = Mapping[Key, Sequence[int]]


@dataclass(frozen=True)
class Row:
    """What one publication of a cell added to what was known of it."""

    cell: Key
    atoms: frozenset[int]
    new: bool  # not published yet: it can still be held back


def given_away(
    cube: Cube, minimum: int, past: Past, found: Mapping[Key, str], also: Iterable[Key] = ()
) -> set[Key]:
    """Cells to hold back because something small follows from them; empty when nothing does.

    Atoms that stand in the same rows are one unknown: what divides such a group cannot follow from
    sums that never do, so only secrets made of whole groups need the audit.
    """
    rows = list(rows_of(cube, past, found))
    group_of, sizes = _groups(rows)
    secrets = {
        *small_sets(cube, minimum),
        *(cube.atoms[cell] for cell in also if cell in cube.atoms),
    }
    suspects = [one for one in (_as_groups(s, group_of, sizes) for s in secrets) if one]
    if not suspects or not rows:
        return set()
    suspects.sort(key=sorted)
    parts = [{group_of[atom] for atom in row.atoms} for row in rows]
    span = Rows.of(parts, len(sizes))
    broken = [suspects[place] for place in span.spanned([list(one) for one in suspects])]
    if not broken:
        return set()
    weighty = [int(n) for n in span.used([list(one) for one in broken]) if rows[n].new]
    used = sorted(weighty, key=lambda n: (cube.counts[rows[n].cell], rows[n].cell))
    if not used:  # it follows from what was published before, and nothing brings that back
        return set()
    found_at = [next((n for n in used if parts[n] & one), used[0]) for one in broken]
    return {rows[place].cell for place in found_at}


def rows_of(cube: Cube, past: Past, found: Mapping[Key, str]) -> Iterator[Row]:
    """The publications of every cell, each less the one before."""
    for cell, atoms in cube.atoms.items():
        dates = list(past.get(cell, ()))
        if cell not in found and (not dates or dates[-1] < cube.now):
            dates.append(cube.now)
        if dates == [cube.now] and len(cube.grown[cell]) == 1:
            yield Row(cell, atoms, True)
            continue
        steps: dict[int, set[int]] = defaultdict(set)
        for atom in atoms:
            steps[bisect_left(dates, cube.date_of(atom))].add(atom)
        for place, date in enumerate(dates):
            if steps[place]:
                fresh = date == cube.now and cell not in found
                yield Row(cell, frozenset(steps[place]), fresh)


def small_sets(cube: Cube, minimum: int) -> Iterator[frozenset[int]]:
    """Every cell as of a date, and what joined it between two, of fewer than ``minimum``."""
    for cell, grown in cube.grown.items():
        if len(grown) == 1:
            if cube.counts[cell] < minimum:
                yield cube.atoms[cell]
            continue
        dates = sorted(grown)
        for first in range(len(dates)):
            together = 0
            for last in range(first, len(dates)):
                together += grown[dates[last]]
                if together >= minimum:
                    break
                low, high = dates[first], dates[last]
                yield frozenset(a for a in cube.atoms[cell] if low <= cube.date_of(a) <= high)


def _groups(rows: Sequence[Row]) -> tuple[dict[int, int], list[int]]:
    """The group of each atom that stands in a row, and the size of each group."""
    at: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for atom in row.atoms:
            at[atom].append(number)
    names: dict[tuple[int, ...], int] = {}
    group_of = {atom: names.setdefault(tuple(where), len(names)) for atom, where in at.items()}
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
