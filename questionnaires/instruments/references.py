"""What an instrument names in the rest of the catalogue; the importer checks that it exists."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.instruments.crosschecks import question_paths
from questionnaires.instruments.definition import Definition
from questionnaires.instruments.problems import Path


def indicator_references(definition: Definition) -> Iterator[tuple[Path, str]]:
    """Path and code of every indicator named."""
    for path, question in question_paths(definition):
        if question.indicator:
            yield (*path, "indicator"), question.indicator
    for index, computed in enumerate(definition.computed):
        if computed.indicator:
            yield ("computed", index, "indicator"), computed.indicator


def source_references(definition: Definition) -> Iterator[tuple[Path, str]]:
    """Path and code of every source named."""
    if definition.source:
        yield ("source",), definition.source.code
    for path, question in question_paths(definition):
        for index, advice in enumerate(question.advice):
            if advice.source:
                yield (*path, "advice", index, "source"), advice.source.code
