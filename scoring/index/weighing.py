"""Step 6 of the handbook: the weights of one parent's children, by the method asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scoring.index import weights as methods
from scoring.index.arrays import Floats
from scoring.index.faults import Impossible
from scoring.index.recipe import Weigh

FROM_DATA: dict[str, Callable[..., methods.Weights]] = {
    "standard_deviation": methods.standard_deviation,
    "entropy": methods.entropy,
    "critic": methods.critic,
    "pca": methods.pca,
}
METHODS = ("given", "equal", "ahp", "global_entropy", *FROM_DATA)


@dataclass(frozen=True)
class Weighed:
    """``weights`` (k,), summing to one. Notes are (code, values); details are plain data.

    ``relative`` are the same before they were divided: 2 and 1 rather than 2/3 and 1/3, so that
    whole scores stay whole.
    """

    method: str
    weights: Floats
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    relative: Floats | None = None

    @property
    def used(self) -> Floats:
        return self.weights if self.relative is None else self.relative


def weights_of(node: str, setting: Weigh, given: Floats, children: Floats) -> Weighed:
    """Weights of the children of ``node``.

    ``given`` (k,) are the weights written in the spec, ``children`` (units, k) the children's own
    scores. Raises Impossible, with the node: "zero-weights", and what the method itself refuses.
    """
    if setting.method == "given":
        if not given.sum() > 0:
            raise Impossible("zero-weights", node=node)
        return Weighed("given", given / given.sum(), relative=given)
    if setting.method == "equal":
        alike = np.ones(children.shape[-1])
        return Weighed("equal", alike / alike.size, relative=alike)
    try:
        found = _found(setting, children)
    except Impossible as error:
        raise Impossible(error.rule, **{**error.values, "node": node}) from error
    notes = tuple((note.code, note.params) for note in found.notes)
    return Weighed(setting.method, found.weights, notes, found.details)


def _found(setting: Weigh, children: Floats) -> methods.Weights:
    parameters = dict(setting.parameters)
    if setting.method == "ahp":
        return methods.ahp(parameters.pop("matrix"), **parameters)
    if setting.method == "global_entropy":  # rows are units in years already
        return methods.global_entropy(children[:, None, :])
    return FROM_DATA[setting.method](children, **parameters)
