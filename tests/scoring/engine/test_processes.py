"""The engine in processes: nothing may wake Polars before a server forks."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

FORKS = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
import scoring.one, scoring.engine, scoring.management.commands.score, questionnaires.answers
from tests.scoring.engine.support import miit
stored = __import__("questionnaires.instruments", fromlist=["x"]).canonical
child = os.fork()
if child == 0:
    import signal
    signal.alarm(60)
    from scoring.one import score_one
    ok = score_one(miit(), {}, {"Q5": "E"})["total"] == 10
    os._exit(0 if ok else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_importing_everything_and_then_forking_leaves_a_child_that_scores():
    done = subprocess.run(
        [sys.executable, "-c", FORKS], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.strip() == "0", done.stderr


READS_STORED = """
import sys, json
from questionnaires.instruments import load_definition
data = json.loads(sys.stdin.read())
definition = load_definition(data)
definition.compiled
print("polars" in sys.modules)
"""


def test_reading_and_compiling_a_stored_instrument_does_not_even_load_polars():
    import json

    from questionnaires.instruments import canonical
    from tests.scoring.engine.support import miit

    given = json.dumps(canonical(miit()))
    done = subprocess.run(
        [sys.executable, "-c", READS_STORED],
        input=given, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "False", done.stderr


def _score(number: int) -> str:
    from scoring.one import score_one
    from tests.scoring.engine.support import everything

    return str(score_one(everything(), {}, {"Q3": number, "Q5": True, "Q6": 7}))


def test_another_process_gives_the_same_bytes():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(_score, [3, 77]) == [_score(3), _score(77)]
