"""An instrument's rules in plain words, for the page that shows it whole.

Reads the canonical form (docs/instrument-format.md) and computes no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from questionnaires.texts import localized

Part = dict[str, Any]

KINDS = {
    "single": gettext_noop("one answer"),
    "multiple": gettext_noop("several answers"),
    "number": gettext_noop("a number"),
    "ratio": gettext_noop("a percentage, or the two counts behind it"),
    "ladder": gettext_noop("one rung of a ladder"),
    "yes_no": gettext_noop("yes or no"),
    "text": gettext_noop("a text"),
    "date": gettext_noop("a date"),
    "before_after": gettext_noop("a value before and after"),
    "evidence": gettext_noop("documents"),
}
AGGREGATES = {
    "sum": gettext_noop("the parts added up"),
    "weighted_mean": gettext_noop("the weighted mean of the parts, each as percent of its maximum"),
    "minimum": gettext_noop("the weakest part, as percent of its maximum"),
    "geometric_mean": gettext_noop(
        "the weighted geometric mean of the parts, each as percent of its maximum"
    ),
}
MISSING = {
    "zero": gettext_noop("An unanswered question earns no points."),
    "reweight": gettext_noop("An unanswered question is left out; the others carry its weight."),
    "full": gettext_noop("An unanswered question earns all of its points."),
}
NOT_APPLICABLE = {
    "zero": gettext_noop("A question that does not apply earns no points."),
    "reweight": gettext_noop(
        "A question that does not apply is left out; the others carry its weight."
    ),
    "full": gettext_noop("A question that does not apply earns all of its points."),
}


class Wording:
    """``definition`` told in the reader's language."""

    def __init__(self, definition: Part) -> None:
        self.definition = definition

    @cached_property
    def questions(self) -> dict[str, Part]:
        """Questions and computed values by code."""
        asked = {q["code"]: q for s in self.definition["sections"] for q in s["questions"]}
        return asked | {c["code"]: c for c in self.definition.get("computed") or []}

    @property
    def sections(self) -> Iterator[Part]:
        for section in self.definition["sections"]:
            told = [self._question(question) for question in section["questions"]]
            yield {**section, "questions": told}

    @property
    def question_count(self) -> int:
        return sum(len(section["questions"]) for section in self.definition["sections"])

    @property
    def computed(self) -> list[Part]:
        return [
            {**c, "rules": list(points_rules(c.get("points")))}
            for c in self.definition.get("computed") or []
        ]

    @property
    def checks(self) -> list[Part]:
        return self.definition.get("checks") or []

    @property
    def policies(self) -> list[str]:
        """What an unanswered question and one that does not apply do to the score."""
        defaults = self.definition.get("defaults") or {}
        missing = MISSING[defaults.get("missing", "zero")]
        absent = NOT_APPLICABLE[defaults.get("not_applicable", "reweight")]
        told = [_(missing), _(absent)]
        if self.definition.get("weights") == "assessor":
            told.append(_("The weights are a proposal: each round may choose its own."))
        return told

    @property
    def tree(self) -> Part | None:
        root = self.definition.get("tree")
        return self._node(root, weighted=False) if root else None

    @property
    def levels(self) -> list[Part]:
        """Highest first, each with its conditions in words."""
        steps = (self.definition.get("levels") or {}).get("steps") or []
        told = [
            {**step, "rank": rank, "conditions": [self._condition(c) for c in step["all"]]}
            for rank, step in enumerate(steps, start=1)
        ]
        return told[::-1]

    def _question(self, question: Part) -> Part:
        choices = question.get("options") or numbered(question.get("rungs") or [])
        return {
            **question,
            "kind_words": kind_words(question),
            "rules": list(points_rules(question.get("points"))),
            "choices": choices,
            "scored": any("points" in choice for choice in choices),
        }

    def _node(self, node: Part, weighted: bool) -> Part:
        if "question" in node:
            question = self.questions[node["question"]]
            title = question.get("title") or question.get("text")
            told: Part = {"title": title, "question": node["question"], "children": []}
        else:
            means = node["aggregate"] in ("weighted_mean", "geometric_mean")
            told = {
                "title": node["title"],
                "how": aggregate_words(node),
                "max": node.get("max") if node["aggregate"] == "sum" else node.get("scale"),
                "children": [self._node(child, means) for child in node["children"]],
            }
        return {**told, "weight": node.get("weight") if weighted else None}

    def _title(self, code: str) -> str:
        return next(
            localized(n["title"]) for n in nodes(self.definition["tree"]) if n["code"] == code
        )

    def _condition(self, condition: Part) -> Part:
        """``{"text": …}``, and for alternatives ``{"text": …, "any": [...]}``."""
        kind, said = next((k, v) for k, v in condition.items() if v is not None)
        if kind == "any":
            return {"text": _("at least one of these:"), "any": [self._condition(c) for c in said]}
        return {"text": getattr(self, f"_{kind}")(said)}

    def _score(self, said: Part) -> str:
        return _("“%(node)s” at least %(value)s") % {
            "node": self._title(said["node"]),
            "value": said["at_least"],
        }

    def _minimum(self, said: Part) -> str:
        names = listed(f"“{self._title(code)}”" for code in said["nodes"])
        return _("each of %(nodes)s at least %(value)s") % {
            "nodes": names,
            "value": said["at_least"],
        }

    def _rungs(self, said: Part) -> str:
        counted = self._ladders(said)
        values = {"rung": said["rung"], "of": len(counted), "codes": listed(counted)}
        if said.get("share") is not None:
            values["share"] = said["share"]
            return (
                _("%(share)s%% of %(of)d ladder questions at rung %(rung)d or above (%(codes)s)")
                % values
            )
        values["count"] = said["at_least"]
        return (
            ngettext(
                "%(count)d of %(of)d ladder questions at rung %(rung)d or above (%(codes)s)",
                "%(count)d of %(of)d ladder questions at rung %(rung)d or above (%(codes)s)",
                said["at_least"],
            )
            % values
        )

    def _ladders(self, said: Part) -> list[str]:
        if said.get("questions"):
            return list(said["questions"])
        ladders = [q for q in self.questions.values() if q.get("kind") == "ladder"]
        tag = said.get("tagged")
        return [q["code"] for q in ladders if tag is None or tag in (q.get("tags") or [])]

    def _level(self, said: str) -> str:
        steps = self.definition["levels"]["steps"]
        name = next(localized(step["name"]) for step in steps if step["code"] == said)
        return _("“%(level)s” is reached") % {"level": name}

    def _veto(self, said: Part) -> str:
        return _("not the case: %(text)s") % {"text": localized(said.get("text")) or said["when"]}

    def _holds(self, said: Part) -> str:
        return localized(said.get("text")) or said["when"]


