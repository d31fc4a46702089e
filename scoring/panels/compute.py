"""Two rounds compared in every region of both: change, composition, moves between levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.conf import settings

from assessment.models import Round
from scoring.cells import Chains, chains
from scoring.estimates import guard
from scoring.estimates.guard import Atoms
from scoring.estimates.respondents import Published, Respondents
from scoring.numbers import PLACES
from scoring.panels.change import Group, decompose, paired
from scoring.panels.comparable import compare
from scoring.panels.matching import match, profile_changes
from scoring.panels.reading import LEVELS, Wave, read
from scoring.panels.transitions import Table, tables


def compute(earlier: Round, later: Round) -> dict[str, dict[str, Any]]:
    """What may be shown of every region, by code; empty when nothing is comparable."""
    verdict = compare(earlier, later)
    if verdict.nothing:
        return {}
    ways = _ways(earlier, later)
    waves = read(earlier, ways, verdict.scores), read(later, ways, verdict.scores)
    return _Work(earlier, later, ways, waves).regions()


def _ways(earlier: Round, later: Round) -> Chains:
    """The ways up inside both rounds' regions: those of the smaller."""
    return chains(earlier if later.region.covers(earlier.region) else later)


class _Work:
    """The two waves while regions are compared."""

    def __init__(
        self, earlier: Round, later: Round, ways: Chains, waves: tuple[Wave, Wave]
    ) -> None:
        self.ways, self.waves = ways, waves
        self.minimum: int = settings.MINIMUM_CELL
        self.pairs = match(*waves, ways[0])
        self.published = Published(earlier, ways), Published(later, ways)
        codes = {code for wave in waves for key in wave.keys for code in ways[0][key[0]]}
        self.codes = sorted(codes, key=lambda code: (len(ways[0][code]), code))
        self.atoms = self._atoms(0), self._atoms(1)
        self.inside = [{code: self._inside(wave, code) for code in self.codes} for wave in (0, 1)]
        self.stayed = {code: self._stayed(code) for code in self.codes}
        self.names = [name for name in waves[0].columns if name in waves[1].columns]

    def regions(self) -> dict[str, dict[str, Any]]:
        found = {code: self._about(code) for code in self.codes}
        for name in self.names:
            allowed = self._allowed(name)
            if name == LEVELS:
                moves = self._moves()
            for code in self.codes:
                if name == LEVELS:
                    found[code]["moves"] = _as_json(moves.get(code)) if code in allowed else None
                else:
                    found[code]["measures"][name] = self._measure(name, code, code in allowed)
        return found

    def _about(self, code: str) -> dict[str, Any]:
        before, after = self.stayed[code]
        sizes = [len(self.inside[wave][code]) for wave in (0, 1)]
        keys = [self.waves[0].keys[at] for at in before], [self.waves[1].keys[at] for at in after]
        return {
            "matched": len(before),
            "earlier": sizes[0],
            "later": sizes[1],
            "changed": profile_changes(*keys),
            "synthetic": any(wave.synthetic for wave in self.waves),
            "measures": {},
            "moves": None,
        }

    def _stayed(self, code: str) -> tuple[np.ndarray, np.ndarray]:
        """Places of those in the region at both times, in each wave."""
        here = np.array([code in self.ways[0][home] for home in self.pairs.homes], dtype=bool)
        return self.pairs.before[here], self.pairs.after[here]

    def _inside(self, wave: int, code: str) -> np.ndarray:
        inside = [code in self.ways[0][key[0]] for key in self.waves[wave].keys]
        return np.flatnonzero(np.array(inside, dtype=bool))

    def _known(self, name: str, code: str) -> tuple[np.ndarray, np.ndarray]:
        """Those of ``_stayed`` whose value is known at both times."""
        before, after = self.stayed[code]
        first, second = (wave.columns[name].values for wave in self.waves)
        both = ~np.isnan(first[before]) & ~np.isnan(second[after])
        return before[both], after[both]

    def _measure(self, name: str, code: str, allowed: bool) -> dict[str, Any]:
        before, after = self._known(name, code)
        first, second = (wave.columns[name].values for wave in self.waves)
        change = paired(first[before], second[after])
        if change is None:
            return {"n": 0, "withheld": "none"}
        if not allowed:
            return {"n": change.n, "withheld": "small"}
        left = self._others(0, name, code, before)
        came = self._others(1, name, code, after)
        same = change.n - change.rose - change.fell
        few = any(0 < n < self.minimum for n in (change.rose, change.fell, same))
        stayed = [Group(change.n, float(v.mean())) for v in (first[before], second[after])]
        parts = decompose(stayed[0], stayed[1], left, came)
        return {
            "n": change.n,
            "before": _round(stayed[0].mean),
            "after": _round(stayed[1].mean),
            "change": _round(change.mean),
            "low": _round(change.low),
            "high": _round(change.high),
            "rose": None if few else change.rose,
            "fell": None if few else change.fell,
            "difference": _round(parts.difference),
            "matched": _round(parts.matched),
            "entrants": _round(parts.entrants),
            "leavers": _round(parts.leavers),
            "n_leavers": left.n,
            "n_entrants": came.n,
        }

    def _others(self, wave: int, name: str, code: str, stayed: np.ndarray) -> Group:
        """The region's enterprises that are not matched for this quantity."""
        values = self.waves[wave].columns[name].values
        rest = np.setdiff1d(self.inside[wave][code], stayed)
        rest = rest[~np.isnan(values[rest])]
        return Group(len(rest), float(values[rest].mean()) if len(rest) else 0.0)

    def _atoms(self, wave: int) -> np.ndarray:
        """Enterprises of one key, and of one key at the other time, are one atom."""
        other = self.waves[1 - wave]
        partner = self.pairs.partner[wave]
        numbers: dict[Any, int] = {}
        found = []
        for place, key in enumerate(self.waves[wave].keys):
            there = other.keys[partner[place]][0] if place in partner else ""
            found.append(numbers.setdefault((key, there), len(numbers)))
        return np.array(found, dtype=int)

    def _allowed(self, name: str) -> set[str]:
        """Regions whose matched means give nothing small away, at either time."""
        sides = [self._allowed_in(wave, name) for wave in (0, 1)]
        return sides[0] & sides[1]

    def _allowed_in(self, wave: int, name: str) -> set[str]:
        mine, published = self.waves[wave], self.published[wave]
        given = ~np.isnan(mine.columns[name].values)
        both = np.zeros(len(given), dtype=bool)
        places = self.pairs.before if wave == 0 else self.pairs.after
        pair_of = self.pairs.after if wave == 0 else self.pairs.before
        theirs = self.waves[1 - wave].columns[name].values
        both[places] = ~np.isnan(theirs[pair_of])
        found = Respondents(mine.keys, self.atoms[wave] * 2 + both, [], np.array([]))
        shown, small = published.sides(name, found, given, self.minimum)
        offered: dict[str, list[Atoms]] = {}
        for code in self.codes:
            stayed = self._known(name, code)[wave]
            inside = self.inside[wave][code]
            rest = np.setdiff1d(inside[given[inside]], stayed)
            small += [_few(found, group) for group in (stayed, rest)
                      if 0 < len(group) < self.minimum]  # fmt: skip
            if len(stayed) >= self.minimum and (code, "", "") in shown:
                offered[code] = [_few(found, stayed)]
        return guard.safe(list(shown.values()), small, offered)

    def _moves(self) -> Mapping[str, Table]:
        first, second = (wave.columns[LEVELS].values for wave in self.waves)
        known = [
            (home, str(int(first[a])), str(int(second[b])))
            for a, b, home in zip(
                self.pairs.before, self.pairs.after, self.pairs.homes, strict=True
            )
            if not np.isnan(first[a]) and not np.isnan(second[b])
        ]
        return tables(known, self.ways[0], self.minimum)


def _few(found: Respondents, places: np.ndarray) -> Atoms:
    return frozenset(found.atom[places].tolist())


def _as_json(table: Table | None) -> list[list[Any]] | None:
    if table is None:
        return None
    return [[before, after, n] for (before, after), n in sorted(table.counts.items())]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
