"""``manage.py score``: one line in, one line out, whatever the line holds."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from scoring import json_lines
from scoring.instruments import NotUsable, find_instrument
from scoring.one import score_one
from tests.scoring.engine.support import HERE, miit

ROOT = Path(__file__).parents[2]
KEYS = {
    "id", "instrument", "instrument_sha256", "engine", "inputs_sha256", "total", "max", "level",
    "level_code", "level_name", "level_name_en", "nodes", "items", "values", "binding", "advice",
    "unanswered", "not_applicable", "not_asked", "warnings", "errors", "trace",
}  # fmt: skip


def run(
    path: Path, lines: Iterable[bytes], instrument: str = "miit-sme-2024"
) -> tuple[int, list[Any]]:
    """Exit status and the objects written, for a file of these lines."""
    file = path / "answers.jsonl"
    file.write_bytes(b"\n".join(lines))
    out, status = io.StringIO(), 0
    try:
        call_command("score", instrument, str(file), stdout=out)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def line(**given: Any) -> bytes:
    return json.dumps({"id": 1, "profile": {}, "answers": {}} | given).encode()


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    """The shipped files serve where there is no database."""
    monkeypatch.setattr("scoring.instruments._database_exists", lambda: False)


def test_lines_are_answered_in_their_order_with_every_key(tmp_path):
    lines = [line(id=n, answers={"Q5": option}) for n, option in enumerate("ABCDE")]
    status, results = run(tmp_path, lines)
    assert status == 0
    assert [r["id"] for r in results] == [0, 1, 2, 3, 4]
    assert [r["total"] for r in results] == [0, 2.5, 5, 7.5, 10]
    assert all(set(r) == KEYS for r in results)


def test_a_line_gets_what_the_web_task_stores(tmp_path):
    answers = {"Q1": ["B"], "Q2": {"part": 1, "whole": 3}, "S1": 3}
    _, [result] = run(tmp_path, [line(answers=answers)])
    assert result == json.loads(json.dumps(score_one(miit(), {}, answers, 1)))


def test_numbers_are_written_as_exact_shortest_decimals(tmp_path):
    file = tmp_path / "answers.jsonl"
    every = [chr(66 + n) for n in range(14)]
    file.write_bytes(line(answers={"Q4": every}) + b"\n" + line(answers={"Q4": every[:3]}))
    out = io.StringIO()
    call_command("score", "miit-sme-2024", str(file), stdout=out)
    first, second = out.getvalue().splitlines()
    assert '"total":10,' in first
    assert '"total":2.1,' in second


BAD = [
    (b"not json", "not_json"),
    (b"", "not_json"),
    (b"{", "not_json"),
    (b'{"id":1,"answers":{}} x', "not_json"),
    (b"[]", "not_an_object"),
    (b'"text"', "not_an_object"),
    (b"5", "not_an_object"),
    (b"null", "not_an_object"),
    (b"\xff\xfe", "not_utf8"),
    (b'{"id":1,"answers":{"Q5":"\xe4"}}', "not_utf8"),
    (b"[" * 200_000, "too_deep"),
    (b'{"a":' * 200_000, "too_deep"),
    (b'{"id":1,"answers":{"Q2":' + b"[" * 50_000 + b"]" * 50_000 + b"}}", "too_deep"),
    (b"x" * 10_000_000, "line_too_long"),
    (b'{"id":1,"answers":{"Q5":"' + b"A" * 10_000_000 + b'"}}', "line_too_long"),
    (b'{"id":1,"profile":{}}', "answers_missing"),
    (b'{"id":1,"answers":{"Q5":"A","Q5":"B"}}', "duplicate_key"),
    (b'{"id":1,"id":2,"answers":{}}', "duplicate_key"),
    (b'{"id":{"a":1},"answers":{}}', "bad_id"),
    (b'{"id":[1],"answers":{}}', "bad_id"),
    (b'{"id":NaN,"answers":{}}', "bad_id"),
    (line(answers=[]), "answers_not_an_object"),
    (line(answers="Q1"), "answers_not_an_object"),
    (line(profile=[]), "profile_not_an_object"),
    (line(profile={"employees": "many"}), "bad_profile"),
    (line(answers={"Q99": 1}), "unknown_question"),
    (line(answers={"q1": ["B"]}), "unknown_question"),
    (line(answers={"Q5": "Z"}), "unknown_option"),
    (line(answers={"Q1": ["A", "B"]}), "exclusive_option"),
    (line(answers={"Q2": {"part": 3, "whole": 2}}), "part_above_whole"),
    (line(answers={"Q2": {"part": 35, "whole": 100, "percent": 40}}), "percent_contradicts_counts"),
    (line(answers={"Q2": "35"}), "not_a_number"),
    (b'{"id":1,"answers":{"Q2":NaN}}', "not_a_number"),
    (b'{"id":1,"answers":{"Q2":Infinity}}', "too_large"),
    (b'{"id":1,"answers":{"Q2":1e400}}', "too_large"),
    (b'{"id":1,"answers":{"Q2":' + b"9" * 5000 + b"}}", "too_large"),
    (line(answers={"S1": 5}), "unknown_rung"),
    (line(answers={"S1": True}), "wrong_type"),
]


@pytest.mark.parametrize(("bad", "code"), BAD, ids=range(len(BAD)))
def test_a_bad_line_gets_its_error_and_stops_nothing(tmp_path, bad, code):
    good = line(id="good", answers={"Q5": "E"})
    status, results = run(tmp_path, [good, bad, good])
    assert status == 1
    assert [r["total"] for r in results] == [10, None, 10]
    assert [error["code"] for error in results[1]["errors"]] == [code]
    message = results[1]["errors"][0]["message"]
    assert message["zh"]
    assert message["en"]
    assert set(results[1]) == KEYS
    assert results[1]["nodes"] == results[1]["items"] == {}


def test_a_line_without_an_id_gets_null(tmp_path):
    status, [result] = run(tmp_path, [b'{"answers":{}}'])
    assert (status, result["id"], result["total"]) == (0, None, 0)


@pytest.mark.parametrize("key", ["企业一", 0, 12345678901234567890, 1.5, "", True, 'a"\\\n'])
def test_an_id_comes_back_as_given(tmp_path, key):
    assert run(tmp_path, [line(id=key)])[1][0]["id"] == key


def test_an_id_that_utf8_cannot_carry_comes_back_escaped(tmp_path):
    status, [result] = run(tmp_path, [b'{"id":"\\ud800","answers":{}}'])
    assert (status, result["id"]) == (0, "\ud800")


def test_a_byte_order_mark_and_windows_line_ends_are_harmless(tmp_path):
    status, results = run(tmp_path, [b"\xef\xbb\xbf" + line(id=1) + b"\r", line(id=2) + b"\r"])
    assert (status, [r["id"] for r in results]) == (0, [1, 2])


def test_an_empty_file_gives_nothing(tmp_path):
    assert run(tmp_path, []) == (0, [])


def test_chunks_change_nothing(tmp_path, monkeypatch):
    lines = [line(id=n, answers={"Q2": n, "S1": n % 5}) for n in range(23)] + [b"junk"]
    whole = run(tmp_path, lines)
    monkeypatch.setattr(json_lines, "CHUNK_LINES", 5)
    assert run(tmp_path, lines) == whole


def test_a_row_that_defeats_the_engine_fails_alone(tmp_path, monkeypatch):
    from scoring.management.commands import score as command

    real = command.score_rows

    def brittle(definition, rows):
        if any(answers == {"Q5": "C"} for _, _, answers in rows):
            raise RuntimeError("broken")
        return real(definition, rows)

    monkeypatch.setattr(command, "score_rows", brittle)
    lines = [line(id=n, answers={"Q5": option}) for n, option in enumerate("BCD")]
    status, results = run(tmp_path, lines)
    assert (status, [r["total"] for r in results]) == (1, [2.5, None, 7.5])
    assert results[1]["errors"][0]["code"] == "internal"


def test_a_file_of_ones_own_is_scored(tmp_path):
    status, [result] = run(tmp_path, [line(answers={"Q1": "C"})], str(HERE / "everything.yaml"))
    assert (status, result["instrument"]) == (0, "everything@1.0")


def test_a_version_can_be_named(tmp_path):
    assert run(tmp_path, [line()], "miit-sme-2024@2024")[0] == 0


@pytest.mark.parametrize(
    "name", ["nothing", "miit-sme-2024@1999", "nowhere/at-all.yaml", "", "../x"]
)
def test_an_unknown_instrument_is_unusable(tmp_path, name, capsys):
    assert run(tmp_path, [line()], name) == (2, [])


def test_a_faulty_instrument_file_is_unusable_and_its_faults_are_named(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        (HERE / "everything.yaml").read_text(encoding="utf-8").replace("max: 1000", "max: -1")
    )
    err = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("score", str(file), stderr=err)
    assert stopped.value.code == 2
    assert "mine.yaml:" in err.getvalue()
    assert "empty_range" in err.getvalue()


@pytest.mark.parametrize("file", ["missing.jsonl", "."])
def test_an_unreadable_file_is_unusable(tmp_path, file):
    err = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("score", "miit-sme-2024", str(tmp_path / file), stderr=err)
    assert stopped.value.code == 2
    assert str(tmp_path) in err.getvalue()


def test_the_messages_name_what_is_known():
    with pytest.raises(NotUsable, match="miit-sme-2024"):
        find_instrument("nothing")


def process(*arguments: str, given: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, where no database was ever made."""
    environment = os.environ | {"VAR_DIR": str(folder / "var"), "DATABASE_URL": "", "LC_ALL": "C"}
    environment.pop("DATABASE_URL")
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "score", *arguments],
        input=given, capture_output=True, env=environment, cwd=folder, check=False, timeout=120,
    )  # fmt: skip


