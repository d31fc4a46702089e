"""Another instrument as a module: its sections, computed values and checks are spliced in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from questionnaires.instruments.problems import Path, Problem
from questionnaires.instruments.said import say

# The canonical form published as ``code@version``, or None.
Find = Callable[[str], Mapping[str, Any] | None]
MOST_MODULES = 20
_LISTS = ("sections", "computed", "checks")
_POINTED = ("points", "max_points")


def spliced(document: Mapping[str, Any], find: Find | None) -> tuple[dict[str, Any], list[Problem]]:
    """The document with the modules that ``include`` names in place, and what is wrong.

    Adds ``included``: code, version and SHA-256 of every module, so that they are part of the
    canonical form. Own parts come first and keep their places. Points of a module count where the
    tree names the module or its questions; elsewhere they are taken off.
    """
    data = {key: value for key, value in document.items() if key != "include"}
    if "included" in document:
        return data, [Problem(("included",), "unknown_field", *_BY_HAND)]
    if "include" not in document:
        return data, []
    modules, problems = _modules(document["include"], find)
    if problems:
        return data, problems
    problems = _plant(data, modules)
    for label, module in modules.items():
        _append(data, module)
        data.setdefault("included", []).append(_recorded(label, module))
    return data, problems


_BY_HAND = (
    say("no “included”, which is written when modules are read"),
    say("write “include” instead"),
)


def _modules(named: Any, find: Find | None) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    if not isinstance(named, list) or not named or len(named) > MOST_MODULES:
        expected = say("a list of 1 to %(most)s modules, each code@version", most=MOST_MODULES)
        fix = say('write ["some-module@1.0"]')
        return {}, [Problem(("include",), "bad_include", expected, fix)]
    found: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for number, label in enumerate(named):
        place: Path = ("include", number)
        module = find(label) if find and isinstance(label, str) and "@" in label else None
        if module is None:
            problems.append(_unknown(place))
        elif label in found:
            expected, fix = say("each module once"), say("remove one of the two")
            problems.append(Problem(place, "duplicate_module", expected, fix))
        else:
            found[label] = module
    return found, problems


def _unknown(place: Path) -> Problem:
    expected = say("code@version of an instrument in the catalogue that includes none itself")
    return Problem(place, "unknown_module", expected, say("correct the code and the version"))


def _recorded(label: str, module: Mapping[str, Any]) -> dict[str, str]:
    from questionnaires.instruments.canon import sha256_of

    code, version = label.split("@", 1)
    return {"code": code, "version": version, "sha256": sha256_of(dict(module))}


def _plant(data: dict[str, Any], modules: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Put the trees of modules where ``{module: code@version}`` stands in the own tree."""
    problems: list[Problem] = []

    def grown(node: Any, place: Path) -> Any:
        if not isinstance(node, Mapping):
            return node
        if "module" in node:
            return _tree_of(node, place, modules, problems)
        if isinstance(node.get("children"), list):
            kids = enumerate(node["children"])
            inside = [grown(child, (*place, "children", number)) for number, child in kids]
            return {**node, "children": inside}
        return node

    if "tree" in data:
        data["tree"] = grown(data["tree"], ("tree",))
    return problems


def _tree_of(
    node: Mapping[str, Any],
    place: Path,
    modules: Mapping[str, Mapping[str, Any]],
    problems: list[Problem],
) -> Any:
    strange = sorted(set(node) - {"module", "weight"})
    if strange:
        fix = say("remove “%(name)s”", name=strange[0])
        expected = say("module and weight only")
        problems.append(Problem((*place, strange[0]), "unknown_field", expected, fix))
    module = modules.get(node["module"]) if isinstance(node["module"], str) else None
    if module is None or "tree" not in module:
        expected = say("a module that “include” names and that has a tree")
        fix = say("name it in “include”")
        problems.append(Problem((*place, "module"), "unknown_module", expected, fix))
        return node
    weight = {"weight": node["weight"]} if "weight" in node else {}
    return {**module["tree"], **weight}


def _append(data: dict[str, Any], module: Mapping[str, Any]) -> None:
    standing = set(_leaves(data.get("tree")))
    parts = {name: list(module.get(name, ())) for name in _LISTS}
    parts["sections"] = [
        {**section, "questions": [_kept(q, standing) for q in section["questions"]]}
        for section in parts["sections"]
    ]
    parts["computed"] = [_kept(value, standing) for value in parts["computed"]]
    for name, more in parts.items():
        own = data.get(name, [])
        if more and isinstance(own, list):
            data[name] = [*own, *more]


def _leaves(node: Any) -> Iterator[str]:
    """Codes of the questions and computed values named in a tree as written."""
    if not isinstance(node, Mapping):
        return
    code = node.get("question", node.get("computed"))
    if isinstance(code, str):
        yield code
    children = node.get("children")
    for child in children if isinstance(children, list) else ():
        yield from _leaves(child)


def _kept(part: Mapping[str, Any], standing: set[str]) -> dict[str, Any]:
    """The question or value; without its points, and advice that asks for them, if not scored."""
    if part["code"] in standing:
        return dict(part)
    kept = {key: value for key, value in part.items() if key not in _POINTED}
    for name in ("options", "rungs"):
        if name in kept:
            kept[name] = [{k: v for k, v in one.items() if k != "points"} for one in kept[name]]
    if "advice" in kept:
        kept["advice"] = [one for one in kept["advice"] if "points_below" not in one]
    return kept
