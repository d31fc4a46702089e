"""The compact text form of one submission, that a million can be read from quickly.

One CSV record: what is special, the profile, then each question's fields in the order asked. An
option is its index and a set of options its bit mask, so that columns are read as numbers; the
instrument version is immutable, so they keep their meaning. Percentages stand beside the counts
they follow from, as the nearest double, and are read back rather than divided again. The first
field holds, as JSON, the questions that do not apply or are not known.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from questionnaires.answers.profiles import NUMBERS, TEXTS, Profile
from questionnaires.answers.values import Answer, Pair, Rung, Share, State, Value
from questionnaires.instruments.definition import Definition
from questionnaires.instruments.fields import plain

# Fields of a question by kind: the end of the column's name and its type. The first tells whether
# there is an answer; a name of "-" is kept for reading back and has no column in a coded frame.
FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "single": (("", "UInt8"),),
    "multiple": (("", "Int64"),),
    "number": (("", "Float64"),),
    "ratio": (("", "Float64"), (".part", "Float64"), (".whole", "Float64")),
    "ladder": (("", "UInt8"), ("-branches", "String")),
    "yes_no": (("", "UInt8"),),
    "text": (("", "String"),),
    "date": (("", "String"),),
    "before_after": (
        (".before", "Float64"),
        (".after", "Float64"),
        (".change", "Float64"),
        ("", "Float64"),
    ),
    "evidence": (("", "UInt8"), ("-references", "String")),
}


def to_coded(definition: Definition, profile: Profile, answers: dict[str, Answer]) -> str:
    """The text form of one submission."""
    fields = [_special(answers)]
    fields += [getattr(profile, name) or "" for name in TEXTS]
    fields += [_number(getattr(profile, name)) for name in NUMBERS]
    for question in definition.questions.values():
        answer = answers.get(question.code)
        said = answer.value if answer and answer.state == State.ANSWERED else None
        blank = [""] * len(FIELDS[question.kind])
        fields += blank if said is None else _WRITERS[question.kind](question, said)
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(fields)
    return line.getvalue().removesuffix("\r\n")


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _double(value: float | None) -> str:
    return "" if value is None else repr(value)


def _special(answers: dict[str, Answer]) -> str:
    found = {
        code: answer.as_json()
        for code, answer in sorted(answers.items())
        if answer.state in (State.NOT_APPLICABLE, State.UNKNOWN)
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def _write_single(question: Any, said: str) -> list[str]:
    return [str([option.code for option in question.options].index(said))]


def _write_multiple(question: Any, said: tuple[str, ...]) -> list[str]:
    return [str(sum(1 << i for i, option in enumerate(question.options) if option.code in said))]


def _write_ratio(question: Any, said: Share) -> list[str]:
    if said.part is None:
        return [_number(said.percent), "", ""]
    return [_double(said.as_float()), _number(said.part), _number(said.whole)]


def _write_pair(question: Any, said: Pair) -> list[str]:
    change = said.after - said.before
    return [_number(said.before), _number(said.after), _number(change), _double(said.percent)]


_WRITERS: dict[str, Callable[[Any, Any], list[str]]] = {
    "single": _write_single,
    "multiple": _write_multiple,
    "number": lambda question, said: [_number(said)],
    "ratio": _write_ratio,
    "ladder": lambda question, said: [str(said.rung), " ".join(said.branches)],
    "yes_no": lambda question, said: ["1" if said else "0"],
    "text": lambda question, said: [said],
    "date": lambda question, said: [said.isoformat()],
    "before_after": _write_pair,
    "evidence": lambda question, said: [str(len(said)), json.dumps(said, ensure_ascii=False)],
}


def from_coded(definition: Definition, text: str) -> tuple[Profile, dict[str, Answer]]:
    """The profile and answers that ``to_coded`` wrote."""
    fields = next(csv.reader(io.StringIO(text, newline=""), strict=True))
    special: dict[str, Any] = json.loads(fields[0]) if fields[0] else {}
    names = [*TEXTS, *NUMBERS]
    raw: dict[str, Any] = dict(zip(names, fields[1 : 1 + len(names)], strict=True))
    known: dict[str, Any] = {
        n: Decimal(v) if n in NUMBERS else v for n, v in raw.items() if v != ""
    }
    answers: dict[str, Answer] = {}
    at = 1 + len(names)
    for question in definition.questions.values():
        width = len(FIELDS[question.kind])
        mine, at = fields[at : at + width], at + width
        if question.code in special:
            answers[question.code] = _special_answer(special[question.code])
        elif mine[0]:
            answers[question.code] = Answer(State.ANSWERED, _READERS[question.kind](question, mine))
    return Profile(**known), answers


def _special_answer(data: dict[str, Any]) -> Answer:
    if "unknown" in data:
        return Answer(State.UNKNOWN)
    return Answer(State.NOT_APPLICABLE, reason=data["not_applicable"])


def _read_multiple(question: Any, fields: list[str]) -> Value:
    mask = int(fields[0])
    return tuple(option.code for i, option in enumerate(question.options) if mask >> i & 1)


def _read_ratio(question: Any, fields: list[str]) -> Value:
    if fields[1]:
        return Share(None, Decimal(fields[1]), Decimal(fields[2]))
    return Share(Decimal(fields[0]))


_READERS: dict[str, Callable[[Any, list[str]], Value]] = {
    "single": lambda question, fields: question.options[int(fields[0])].code,
    "multiple": _read_multiple,
    "number": lambda question, fields: Decimal(fields[0]),
    "ratio": _read_ratio,
    "ladder": lambda question, fields: Rung(int(fields[0]), tuple(fields[1].split())),
    "yes_no": lambda question, fields: fields[0] == "1",
    "text": lambda question, fields: fields[0],
    "date": lambda question, fields: date.fromisoformat(fields[0]),
    "before_after": lambda question, fields: Pair(Decimal(fields[0]), Decimal(fields[1])),
    "evidence": lambda question, fields: tuple(json.loads(fields[1])),
}


def special_states(text: str) -> dict[str, int]:
    """State numbers of the questions in a record's first field."""
    found: dict[str, Any] = json.loads(text)
    return {
        code: int(State.UNKNOWN if "unknown" in said else State.NOT_APPLICABLE)
        for code, said in found.items()
    }


Texts = Sequence[str]
