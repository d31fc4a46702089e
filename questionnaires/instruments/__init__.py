"""Instruments as data: validate a document, give it its canonical form, compile it.

>>> definition, problems = validate(document)
>>> definition.sha256, definition.compiled  # identity, and what the engine executes
"""

from questionnaires.instruments.canon import canonical, load_definition, sha256_of
from questionnaires.instruments.compiling import compile_instrument
from questionnaires.instruments.definition import Definition
from questionnaires.instruments.problems import Problem
from questionnaires.instruments.references import indicator_references, source_references
from questionnaires.instruments.validation import validate

__all__ = [
    "Definition",
    "Problem",
    "canonical",
    "compile_instrument",
    "indicator_references",
    "load_definition",
    "sha256_of",
    "source_references",
    "validate",
]
