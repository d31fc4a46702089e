"""One row of results as the object of docs/result-format.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.engine.binding import binding
from scoring.engine.numbers import Compiled, plain, rounded
from scoring.engine.points import NOT_APPLICABLE, NOT_ASKED, UNANSWERED, UNKNOWN
from scoring.engine.tracing import trace

Row = Mapping[str, Any]

_MEASURED = ("number", "ratio", "ladder", "before_after", "yes_no")


def explain(compiled: Compiled, coded: Row, scored: Row, said: Mapping[str, Any]) -> dict[str, Any]:
    """The scored part of a result: from ``total`` to ``trace``.

    ``coded`` and ``scored`` are rows (column → value) of the coded frame and of
    ``score(…, details=True)``; ``said`` maps questions to the answers as they were given.
    """
    alerts = _alerts(compiled, scored)
    if scored["error"]:
        return {**nothing(compiled), **alerts}
    nodes = {node["code"]: plain(scored[f"node.{node['code']}"]) for node in compiled["nodes"]}
    return {
        "total": plain(scored["total"]),
        "max": maximum(compiled),
        **_level(compiled, scored["level"]),
        "nodes": nodes,
        "items": _items(compiled, scored),
        "values": _values(compiled, coded, scored),
        "binding": binding(compiled, scored),
        "advice": _advice(compiled, coded, scored),
        **_states(compiled, coded),
        **alerts,
        "trace": trace(compiled, coded, scored, said),
    }


def nothing(compiled: Compiled) -> dict[str, Any]:
    """The scored part of a result that cannot be given."""
    return {
        "total": None,
        "max": maximum(compiled),
        "level": None,
        "level_code": None,
        "level_name": None,
        "level_name_en": None,
        "nodes": {},
        "items": {},
        "values": {},
        "binding": [],
        "advice": {},
        "unanswered": [],
        "not_applicable": [],
        "not_asked": [],
        "warnings": [],
        "errors": [],
        "trace": {"parts": [], "sum": None},
    }


def maximum(compiled: Compiled) -> int | float | None:
    """The root's maximum."""
    return plain(compiled["nodes"][-1]["max"]) if compiled["nodes"] else None


def _level(compiled: Compiled, rank: int) -> dict[str, Any]:
    levels = compiled["levels"]
    if not levels:
        return {"level": None, "level_code": None, "level_name": None, "level_name_en": None}
    step = levels["steps"][rank - 1] if rank else {"code": None, **levels["none"]}
    name = step["name"]
    return {
        "level": rank,
        "level_code": step["code"],
        "level_name": name["zh"],
        "level_name_en": name["en"],
    }


def _items(compiled: Compiled, scored: Row) -> dict[str, int | float | None]:
    items = [*compiled["questions"], *compiled["computed"]]
    return {i["code"]: plain(scored[f"item.{i['code']}"]) for i in items if i["plan"]}


def _values(compiled: Compiled, coded: Row, scored: Row) -> dict[str, int | float]:
    found: dict[str, int | float] = {}
    for question in compiled["questions"]:
        if question["indicator"] and question["kind"] in _MEASURED:
            _put(found, question["indicator"], coded[question["code"]])
    for value in compiled["computed"]:
        if value["indicator"]:
            _put(found, value["indicator"], scored[f"value.{value['code']}"])
    return found


def _put(found: dict[str, int | float], indicator: str, value: Any) -> None:
    number = rounded(None if value is None else float(value))
    if number is not None:
        found[indicator] = number


def _states(compiled: Compiled, coded: Row) -> dict[str, list[str]]:
    states = {q["code"]: coded[f"{q['code']}.state"] for q in compiled["questions"]}
    wanted = {
        "unanswered": (UNANSWERED, UNKNOWN),
        "not_applicable": (NOT_APPLICABLE,),
        "not_asked": (NOT_ASKED,),
    }
    return {name: [c for c, s in states.items() if s in which] for name, which in wanted.items()}


def _advice(compiled: Compiled, coded: Row, scored: Row) -> dict[str, list[int]]:
    """By question asked, the places of the advice whose ``when`` holds."""
    found: dict[str, list[int]] = {}
    for question in compiled["questions"]:
        code = question["code"]
        places = [n for n, a in enumerate(question["advice"]) if "when" in a]
        holding = [n for n in places if scored[f"advice.{code}.{n}"]]
        if holding and coded[f"{code}.state"] not in (NOT_ASKED, NOT_APPLICABLE):
            found[code] = holding
    return found


def _alerts(compiled: Compiled, scored: Row) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"warnings": [], "errors": []}
    for check in compiled["checks"]:
        if scored[f"check.{check['code']}"]:
            questions = check["questions"]
            found["errors" if check["severity"] == "error" else "warnings"].append(
                {
                    "code": check["code"],
                    "question": questions[0] if questions else None,
                    "questions": questions,
                    "message": check["message"],
                }
            )
    return found
