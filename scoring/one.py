"""From answers as given to results: one submission and a batch take the same path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from questionnaires.answers import Profile, Sheet, encode, read_answers, read_profile
from questionnaires.answers.messages import problem
from questionnaires.answers.values import AnswerProblem, State
from questionnaires.instruments import Definition, load_definition
from questionnaires.instruments.weighting import Weights, sha256_of, weighted

if TYPE_CHECKING:
    from questionnaires.models import InstrumentVersion

Given = tuple[Any, Any, Any]  # id, profile, answers: as they came


@dataclass(frozen=True)
class Read:
    """One enterprise's input, read."""

    id: Any
    profile: Profile
    sheet: Sheet
    errors: tuple[AnswerProblem, ...]
    warnings: tuple[AnswerProblem, ...]

    @property
    def sha256(self) -> str:
        """Hash of the canonical form of profile and answers."""
        inputs = {"answers": self.sheet.said, "profile": self.profile.as_json()}
        text = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def score_one(
    instrument: Definition | InstrumentVersion,
    profile: Any,
    answers: Any,
    id: Any = None,
    weights: Weights | None = None,
) -> dict[str, Any]:
    """The result object of docs/result-format.md for one enterprise. Never raises on bad answers:
    they stand in ``errors``. ``weights`` are those a round has chosen, if any."""
    return score_rows(instrument, [(id, profile, answers)], weights)[0]


def score_rows(
    instrument: Definition | InstrumentVersion,
    rows: Sequence[Given],
    weights: Weights | None = None,
) -> list[dict[str, Any]]:
    """The result objects of many enterprises, in the order given."""
    published = _definition(instrument)
    definition = weighted(published, weights)
    read = [read_input(definition, *row) for row in rows]
    scored = iter(_scored(definition, [one for one in read if not one.errors]))
    results = [failed(definition, r.id, r.errors) if r.errors else next(scored) for r in read]
    return [_with_weights(one, published, weights) for one in results] if weights else results


def _with_weights(
    result: dict[str, Any], published: Definition, weights: Weights
) -> dict[str, Any]:
    """The result names the published edition, and beside it the weights that were chosen."""
    chosen = {"sha256": sha256_of(weights), "values": weights}
    return {**result, "instrument_sha256": published.sha256, "weights": chosen}


def _definition(instrument: Definition | InstrumentVersion) -> Definition:
    if isinstance(instrument, Definition):
        return instrument
    return load_definition(instrument.definition)


def read_input(definition: Definition, id: Any, profile: Any, answers: Any) -> Read:
    """Read one enterprise's profile and answers, with all that is wrong with them."""
    known, errors, warnings = read_profile(profile)
    sheet = read_answers(definition, answers)
    return Read(id, known, sheet, (*errors, *sheet.problems), tuple(warnings))


def _scored(definition: Definition, read: Sequence[Read]) -> list[dict[str, Any]]:
    from scoring.engine import explain, score

    if not read:
        return []
    compiled = definition.compiled
    coded = encode(definition, [(one.profile, one.sheet.answers) for one in read])
    results = score(compiled, coded, details=True)
    rows = zip(read, coded.iter_rows(named=True), results.iter_rows(named=True), strict=True)
    return [
        _result(definition, one, a, b, explain(compiled, a, b, one.sheet.said))
        for one, a, b in rows
    ]


def _result(
    definition: Definition, one: Read, coded: Mapping[str, Any], scored: Any, part: dict[str, Any]
) -> dict[str, Any]:
    ignored = [
        problem("not_asked_answered", code)
        for code, answer in one.sheet.answers.items()
        if answer.state != State.UNANSWERED and coded[f"{code}.state"] == State.NOT_ASKED
    ]
    notes = [*one.warnings, *sorted(ignored, key=lambda p: p.question or "")]
    part["warnings"] = [note.as_dict() for note in notes] + part["warnings"]
    return {**_head(definition, one.id, one.sha256), **part}


def failed(definition: Definition, id: Any, errors: Sequence[AnswerProblem]) -> dict[str, Any]:
    """The result object of input that could not be read."""
    from scoring.engine.explaining import nothing

    empty = nothing(definition.compiled)
    empty["errors"] = [error.as_dict() for error in errors]
    return {**_head(definition, id, None), **empty}


def _head(definition: Definition, id: Any, inputs: str | None) -> dict[str, Any]:
    from scoring.engine import ENGINE

    return {
        "id": id,
        "instrument": definition.label,
        "instrument_sha256": definition.sha256,
        "engine": ENGINE,
        "inputs_sha256": inputs,
    }
