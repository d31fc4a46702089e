"""``manage.py crosswalk INSTRUMENT INSTRUMENT …``: what answers to one give for the others."""

from __future__ import annotations

import json
import os
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from questionnaires.instruments import Definition
from questionnaires.texts import localized
from scoring.crosswalk import Coverage, Given, Link, coverage, links
from scoring.crosswalk_bounds import Bounds
from scoring.crosswalk_results import under
from scoring.instruments import NotUsable, find_instrument
from scoring.shape import levels_of

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Show which questions of the other instruments the answers to the first give, how much of "
        "them that covers, and which questions remain; with --answers also between which ends "
        "the full scores lie. Exit status 2: unknown instrument or unreadable answers."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        known = "code, code@version, or path of a YAML file"
        parser.add_argument("source", metavar="INSTRUMENT", help=f"answered: {known}")
        parser.add_argument("target", metavar="INSTRUMENT", nargs="+", help=f"wanted: {known}")
        parser.add_argument(
            "--answers",
            metavar="FILE",
            help='JSON file {"profile": …, "answers": …} of one enterprise; - reads from stdin',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = find_instrument(options["source"])
            targets = [find_instrument(name) for name in options["target"]]
            given = _read(options["answers"]) if options["answers"] else None
        except NotUsable as error:
            self.stderr.write(str(error))
            sys.exit(UNUSABLE)
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        parts = [_lines(source, target, given) for target in targets]
        try:
            self.stdout.write("\n\n".join("\n".join(lines) for lines in parts))
            self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read(name: str) -> dict[str, Any]:
    """Profile and answers of one enterprise. Raises NotUsable with file and reason."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        found = json.loads(text)
    except (OSError, ValueError) as error:
        words = _("%(file)s: cannot be read as JSON (%(error)s).")
        raise NotUsable(words % {"file": name, "error": error}) from error
    if not isinstance(found, dict) or not isinstance(found.get("answers"), dict):
        words = _('%(file)s: expected an object with "answers" (and "profile").')
        raise NotUsable(words % {"file": name})
    return found


def _lines(source: Definition, target: Definition, given: dict[str, Any] | None) -> list[str]:
    head = [
        _("Answered: %(name)s") % {"name": _name(source)},
        _("Wanted: %(name)s") % {"name": _name(target)},
        "",
    ]
    return head + (_of_answers(source, target, given) if given else _of_questions(source, target))


def _of_answers(source: Definition, target: Definition, given: dict[str, Any]) -> list[str]:
    """Coverage by these very answers, the ends of the score, and what remains."""
    done, ends = under(target, given["answers"], source, given.get("profile"))
    lines = _summary(done.coverage) + (_ends(target, ends) if ends else [])
    if done.given:
        lines += ["", _("Covered:"), *(_from(c, one, target) for c, one in done.given.items())]
    if done.open:
        open_ = [f"  {code}  {localized(target.questions[code].text)}" for code in done.open]
        lines += ["", _("Remaining:"), *open_]
    return lines


def _ends(target: Definition, ends: Bounds) -> list[str]:
    low, high, most = (f"{number.normalize():f}" for number in (ends.low, ends.high, ends.max))
    words = {"low": low, "high": high, "max": most}
    lines = [_("Full score: from %(low)s to %(high)s of %(max)s") % words]
    names = [localized(level.name) for level in levels_of(target)]
    if names:
        low, high = names[ends.level_low], names[ends.level_high]
        one = _("Level: %(low)s") if low == high else _("Level: from %(low)s to %(high)s")
        lines.append(one % {"low": low, "high": high})
    return lines


def _from(code: str, one: Given, target: Definition) -> str:
    why = f" · {localized(one.rule.reason)}" if one.rule else ""
    return f"  {one.source} → {code}  {localized(target.questions[code].text)}{why}"


def _of_questions(source: Definition, target: Definition) -> list[str]:
    found = links(source, target)
    served = [link for link in found if link.source]
    rest = [link for link in found if not link.source]
    lines = _summary(coverage(target, [link.target for link in served]))
    lines += ["", _("Covered:"), *(_served(link, target) for link in served)] if served else []
    lines += ["", _("Remaining:"), *(_remaining(link, target) for link in rest)] if rest else []
    return lines


def _name(definition: Definition) -> str:
    return f"{localized(definition.title)}  {definition.label}"


def _summary(done: Coverage) -> list[str]:
    counts = {
        "questions": done.questions, "all_questions": done.all_questions,
        "scored": done.scored, "all_scored": done.all_scored,
    }  # fmt: skip
    lines = [
        _("Questions answered: %(questions)d of %(all_questions)d") % counts,
        _("Scored items covered: %(scored)d of %(all_scored)d") % counts,
    ]
    if done.points is not None:
        lines.append(_("Share of the whole score: %(percent)s%%") % {"percent": _percent(done)})
    return lines


def _percent(done: Coverage) -> str:
    return f"{float(round((done.points or Fraction(0)) * 100, 1)):.1f}"


def _served(link: Link, target: Definition) -> str:
    question = target.questions[link.target]
    return f"  {link.source} → {link.target}  {localized(question.text)}"


def _remaining(link: Link, target: Definition) -> str:
    question = target.questions[link.target]
    why = {
        "not_asked_there": _("not asked there"),
        "asked_differently": _("asked there in another way"),
        "may_follow": _("may follow from: %(questions)s")
        % {"questions": ", ".join(code for code, _rule in link.rules)},
    }[link.why]
    return f"  {link.target}  {localized(question.text)} · {why}"
