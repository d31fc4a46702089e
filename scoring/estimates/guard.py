"""Whether further sums, shown beside the published cells of a round, would give a small group away.

An estimate is a sum over strata with weights everybody can work out. Being careful, every stratum's
sum is taken for published: a small group may lie in the span of those and the published cells'
(``scoring.suppression``, rule 2).
"""

from __future__ import annotations

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
    rows = [set(one) for one in known if one]
    secrets = [sorted(one) for one in small if one]
    if not rows or not secrets:
        return False
    width = 1 + max(max(one) for one in [*rows, *secrets])
    return bool(Rows.of(rows, width).spanned(secrets))


def numbered(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """A number for each different key, in the order they come."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}
