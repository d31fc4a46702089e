"""The part ``uncertainty:`` of a spec as options of the analysis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from scoring.index.aggregate import METHODS as AGGREGATES
from scoring.index.recipe import Impute, Indicator, Normalise, Treat, Weigh
from scoring.index.tree import Tree
from scoring.index.uncertainty.options import DEFAULT_NOISE, DIRICHLET, UNIFORM, Noise, Options
from scoring.index_files import node_parts, step_parts
from scoring.index_files.forms import Form

KEYS = ("weights", "impute", "treat", "normalise", "weigh", "aggregate", "first", "sobol",
        "leave_out")  # fmt: skip
Setting = TypeVar("Setting")


def read_uncertainty(
    form: Form | None,
    tree: Tree | None,
    indicators: tuple[Indicator, ...],
    single: dict[str, Normalise],
    impute: Impute | None,
) -> Options:
    """Options as written; the defaults where nothing is. Problems go to the form's document."""
    if form is None:
        return Options()
    form.only(*KEYS)

    def normalise(one: Form) -> Normalise:
        found = step_parts.read_normalise(one)
        step_parts.check_values(one, indicators, found, single)
        return found

    weigh = node_parts.weigh_reader(tree)
    default = Options()
    return Options(
        _noise(form.setting("weights", "noise"), tree),
        _alternatives(form, "impute", lambda one: _impute(one, impute)),
        _alternatives(form, "treat", _treat),
        _alternatives(form, "normalise", normalise),
        _alternatives(form, "weigh", lambda one: weigh(one, Weigh(), "")),
        _alternatives(form, "aggregate", _aggregate),
        first=_whole(form, "first", default.first, 1),
        sobol=_whole(form, "sobol", default.sobol, 0),
        leave_out=form.flag("leave_out", default.leave_out),
    )


def _noise(form: Form | None, tree: Tree | None) -> Noise:
    """``noise`` or ``concentration`` for all levels, or one for each under ``levels``."""
    if form is None:
        return Noise()
    draw = form.only("draw", "noise", "concentration", "levels").choice(
        "draw", (UNIFORM, DIRICHLET), UNIFORM
    )
    key = "noise" if draw == UNIFORM else "concentration"
    bounds: dict[str, float] = {"least": 0, "most": 1} if draw == UNIFORM else {"above": 0}
    levels = range(1, int(tree.levels.max()) if tree else 1)
    listed = form.form("levels")
    if listed is None:
        amount = form.number(key, DEFAULT_NOISE[draw], **bounds) or 0.0
        return Noise(draw, dict.fromkeys(levels, amount))
    names = [str(level) for level in levels]
    found = {name: listed.only(*names).number(name, **bounds) for name in names if name in listed}
    return Noise(draw, {int(name): amount for name, amount in found.items() if amount is not None})


def _alternatives(form: Form, key: str, read: Callable[[Form], Setting]) -> tuple[Setting, ...]:
    """One setting an entry of the list; an entry that is one text is a method's name."""
    given = form.data.get(key)
    entries = given if isinstance(given, list) else [] if given is None else [given]
    found = []
    for index, entry in enumerate(entries):
        place = (*form.place, key, index) if isinstance(given, list) else (*form.place, key)
        data: dict[str, Any] = entry if isinstance(entry, dict) else {"method": entry}
        found.append(read(Form(form.document, place, data)))
    return tuple(found)


def _none(form: Form) -> bool:
    return set(form.data) == {"method"} and form.data["method"] in (None, False, "none")


def _treat(form: Form) -> Treat | None:
    return None if _none(form) else step_parts.read_treat(form)


def _impute(form: Form, own: Impute | None) -> Impute | None:
    if _none(form):
        return None
    found = step_parts.read_impute(form)
    if found.group and (own is None or own.group != found.group):
        expected = _("the same “group:” as in the step “impute”: only that column is read")
        form.complain("group", "group", expected, _("name it there too, or leave it out here"))
    return found


def _aggregate(form: Form) -> str:
    return form.only("method").choice("method", AGGREGATES, "arithmetic")


def _whole(form: Form, key: str, default: int, least: int) -> int:
    value = form.number(key, default, least=least)
    if value is None or value != int(value):
        form.complain(key, "number", _("a whole number"), _("write a whole number"))
        return default
    return int(value)
