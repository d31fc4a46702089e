"""Whether further sums, shown beside the published cells of a round, would give a small group away.

An estimate is a sum over strata with weights everybody can work out. Being careful, every stratum's
sum is taken for published: a small group may lie in the span of those and the published cells'
(``scoring.suppression``, rule 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from scoring.spans import Rows

Atoms = frozenset[int]  # finest cells, by number


def safe(
    shown: Sequence[Atoms], small: Sequence[Atoms], offered: Mapping[str, Sequence[Atoms]]
) -> set[str]:
    """The names under which nothing small is given away, earlier ones having the right of way.

    ``shown`` and ``small`` are cells as sets of atoms, ``offered`` the sums under each name.
    """
    every = [one for sums in offered.values() for one in sums]
    if not _leaks([*shown, *every], small):
        return set(offered)
    kept, taken = list(shown), set()
    for name, sums in offered.items():
        if not _leaks([*kept, *sums], small):
            kept += sums
            taken.add(name)
    return taken


def _leaks(known: Iterable[Atoms], small: Sequence[Atoms]) -> bool:
    """Whether a small group lies in the span of what is known.

    Atoms that stand in the same known sums are one unknown: a small group that divides such a
    group cannot follow from them.
    """
    rows = [one for one in known if one]
    group_of, sizes = _groups(rows)
    secrets = [found for one in small if (found := _whole(one, group_of, sizes))]
    if not secrets:
        return False
    parts = [{group_of[atom] for atom in row} for row in rows]
    return bool(Rows.of(parts, len(sizes)).spanned(secrets))


def _groups(rows: Sequence[Atoms]) -> tuple[dict[int, int], list[int]]:
    """The group of each atom that stands in a known sum, and how many atoms each group has."""
    places: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for atom in row:
            places[atom].append(number)
    names: dict[tuple[int, ...], int] = {}
    group_of = {atom: names.setdefault(tuple(at), len(names)) for atom, at in places.items()}
    sizes = [0] * len(names)
    for group in group_of.values():
        sizes[group] += 1
    return group_of, sizes


def _whole(secret: Atoms, group_of: Mapping[int, int], sizes: Sequence[int]) -> list[int]:
    """The groups a small one is made of; empty when it divides one or no sum knows it."""
    if not secret or not all(atom in group_of for atom in secret):
        return []
    groups = sorted({group_of[atom] for atom in secret})
    return groups if sum(sizes[group] for group in groups) == len(secret) else []


def numbered(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """A number for each different key, in the order they come."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}
