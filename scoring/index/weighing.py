"""Step 6 of the handbook: the weights of one parent's children, by the method asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
    """``weights`` (k,), summing to one. Notes are (code, values); details are plain data."""

    method: str
    weights: Floats
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


def weights_of(node: str, setting: Weigh, given: Floats, children: Floats) -> Weighed:
    """Weights of the children of ``node``.

    ``given`` (k,) are the weights written in the spec, ``children`` (units, k) the children's own
    scores. Raises Impossible, with the node: "zero-weights", and what the method itself refuses.
    """
    if setting.method == "given":
        if not given.sum() > 0:
            raise Impossible("zero-weights", node=node)
        return Weighed("given", given / given.sum())
    try:
        found = _found(setting, children)
    except Impossible as error:
        raise Impossible(error.rule, **{**error.values, "node": node}) from error
    notes = tuple((note.code, note.params) for note in found.notes)
    return Weighed(setting.method, found.weights, notes, found.details)


def _found(setting: Weigh, children: Floats) -> methods.Weights:
    parameters = dict(setting.parameters)
    if setting.method == "equal":
        return methods.equal(children.shape[-1])
    if setting.method == "ahp":
        return methods.ahp(parameters.pop("matrix"), **parameters)
    if setting.method == "global_entropy":  # rows are units in years already
        return methods.global_entropy(children[:, None, :])
    return FROM_DATA[setting.method](children, **parameters)
