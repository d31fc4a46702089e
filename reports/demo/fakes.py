"""A few made-up enterprises whose answers look odd, so that there are points to check to look at.

Each change is one that the checks of scoring.integrity look for; nothing here knows an instrument.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from assessment.models import Round, Submission
from questionnaires.answers import read_answers, read_profile, to_coded
from questionnaires.instruments.canon import load_definition
from questionnaires.instruments.definition import Definition

Answers = dict[str, Any]


def falsify(round: Round, luck: Random) -> list[Submission]:
    """Change the submitted answers of a few enterprises of a round, before they are scored."""
    definition = load_definition(round.instrument_version.definition)
    rows = Submission.objects.unscoped("the demo's own").filter(
        round=round, state=Submission.State.SUBMITTED
    )
    done = list(rows.order_by("pk"))
    luck.shuffle(done)
    changed = []
    for change in (_totals, _straight):
        fit = [one for one in done if change(definition, one.answers_json) != one.answers_json]
        if fit:
            done.remove(fit[0])
            changed.append(_write(definition, fit[0], change))
    twins = _like_each_other(done)
    if twins:
        one, other = twins
        changed.append(_write(definition, other, _copy_of(one.answers_json)))
    return changed


def _like_each_other(done: list[Submission]) -> tuple[Submission, Submission] | None:
    """Two enterprises of one industry and size, who are asked the same questions."""
    seen: dict[tuple[Any, Any], Submission] = {}
    for one in done:
        key = (one.profile.get("industry"), one.profile.get("size"))
        if key in seen:
            return seen[key], one
        seen[key] = one
    return None


def _write(
    definition: Definition,
    one: Submission,
    change: Callable[[Definition, Answers], Answers],
) -> Submission:
    said = change(definition, dict(one.answers_json))
    read = read_answers(definition, said)
    one.answers_json = read.said
    one.answers_coded = to_coded(definition, read_profile(one.profile)[0], read.answers)
    one.save(update_fields=["answers_json", "answers_coded"])
    return one


def _copy_of(answers: Answers) -> Callable[[Definition, Answers], Answers]:
    """Another's answers, but numbers, which go with the size of the enterprise."""

    def copy(definition: Definition, said: Answers) -> Answers:
        questions = definition.questions
        taken = {c: v for c, v in answers.items() if questions[c].kind != "number"}
        return said | taken

    return copy


def _totals(definition: Definition, said: Answers) -> Answers:
    """One total, told differently in two questions."""
    wholes: dict[str, str] = {}
    for question in definition.questions.values():
        if question.kind != "ratio" or not question.whole or question.code not in said:
            continue
        words = question.whole["zh"]
        if words in wholes:
            return said | {
                wholes[words]: {"part": 36, "whole": 120},
                question.code: {"part": 12, "whole": 48},
            }
        wholes[words] = question.code
    return said


def _straight(definition: Definition, said: Answers) -> Answers:
    """The same rung throughout the longest section of graded questions that was answered."""
    ladders: list[list[str]] = [
        [q.code for q in section.questions if q.kind == "ladder" and q.code in said]
        for section in definition.sections
    ]
    longest = sorted(ladders, key=lambda codes: len(codes))[-1]
    return said | dict.fromkeys(longest, 3)
