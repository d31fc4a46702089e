"""Scores of nodes: sums, weighted means, the weakest child, geometric means."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import polars as pl

from scoring.engine.numbers import divided, to_millionths

_LARGEST = 2**124  # of a numerator; beyond it coefficients are cut to eighteen digits


def child_column(child: dict[str, Any]) -> str:
    return f"{'item' if child['kind'] == 'item' else 'node'}.{child['code']}"


def node_score(node: dict[str, Any], always: bool) -> pl.Expr:
    """Score in millionths; null when all children are left out.

    ``always`` says that no child can be left out, which spares the re-weighting.
    """
    return _AGGREGATES[node["aggregate"]](node, always)


def _columns(node: dict[str, Any]) -> list[pl.Expr]:
    return [pl.col(child_column(child)) for child in node["children"]]


def _sum(node: dict[str, Any], always: bool) -> pl.Expr:
    """The others are stretched to the whole scale when some are left out."""
    columns = _columns(node)
    total = pl.sum_horizontal(columns)
    if always:
        return total
    present = _total_of(columns, [child["max"] for child in node["children"]])
    stretched = divided(_wide(total) * node["max"], present, node["max"] ** 2)
    return pl.when(present > 0).then(stretched)


def _wide(value: pl.Expr) -> pl.Expr:
    return value.cast(pl.Int128)


def _total_of(columns: list[pl.Expr], amounts: list[int]) -> pl.Expr:
    """The sum of ``amounts`` over the children that are not left out."""
    pairs = zip(columns, amounts, strict=True)
    return pl.sum_horizontal(
        [
            pl.when(column.is_not_null()).then(pl.lit(a, dtype=pl.Int64)).otherwise(0)
            for column, a in pairs
        ]
    )


def coefficients(node: dict[str, Any]) -> tuple[list[int], list[int], int]:
    """Whole numbers c, w and d with Σ weight·score/max = Σ c·score / d and weights ∝ w.

    Scores are in millionths, as maxima are. Exact unless numbers grow beyond 128 bits.
    """
    children = node["children"]
    shared = gcd(*(child["weight"] for child in children))
    weights = [child["weight"] // shared for child in children]
    ratios = [Fraction(w, child["max"]) for w, child in zip(weights, children, strict=True)]
    common = lcm(*(ratio.denominator for ratio in ratios))
    if common * sum(weights) * node["max"] * 4 > _LARGEST:
        common = 10**18
    return [round(ratio * common) for ratio in ratios], weights, common


def _mean(node: dict[str, Any], always: bool) -> pl.Expr:
    shares, weights, common = coefficients(node)
    scale, columns = node["max"], _columns(node)
    bound = scale * common * sum(weights) * 2
    kind = pl.Int64 if bound < 2**60 else pl.Int128
    parts = [
        (column.cast(kind) * share).fill_null(0)
        for column, share in zip(columns, shares, strict=True)
    ]
    top = pl.sum_horizontal(parts) * pl.lit(scale, dtype=kind)
    if always:
        return divided(top, common * sum(weights), bound).clip(0, scale)
    weight = _total_of(columns, weights)
    score = divided(top, weight.cast(kind) * pl.lit(common, dtype=kind), bound).clip(0, scale)
    return pl.when(weight > 0).then(score)


def percent(node: dict[str, Any], child: dict[str, Any]) -> pl.Expr:
    """A child's score on its parent's scale."""
    column = pl.col(child_column(child))
    bound = node["max"] * child["max"]
    return divided(_wide(column) * node["max"], child["max"], bound)


def _minimum(node: dict[str, Any], always: bool) -> pl.Expr:
    return pl.min_horizontal([percent(node, child) for child in node["children"]])


def _geometric(node: dict[str, Any], always: bool) -> pl.Expr:
    """exp of the weighted mean of logarithms; nothing anywhere makes nothing of the whole."""
    logs, weights = [], []
    for child in node["children"]:
        if not child["weight"]:
            continue  # no weight times the logarithm of nothing would be no number
        column = pl.col(child_column(child))
        share = column.cast(pl.Float64) / float(child["max"])
        weight = child["weight"] / 1e6
        logs.append((share.log() * weight).fill_null(0.0))
        weights.append(pl.when(column.is_not_null()).then(weight).otherwise(0.0))
    weight = pl.sum_horizontal(weights)
    mean = (pl.sum_horizontal(logs) / weight).exp() * (node["max"] / 1e6)
    return pl.when(weight > 0).then(to_millionths(mean).clip(0, node["max"]))


_AGGREGATES: dict[str, Callable[[dict[str, Any], bool], pl.Expr]] = {
    "sum": _sum,
    "weighted_mean": _mean,
    "minimum": _minimum,
    "geometric_mean": _geometric,
}
