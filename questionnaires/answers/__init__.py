"""Answers: read strictly from JSON, coded into frames, and stored compactly."""

from questionnaires.answers.coding import encode
from questionnaires.answers.decoding import decode_many
from questionnaires.answers.profiles import Profile, read_profile
from questionnaires.answers.reading import read_answer, read_answers
from questionnaires.answers.relevance import asked, take_out_not_asked
from questionnaires.answers.stored import from_coded, to_coded
from questionnaires.answers.values import Answer, AnswerProblem, Reading, Sheet

__all__ = [
    "Answer",
    "AnswerProblem",
    "Profile",
    "Reading",
    "Sheet",
    "asked",
    "decode_many",
    "encode",
    "from_coded",
    "read_answer",
    "read_answers",
    "read_profile",
    "take_out_not_asked",
    "to_coded",
]
