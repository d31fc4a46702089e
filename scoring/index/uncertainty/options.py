"""What is uncertain about an index, and what is to be computed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.index.faults import Impossible
from scoring.index.recipe import Impute, Normalise, Treat, Weigh

UNIFORM, DIRICHLET = "uniform", "dirichlet"
DEFAULT_NOISE = {UNIFORM: 0.25, DIRICHLET: 50.0}


@dataclass(frozen=True)
class Noise:
    """How weights are drawn around the nominal ones, by level (1 are the indicators).

    ``uniform``: the number is f in 0..1, weight × (1 - f … 1 + f). ``dirichlet``: it is the
    concentration c > 0; siblings are drawn together, more closely the larger c is. ``levels`` None
    takes the default for every level below the root; a level that is not named stays as it is.
    """

    draw: str = UNIFORM
    levels: Mapping[int, float] | None = None

    def of(self, level: int) -> float | None:
        """The number for one level; None where its weights are not varied."""
        if self.levels is None:
            return DEFAULT_NOISE[self.draw]
        found = self.levels.get(level)
        return None if found == 0 and self.draw == UNIFORM else found

    def check(self) -> None:
        """Raises Impossible: "unknown-draw", "noise-out-of-range" (with the level)."""
        if self.draw not in DEFAULT_NOISE:
            raise Impossible("unknown-draw", draw=self.draw, known=sorted(DEFAULT_NOISE))
        for level, value in (self.levels or {}).items():
            fits = 0 <= value <= 1 if self.draw == UNIFORM else value > 0
            if not fits:
                raise Impossible("noise-out-of-range", level=level, value=value)


@dataclass(frozen=True)
class Options:
    """Alternatives of each step, beside the recipe's own choice, which always is one of them.

    All alternatives of a step are equally likely. ``weigh`` and ``aggregate`` hold for all nodes at
    once; ``treat_by`` and ``normalise_by`` of the recipe stay. ``first`` is the k of "share of
    replications in the first k". ``sobol`` is the number of base points of the sensitivity
    analysis; 0 leaves it out.
    """

    noise: Noise = field(default_factory=Noise)
    impute: tuple[Impute | None, ...] = ()
    treat: tuple[Treat | None, ...] = ()
    normalise: tuple[Normalise, ...] = ()
    weigh: tuple[Weigh, ...] = ()
    aggregate: tuple[str, ...] = ()
    first: int = 10
    sobol: int = 1000
    leave_out: bool = True

    def check(self) -> None:
        """Raises Impossible: what ``Noise.check`` does, "ahp-alternative", "negative"."""
        self.noise.check()
        if any(weigh.method == "ahp" for weigh in self.weigh):
            raise Impossible("ahp-alternative")  # its comparisons are of one node
        if self.first < 1 or self.sobol < 0:
            raise Impossible("negative", first=self.first, sobol=self.sobol)
