"""Words for what a step could not do, and for what a reader of the result must know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.catalogue.problems import Problem
from scoring.index.faults import Impossible
from scoring.index.recipe import Table
from scoring.index_files.specs import Spec

Words = tuple[str, str]


def as_problem(error: Impossible, table: Table, spec: Spec) -> Problem:
    """A step's refusal as a problem of the step in the spec."""
    said = _SAYERS.get(error.rule, _other)(error.values, table)
    step = {
        "no-units": "screen", "not-positive": "aggregate", "replications-or-seed": "uncertainty",
    }.get(error.rule, "weigh")  # fmt: skip
    if "child" not in error.values and error.rule == "not-positive":
        step = "weigh"
    if "alternatives" in error.values:
        step = "uncertainty"
        steps = ", ".join(error.values["alternatives"])
        told = _("; met while the uncertainty analysis varied: %(steps)s") % {"steps": steps}
        said = (said[0] + told, said[1])
    node = str(error.values.get("node") or "")
    return Problem(spec.file, spec.lines[step], node, error.rule, *said)


def words_of(error: Impossible, table: Table) -> Words:
    """What a step expected, and what to do."""
    return _SAYERS.get(error.rule, _other)(error.values, table)


def unit_of(table: Table, row: int) -> str:
    """A row's unit, with its time where there is one."""
    return table.units[row] if table.times is None else f"{table.units[row]} {table.times[row]}"


def _not_positive(values: Mapping[str, Any], table: Table) -> Words:
    if "child" not in values:
        return _matrix(values, table)
    told = {
        **values, "unit": unit_of(table, values["row"]), "value": repr(values["value"]),
    }  # fmt: skip
    return (
        _("values above zero under “%(node)s” for its geometric or harmonic mean; “%(child)s” "
          "of unit “%(unit)s” is %(value)s (%(count)d such values)") % told,
        _("normalise to a range that starts above zero, such as [1, 100], or take another mean"),
    )  # fmt: skip


def _zero_weights(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("a weight above zero for at least one child of “%(node)s”") % values,
        _("give one a weight"),
    )


def _negative(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("values of zero and more under “%(node)s” for entropy weights") % values,
        _("normalise to a range that starts at zero, or choose another method of weighing"),
    )


def _opposed(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("children of “%(node)s” that do not run against each other in the first component")
        % values,
        _("check directions, or set “opposed:” to keep or zero"),
    )


def _matrix(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("a comparison matrix for “%(node)s” that is positive, 1 on the diagonal, and 1/a "
          "across from a") % values,
        _("correct the matrix"),
    )  # fmt: skip


def _replications(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("at least one replication, and a seed of zero or more"),
        _("correct --uncertainty or --seed"),
    )


def _group(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("the same “group:” as in the step “impute”; the column “%(group)s” was not read")
        % values,
        _("name that column in the step, or take the alternative out"),
    )


def _goal(values: Mapping[str, Any], table: Table) -> Words:
    return (
        _("a target or goalposts for the indicator “%(indicator)s”") % values,
        _("add them, or take the alternative out"),
    )


def _no_units(values: Mapping[str, Any], table: Table) -> Words:
    return (_("at least one unit with enough data"), _("lower the thresholds of “screen:”"))


def _other(values: Mapping[str, Any], table: Table) -> Words:
    said = ", ".join(f"{key}: {value}" for key, value in values.items())
    return _("data the step can work with (%(said)s)") % {"said": said}, _("check spec and data")


_SAYERS: dict[str, Callable[[Mapping[str, Any], Table], Words]] = {
    "not-positive": _not_positive, "zero-weights": _zero_weights, "negative-values": _negative,
    "opposed-columns": _opposed, "not-reciprocal": _matrix, "not-square": _matrix,
    "no-units": _no_units, "replications-or-seed": _replications, "unknown-group": _group,
    "missing-target": _goal, "missing-goalposts": _goal,
}  # fmt: skip