def kind_words(question: Part) -> str:
    """What kind of answer a question takes."""
    words = KINDS[question["kind"]]
    return _(words)


def aggregate_words(node: Part) -> str:
    """How a node's score follows from its parts."""
    words = AGGREGATES[node["aggregate"]]
    return _(words)


def listed(words: Iterable[str]) -> str:
    """One after the other, as the reader's language does it."""
    return pgettext("between the items of a list", ", ").join(words)


def nodes(node: Part) -> Iterator[Part]:
    """The node and all nodes below it."""
    yield node
    for child in node.get("children") or []:
        if "children" in child:
            yield from nodes(child)


def numbered(rungs: list[Part]) -> list[Part]:
    """Rungs with their number as the code people see."""
    return [{**rung, "code": number} for number, rung in enumerate(rungs)]


def points_rules(points: Part | None) -> Iterator[str]:
    """How a number, a yes or a formula earns points."""
    if not points:
        return
    for band in points.get("bands") or []:
        yield _("%(range)s: %(points)s points") % {
            "range": interval_words(band["interval"]),
            "points": band["points"],
        }
    if line := points.get("linear"):
        yield (
            _("%(worst)s earns 0 points, %(best)s earns %(points)s, on a straight line in between")
            % line
        )
    if "expression" in points:
        yield _("by the formula %(formula)s, at most %(max)s points") % {
            "formula": points["expression"],
            "max": points["max"],
        }
    if "yes" in points:
        yield _("yes: %(yes)s points, no: %(no)s points") % points


def interval_words(interval: str) -> str:
    """``(10,20]`` → “10 < x ≤ 20”; ends that are included say so by their sign."""
    low, high = interval[1:-1].split(",")
    left, right = ("≤" if interval[0] == "[" else "<"), ("≤" if interval[-1] == "]" else "<")
    if low == high:
        return f"x = {low}"
    if low == "-inf":
        return f"x {right} {high}"
    if high == "inf":
        return f"x {'≥' if interval[0] == '[' else '>'} {low}"
    return f"{low} {left} x {right} {high}"
