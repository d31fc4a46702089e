"""What the server tells a page after a save."""

from __future__ import annotations

from typing import Any

from assessment.errors import Refused
from assessment.hints import hints_for
from assessment.question_page import saved_line
from assessment.save_answer import Outcome
from assessment.sheet import AnswerSheet
from assessment.values import in_words


def saved_json(sheet: AnswerSheet, outcome: Outcome) -> dict[str, Any]:
    """Version, save line, the value as read, hints, progress, and what is asked as of revision."""
    answer, question = outcome.answer, outcome.question
    progress = sheet.progress
    value = answer.value if answer else None
    return {
        "question": question.code,
        "version": answer.version if answer else 0,
        "saved_at": answer.saved_at.isoformat() if answer else None,
        "saved_by": str(answer.saved_by) if answer else None,
        "line": saved_line(answer) if answer else "",
        "value": value,
        "words": in_words(question, value),
        "hints": [vars(hint) for hint in hints_for(question, value)],
        "error": outcome.read.error,
        # Grows with every save: answers to two questions may come back in the other order.
        "revision": sum(row.version for row in sheet.answers.values()),
        "asked": [code for code in sheet.definition.questions if code in sheet.asked],
        "progress": {"asked": progress.asked, "answered": progress.answered},
    }


def refusal_json(refused: Refused) -> dict[str, Any]:
    return {"error": refused.message, "code": refused.code}
