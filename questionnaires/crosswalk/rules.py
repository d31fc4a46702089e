"""When an answer to one question is also the answer to another, and how it is then said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from questionnaires.instruments.questions import unit_key

EXACT_PLACES = 6  # as many decimals as instruments and answers keep
_PERCENT = {"%", "％"}


def convertible(source: Any, target: Any) -> bool:
    """Whether answers to ``source`` can be exact answers to ``target``.

    Both are questions of definitions that ask for the same indicator. Wording of the question may
    differ; options, rungs and units may not.
    """
    if {source.kind, target.kind} == {"ratio", "number"}:
        return _is_percent(source) and _is_percent(target)
    if source.kind != target.kind:
        return False
    if source.kind in ("single", "multiple"):
        return _options(source) == _options(target)
    if source.kind == "ladder":
        return _rungs(source) == _rungs(target)
    return source.kind == "ratio" or unit_key(source) == unit_key(target)


def convert(source: Any, target: Any, said: Any) -> Any:
    """The canonical answer ``said`` to ``source`` as raw answer to ``target``; None if not exact.

    Needs ``convertible(source, target)``; the caller reads the outcome with ``read_answer``, which
    refuses what is outside the target's range.
    """
    if isinstance(said, Mapping) and set(said) == {"not_applicable"}:
        return said if target.takes_not_applicable else None
    if isinstance(said, Mapping) and set(said) == {"unknown"}:
        return None
    if source.kind in ("single", "multiple"):
        return _renamed(source, target, said)
    if source.kind == "ratio":
        return _from_ratio(source, target, said)
    if source.kind == "ladder":
        return _rung(source, target, said)
    return said


def _is_percent(question: Any) -> bool:
    if question.kind == "ratio":
        return True
    return bool(_PERCENT & set(_texts(question.unit)))


def _texts(unit: Any) -> list[str]:
    return list(unit.values()) if isinstance(unit, Mapping) else [str(unit or "")]


def _options(question: Any) -> dict[str, bool]:
    """Chinese text of each option, which is authoritative, and whether it excludes the others."""
    return {option.text["zh"]: option.exclusive for option in question.options}


def _rungs(question: Any) -> list[tuple[str, frozenset[str]]]:
    return [
        (rung.text["zh"], frozenset(branch.text["zh"] for branch in rung.branches))
        for rung in question.rungs
    ]


def _renamed(source: Any, target: Any, said: Any) -> Any:
    """Option codes of ``source`` as the target's codes for the same texts."""
    texts = {option.code: option.text["zh"] for option in source.options}
    codes = {option.text["zh"]: option.code for option in target.options}
    if isinstance(said, str):
        return codes[texts[said]]
    return [codes[texts[code]] for code in said]


def _rung(source: Any, target: Any, said: Any) -> Any:
    if not isinstance(said, Mapping):
        return said
    rung = said["rung"]
    texts = {branch.code: branch.text["zh"] for branch in source.rungs[rung].branches}
    codes = {branch.text["zh"]: branch.code for branch in target.rungs[rung].branches}
    return {"rung": rung, "branches": [codes[texts[code]] for code in said["branches"]]}


def _from_ratio(source: Any, target: Any, said: Any) -> Any:
    """Counts stay counts where both count in one unit; else only a percentage that ends."""
    counts = isinstance(said, Mapping)
    if target.kind == "ratio" and (not counts or unit_key(source) == unit_key(target)):
        return said
    return _percent(said) if counts else said


def _percent(counts: Mapping[str, Any]) -> int | float | None:
    part, whole = (Decimal(repr(counts[name])) for name in ("part", "whole"))
    with localcontext() as context:
        context.prec = 60
        percent = 100 * part / whole
        kept = round(percent, EXACT_PLACES)
        if kept != percent:
            return None
    return int(kept) if kept == kept.to_integral_value() else float(kept)
