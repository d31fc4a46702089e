"""A round's enterprises counted by region × industry × size, and by when they were first published.

A *date* is the number of a publication of the round. An enterprise belongs to the first publication
that counted it; a cell as of a date is made of the enterprises of that date and before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Key = tuple[str, str, str]  # region, industry, size; "" = all
Atoms = tuple[int, ...]  # ascending
Ways = tuple[Mapping[str, tuple[str, ...]], ...]
ONLY = 1  # the date of everybody where there is one date


@dataclass(frozen=True)
class Sum:
    """``total`` = the sum of ``parts`` + ``rest`` enterprises that stand in no part."""

    total: Key
    parts: tuple[Key, ...]
    rest: int


@dataclass(frozen=True)
class Cube:
    """Counts of every cell that has any, its sums, and the finest cells each is made of.

    An atom is a finest cell's enterprises of one date.
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...]
    atoms: Mapping[Key, Atoms]
    atom_counts: tuple[int, ...]
    atom_keys: tuple[tuple[Key, int], ...]  # finest cell and date of each atom
    grown: Mapping[Key, Mapping[int, int]]  # how many enterprises of each date
    now: int  # the newest date
    alls: Mapping[Key, int]  # in how many of the three dimensions a cell is of all

    def date_of(self, atom: int) -> int:
        return self.atom_keys[atom][1]

    def as_of(self, cell: Key, date: int) -> int:
        """Enterprises that a publication of the cell at ``date`` counted."""
        return sum(n for when, n in self.grown[cell].items() if when <= date)


def build(
    firms: Iterable[Key], ancestors: Ways, dates: Iterable[int] | None = None, now: int = ONLY
) -> Cube:
    """The cube of enterprises given by their own region, industry and size.

    ``ancestors`` holds, for each of the three dimensions, every value's chain from itself up to
    the top (``C36`` → ``C36, C, ""``). ``dates``: when each was first published; all at once if
    not given.
    """
    finest: dict[tuple[Key, int], int] = defaultdict(int)
    if dates is None:
        for firm in firms:
            finest[firm, ONLY] += 1
    else:
        for pair in zip(firms, dates, strict=True):
            finest[pair] += 1
    counts: dict[Key, int] = defaultdict(int)
    atoms: dict[Key, list[int]] = defaultdict(list)
    grown: dict[Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    ordered = sorted(finest.items())  # the same cube whatever the order of enterprises
    for number, ((firm, date), n) in enumerate(ordered):
        for cell in cells_of(firm, ancestors):
            counts[cell] += n
            atoms[cell].append(number)
            grown[cell][date] += n
    return Cube(
        dict(counts),
        tuple(_sums(counts, ancestors)),
        {cell: tuple(found) for cell, found in atoms.items()},
        tuple(n for _, n in ordered),
        tuple(atom for atom, _ in ordered),
        {cell: dict(found) for cell, found in grown.items()},
        max((now, *(date for _, date in finest))),
        {cell: _alls(cell, ancestors) for cell in counts},
    )


def cells_of(firm: Key, ancestors: Ways) -> list[Key]:
    """Every cell an enterprise belongs to."""
    regions, industries, sizes = (
        chains[value] for chains, value in zip(ancestors, firm, strict=True)
    )
    return [(r, i, s) for r in regions for i in industries for s in sizes]


def _alls(cell: Key, ancestors: Ways) -> int:
    return sum(len(chains[value]) == 1 for chains, value in zip(ancestors, cell, strict=True))


def _sums(counts: Mapping[Key, int], ancestors: Ways) -> Iterable[Sum]:
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
