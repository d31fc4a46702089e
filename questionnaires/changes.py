"""What changed between two versions of an instrument: pure, from their canonical forms.

Texts of the change are in the reader's language; codes, points and intervals are as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from questionnaires.texts import localized
from questionnaires.wording import Wording, aggregate_words, kind_words, listed, points_rules

Part = dict[str, Any]
How = Literal["added", "removed", "changed"]
ABSENT = "—"

# Fields of a question that are compared as they are, and what they are called.
FIELDS = {
    "help": gettext_noop("Help"),
    "unit": gettext_noop("Unit"),
    "indicator": gettext_noop("Indicator"),
    "relevant": gettext_noop("Asked only where"),
    "required": gettext_noop("Required"),
    "allow_not_applicable": gettext_noop("May be answered “does not apply”"),
    "not_applicable": gettext_noop("When it does not apply"),
    "missing": gettext_noop("When unanswered"),
    "min": gettext_noop("At least"),
    "max": gettext_noop("At most"),
    "max_points": gettext_noop("Most points"),
    "part": gettext_noop("Part"),
    "whole": gettext_noop("Whole"),
    "evidence": gettext_noop("What would back the answer"),
    "value": gettext_noop("Formula"),
}
NODE_FIELDS = {"max": gettext_noop("Most points"), "weight": gettext_noop("Weight")}


@dataclass(frozen=True)
class Detail:
    """One thing that is different: what, before, after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A part of the instrument that was added, removed or changed."""

    kind: Literal["instrument", "section", "question", "node", "level", "check"]
    how: How
    code: str
    title: str
    details: tuple[Detail, ...] = ()


def changes(old: Part, new: Part) -> list[Change]:
    """Everything that differs, in the order of the new version; removed parts last of their kind.

    >>> changes(definition_1, definition_2)[0].details
    """
    return [
        *_head(old, new),
        *_compared("section", _sections(old), _sections(new), _section_details),
        *_compared("question", _questions(old), _questions(new), _question_details),
        *_compared("node", _nodes(old), _nodes(new), _node_details),
        *_compared("level", _levels(old), _levels(new), _level_details),
        *_compared("check", _checks(old), _checks(new), _check_details),
    ]


def _head(old: Part, new: Part) -> Iterator[Change]:
    names = {"title": _("Title"), "notice": _("Notice"), "summary": _("Summary")}
    before, after = (" ".join(Wording(each).policies) for each in (old, new))
    found = (
        *(
            detail
            for field, name in names.items()
            for detail in _differs(name, localized(old.get(field)), localized(new.get(field)))
        ),
        *_differs(_("General rules"), before, after),
    )
    if found:
        yield Change("instrument", "changed", new["code"], localized(new["title"]), found)


def _compared(kind: Any, old: dict[str, Part], new: dict[str, Part], details: Any) -> list[Change]:
    found = []
    for code, part in new.items():
        if code not in old:
            found.append(Change(kind, "added", code, _title(part)))
        elif different := tuple(details(old[code], part)):
            found.append(Change(kind, "changed", code, _title(part), different))
    gone = [Change(kind, "removed", code, _title(old[code])) for code in old if code not in new]
    return found + gone


def _title(part: Part) -> str:
    for name in ("title", "name", "text", "message"):
        if part.get(name):
            return localized(part[name])
    return ""


def _differs(what: str, before: str, after: str) -> Iterator[Detail]:
    if before != after:
        yield Detail(what, before or ABSENT, after or ABSENT)


# --- sections and questions -------------------------------------------------------------------


def _sections(definition: Part) -> dict[str, Part]:
    return {section["code"]: section for section in definition["sections"]}


def _section_details(old: Part, new: Part) -> Iterator[Detail]:
    yield from _differs(_("Title"), localized(old["title"]), localized(new["title"]))
    yield from _differs(_("Introduction"), localized(old.get("intro")), localized(new.get("intro")))
    yield from _differs(_("Asked only where"), old.get("relevant") or "", new.get("relevant") or "")


def _questions(definition: Part) -> dict[str, Part]:
    asked = {
        question["code"]: {**question, "section": localized(section["title"])}
        for section in definition["sections"]
        for question in section["questions"]
    }
    return asked | {value["code"]: value for value in definition.get("computed") or []}


def _question_details(old: Part, new: Part) -> Iterator[Detail]:
    yield from _differs(_("Wording"), _title(old), _title(new))
    yield from _differs(_("Section"), old.get("section", ""), new.get("section", ""))
    yield from _differs(_("Kind of answer"), _kind(old), _kind(new))
    for field, name in FIELDS.items():
        yield from _differs(_(name), _said(old.get(field)), _said(new.get(field)))
    yield from _differs(_("Points"), _points(old), _points(new))
    yield from _choice_details(_choices(old), _choices(new))


def _kind(question: Part) -> str:
    return kind_words(question) if "kind" in question else _("computed")


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return (
        localized(value) if isinstance(value, dict | str) else "" if value is None else str(value)
    )


def _points(question: Part) -> str:
    return pgettext("between parts of a sentence", "; ").join(points_rules(question.get("points")))


def _choices(question: Part) -> dict[str, Part]:
    """Options by code, rungs and their branches by number."""
    found = {str(option["code"]): option for option in question.get("options") or []}
    for number, rung in enumerate(question.get("rungs") or []):
        found[str(number)] = rung
        found |= {f"{number} {each['code']}": each for each in rung.get("branches") or []}
    return found


def _choice_details(old: dict[str, Part], new: dict[str, Part]) -> Iterator[Detail]:
    for code in [*new, *(code for code in old if code not in new)]:
        name = _("Choice %(code)s") % {"code": code}
        yield from _differs(name, _choice(old.get(code)), _choice(new.get(code)))


def _choice(choice: Part | None) -> str:
    """The choice's words and points, as one text."""
    if choice is None:
        return ""
    parts = [localized(choice.get("name")), localized(choice["text"])]
    if choice.get("points") is not None:
        parts.append(_("%(points)s points") % {"points": choice["points"]})
    if choice.get("exclusive"):
        parts.append(_("excludes all others"))
    return " · ".join(part for part in parts if part)


