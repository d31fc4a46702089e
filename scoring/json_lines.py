"""Answer sets as JSON lines: whatever a line holds, it becomes one row or one error."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from questionnaires.answers.values import AnswerProblem

MOST_BYTES = 4 * 1024 * 1024  # of one line; far more than any questionnaire's answers
CHUNK_LINES = 1000
CHUNK_BYTES = 16 * 1024 * 1024

_MESSAGES = {
    "not_json": ("本行不是有效的 JSON：{}。", "This line is not JSON: {}."),
    "not_utf8": ("本行不是 UTF-8 编码。", "This line is not UTF-8."),
    "line_too_long": ("本行超过 {} 字节。", "This line is longer than {} bytes."),
    "too_deep": ("本行嵌套过深。", "This line nests too deeply."),
    "not_an_object": (
        "本行应为含 id、profile、answers 的对象。",
        "The line must be an object with id, profile and answers.",
    ),
    "duplicate_key": ("“{}”出现了两次，请只保留一处。", "“{}” stands there twice; keep one."),
    "answers_missing": ("缺少 answers。", "There are no answers; add “answers”."),
    "bad_id": ("id 应为文字或数字。", "The id must be a text or a number."),
    "internal": ("评分时出现意外错误：{}。", "Scoring failed unexpectedly: {}."),
}


@dataclass(frozen=True)
class Line:
    """One line read: its id, and either profile and answers or what is wrong."""

    id: Any = None
    profile: Any = None
    answers: Any = None
    errors: tuple[AnswerProblem, ...] = ()


def trouble(code: str, detail: object = "") -> AnswerProblem:
    zh, en = _MESSAGES[code]
    shown = "".join(c if c.isprintable() else "�" for c in str(detail)[:80])
    return AnswerProblem(code, {"zh": zh.format(shown), "en": en.format(shown)})


class _Duplicate(Exception):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Duplicate(next(key for key in keys if keys.count(key) > 1))
    return found


def _integer(text: str) -> int | float:
    """Python refuses integers of thousands of digits; to us they are simply too large."""
    return int(text) if len(text) < 400 else math.inf


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_integer)


def read_line(raw: bytes) -> Line:
    """Read one line. Never raises on bad data."""
    if len(raw) > MOST_BYTES:
        return Line(errors=(trouble("line_too_long", MOST_BYTES),))
    try:
        data = _DECODER.decode(raw.decode())
    except UnicodeDecodeError:
        return Line(errors=(trouble("not_utf8"),))
    except _Duplicate as found:
        return Line(errors=(trouble("duplicate_key", found),))
    except RecursionError:
        return Line(errors=(trouble("too_deep"),))
    except ValueError as error:
        return Line(errors=(trouble("not_json", error),))
    return _object(data)


def _object(data: Any) -> Line:
    if not isinstance(data, dict):
        return Line(errors=(trouble("not_an_object"),))
    key = data.get("id")
    errors = []
    if isinstance(key, dict | list) or (isinstance(key, float) and not math.isfinite(key)):
        key = None
        errors.append(trouble("bad_id"))
    if "answers" not in data:
        errors.append(trouble("answers_missing"))
    return Line(key, data.get("profile"), data.get("answers"), tuple(errors))


def chunks(stream: BinaryIO) -> Iterator[list[Line]]:
    """The lines of a stream, in bounded portions; an overlong line is skipped, not kept."""
    chunk: list[Line] = []
    size = 0
    for raw in _raw_lines(stream):
        chunk.append(read_line(raw))
        size += len(raw)
        if len(chunk) >= CHUNK_LINES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    first = True
    while raw := stream.readline(MOST_BYTES + 1):
        whole = raw
        while not raw.endswith(b"\n") and len(raw) > MOST_BYTES:
            raw = stream.readline(MOST_BYTES + 1)
        if first:
            whole, first = whole.removeprefix(b"\xef\xbb\xbf"), False
        yield whole if len(whole) > MOST_BYTES else whole.rstrip(b"\r\n")


def as_line(result: dict[str, Any]) -> str:
    """The JSON text of one result; characters that UTF-8 cannot carry are escaped."""
    text = json.dumps(result, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(result, separators=(",", ":"), allow_nan=False)
    return text
