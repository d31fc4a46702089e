"""``manage.py crosswalk INSTRUMENT INSTRUMENT``: what answers to one give for the other."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from questionnaires.instruments import Definition
from questionnaires.texts import localized
from scoring.crosswalk import Coverage, Link, coverage, links
from scoring.instruments import NotUsable, find_instrument

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Show which questions of the second instrument the answers to the first give, how much of "
        "it that covers, and which questions remain. Exit status 2: unknown instrument."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        known = "code, code@version, or path of a YAML file"
        parser.add_argument("source", metavar="INSTRUMENT", help=f"answered: {known}")
        parser.add_argument("target", metavar="INSTRUMENT", help=f"wanted: {known}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source, target = (find_instrument(options[name]) for name in ("source", "target"))
        except NotUsable as error:
            self.stderr.write(str(error))
            sys.exit(UNUSABLE)
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
        try:
            self.stdout.write("\n".join(_lines(source, target)))
            self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines(source: Definition, target: Definition) -> list[str]:
    found = links(source, target)
    served = [link for link in found if link.source]
    rest = [link for link in found if not link.source]
    done = coverage(target, [link.target for link in served])
    lines = [_("Answered: %(name)s") % {"name": _name(source)}]
    lines += [_("Wanted: %(name)s") % {"name": _name(target)}, "", *_summary(done)]
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
    }[link.why]
    return f"  {link.target}  {localized(question.text)} · {why}"