# --- scoring ----------------------------------------------------------------------------------


def _nodes(definition: Part) -> dict[str, Part]:
    root = definition.get("tree")
    return dict(_walk(root)) if root else {}


def _walk(node: Part) -> Iterator[tuple[str, Part]]:
    yield node["code"], node
    for child in node["children"]:
        if "children" in child:
            yield from _walk(child)


def _node_details(old: Part, new: Part) -> Iterator[Detail]:
    yield from _differs(_("Title"), localized(old["title"]), localized(new["title"]))
    before, after = (aggregate_words(node) for node in (old, new))
    yield from _differs(_("How it is computed"), before, after)
    for field, name in NODE_FIELDS.items():
        yield from _differs(_(name), _said(old.get(field)), _said(new.get(field)))
    yield from _differs(_("Parts"), _children(old), _children(new))


def _children(node: Part) -> str:
    """The parts with their weights: “Q1 × 2, Q2”."""
    return listed(
        f"{child.get('question') or child.get('computed') or child['code']}"
        + (f" × {child['weight']}" if child.get("weight") not in (None, 1) else "")
        for child in node["children"]
    )


def _levels(definition: Part) -> dict[str, Part]:
    return {
        step["code"]: {**step, "of": definition}
        for step in (definition.get("levels") or {}).get("steps") or []
    }


def _level_details(old: Part, new: Part) -> Iterator[Detail]:
    yield from _differs(_("Name"), localized(old["name"]), localized(new["name"]))
    yield from _differs(_("Description"), localized(old.get("text")), localized(new.get("text")))
    yield from _differs(_("Conditions"), _conditions(old), _conditions(new))


def _conditions(step: Part) -> str:
    told = next(each for each in Wording(step["of"]).levels if each["code"] == step["code"])
    return pgettext("between parts of a sentence", "; ").join(_flat(told["conditions"]))


def _flat(conditions: list[Part]) -> Iterator[str]:
    for condition in conditions:
        inside = listed(_flat(condition["any"])) if condition.get("any") else ""
        yield f"{condition['text']} {inside}".strip()


def _checks(definition: Part) -> dict[str, Part]:
    return {check["code"]: check for check in definition.get("checks") or []}


def _check_details(old: Part, new: Part) -> Iterator[Detail]:
    yield from _differs(_("Message"), localized(old["message"]), localized(new["message"]))
    yield from _differs(_("Formula"), old["when"], new["when"])
    names = {"error": _("(prevents submission)"), "warning": _("(a hint)")}
    yield from _differs(_("Severity"), names[old["severity"]], names[new["severity"]])