def test_the_command_streams_standard_input_without_a_database(tmp_path):
    given = b"\n".join([line(id="甲", answers={"Q5": "E"}), b"junk", line(id=2)]) + b"\n"
    done = process("miit-sme-2024", given=given, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    results = [json.loads(one) for one in done.stdout.decode().splitlines()]
    assert [r["id"] for r in results] == ["甲", None, 2]
    again = process("miit-sme-2024", given=given, folder=tmp_path)
    assert again.stdout == done.stdout  # the same bytes
    assert not list((tmp_path / "var").glob("*.sqlite3"))


@pytest.mark.django_db
def test_a_published_version_comes_before_the_shipped_file(monkeypatch):
    from questionnaires.instruments import canonical
    from questionnaires.models import Instrument, InstrumentVersion

    monkeypatch.setattr("scoring.instruments._database_exists", lambda: True)
    assert find_instrument("miit-sme-2024").version == "2024"
    instrument = Instrument.objects.create(code="miit-sme-2024", title={"zh": "测"})
    changed = canonical(miit()) | {"version": "2031"}
    InstrumentVersion.objects.create(
        instrument=instrument, version="2031", status="own", title={"zh": "测"},
        definition=changed, sha256="x",
    )  # fmt: skip
    assert find_instrument("miit-sme-2024").version == "2031"
    assert find_instrument("miit-sme-2024@2024").version == "2024"
