"""The definition behind an instrument version, kept in memory by its hash."""

from __future__ import annotations

from collections import OrderedDict

from questionnaires.instruments import Definition, load_definition
from questionnaires.models import InstrumentVersion

_KEPT: OrderedDict[str, Definition] = OrderedDict()
_MOST = 32


def definition_of(version: InstrumentVersion) -> Definition:
    """The typed definition. ``version.definition`` is read only when it is not kept yet, so
    querysets may defer that large column."""
    found = _KEPT.get(version.sha256)
    if found is None:
        found = _KEPT[version.sha256] = load_definition(version.definition)
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found


def section_of(definition: Definition, question: str):
    """The section a question stands in."""
    return next(s for s in definition.sections if any(q.code == question for q in s.questions))
