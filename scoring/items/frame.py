"""From a coded frame to what item statistics are made of: shares of points and states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scoring.items.measures import Matrix, Totals

if TYPE_CHECKING:
    import polars as pl

STATES = ("answered", "unanswered", "not_applicable", "unknown", "not_asked")  # in engine's order


@dataclass(frozen=True)
class Items:
    """The scored items of a frame. ``shares`` holds points over the most that can be earned, as
    they count; ``answered`` says where they come from an answer rather than from a rule."""

    codes: list[str]
    shares: Matrix
    answered: Matrix
    totals: Totals


def scored_items(compiled: dict[str, Any], coded: pl.DataFrame) -> tuple[Items, pl.DataFrame]:
    """The items of every firm that can be scored, and the frame of those firms alone."""
    from scoring.engine import score

    results = score(compiled, coded)
    fine = ~results["error"]
    coded, results = coded.filter(fine), results.filter(fine)
    parts = [p for p in (*compiled["questions"], *compiled["computed"]) if p["max"]]
    shares = [_shares(results[f"item.{p['code']}"], p["max"]) for p in parts]
    answered = [_answered(p, coded, results) for p in parts]
    matrix = np.column_stack(shares) if parts else np.empty((coded.height, 0))
    given = np.column_stack(answered) if parts else np.empty((coded.height, 0), dtype=bool)
    codes = [p["code"] for p in parts]
    return Items(codes, matrix, given & ~np.isnan(matrix), Totals.of(matrix)), coded


def _shares(points: pl.Series, most: int) -> Matrix:
    found: Matrix = points.cast(float).to_numpy() / most
    return found


def _answered(part: dict[str, Any], coded: pl.DataFrame, results: pl.DataFrame) -> Matrix:
    """A computed value is answered where it has a value."""
    if part["kind"] == "computed":
        return results[f"value.{part['code']}"].is_not_null().to_numpy()
    return (coded[f"{part['code']}.state"] == 0).to_numpy()


def states(code: str, coded: pl.DataFrame) -> dict[str, int]:
    """How many firms answered, left out, were not asked … one question."""
    found = np.bincount(coded[f"{code}.state"].to_numpy(), minlength=len(STATES))
    return {name: int(n) for name, n in zip(STATES, found, strict=True)}
