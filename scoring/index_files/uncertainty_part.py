"""The options of ``--uncertainty`` from a spec."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from scoring.index.aggregate import METHODS
from scoring.index.recipe import Weigh
from scoring.index.tree import Tree
from scoring.index.uncertainty import Noise, Options
from scoring.index.uncertainty.options import DIRICHLET, UNIFORM
from scoring.index_files import node_parts, step_parts
from scoring.index_files.forms import Form

Setting = TypeVar("Setting")
KEYS = ("noise", "impute", "treat", "normalise", "weigh", "aggregate", "first", "sobol",
        "leave_out")  # fmt: skip


def read_options(form: Form, tree: Tree | None) -> Options:
    """Alternatives of each step, beside the one the recipe takes."""
    form.only(*KEYS)
    weigh = node_parts.weigh_reader(tree)
    usual = Options()
    return Options(
        _noise(form.form("noise"), tree),
        _alternatives(form, "impute", step_parts.read_impute),
        _alternatives(form, "treat", step_parts.read_treat),
        tuple(one for one in _alternatives(form, "normalise", step_parts.read_normalise) if one),
        tuple(
            one for one in _alternatives(form, "weigh", lambda one: weigh(one, Weigh(), "")) if one
        ),
        tuple(one.choice("method", METHODS, "arithmetic") for one in form.settings("aggregate")),
        int(form.number("first", usual.first, least=1) or usual.first),
        _whole(form, "sobol", usual.sobol),
        form.flag("leave_out", usual.leave_out),
    )


def _alternatives(
    form: Form, key: str, read: Callable[[Form], Setting]
) -> tuple[Setting | None, ...]:
    """Settings listed under ``key``; “none” is the step left out."""
    return tuple(
        None if one.data.get("method") == "none" and key != "normalise" else read(one)
        for one in form.settings(key)
    )


def _whole(form: Form, key: str, default: int) -> int:
    found = form.number(key, default, least=0)
    return default if found is None else int(found)


def _noise(form: Form | None, tree: Tree | None) -> Noise:
    if form is None:
        return Noise()
    form.only("draw", "levels")
    draw = form.choice("draw", (UNIFORM, DIRICHLET), UNIFORM)
    levels = form.form("levels")
    if levels is None:
        return Noise(draw)
    top = int(tree.levels.max()) if tree is not None else 100
    levels.only(*(str(level) for level in range(1, top)))
    bounds = {"least": 0.0, "most": 1.0} if draw == UNIFORM else {"above": 0.0}
    found = {int(key): levels.number(key, **bounds) for key in levels.data if key.isdigit()}
    return Noise(draw, {level: amount for level, amount in found.items() if amount is not None})
