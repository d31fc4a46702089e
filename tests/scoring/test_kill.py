"""Two processes over the same jobs, one of them killed: SQLite and a real PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import uuid
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

WORK = """
import sys
from scoring import jobs, runners
runners.refresh_soon = lambda round_id: None  # tables of the round are not what is tested here
from scoring.models import Result
slow = {slow}
if slow:
    import time
    score = jobs.score
    def slowly(submission):
        payload = score(submission)
        print("in the middle", flush=True)
        time.sleep(60)
        return payload
    jobs.score = slowly
done = 0
for key in list(Result.unguarded.order_by("pk").values_list("pk", flat=True)):
    done += jobs.run(key)
print("done", done, flush=True)
"""
RESET = """
from scoring.models import Result
Result.unguarded.update(state="pending", payload={}, total=None, level=None, attempts=0)
"""
EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from scoring.models import Result
late = timezone.now() - timedelta(seconds=1)
print(Result.unguarded.filter(state="running").update(lease_until=late))
"""
SWEEP = "from scoring import jobs; print(len(jobs.sweep()))"
STATE = """
import hashlib, json
from scoring.models import Result
rows = Result.unguarded.order_by("submission_id").values_list("submission", "state", "payload")
text = json.dumps(list(rows), sort_keys=True)
print(len(rows), {row[1] for row in rows}, hashlib.sha256(text.encode()).hexdigest())
"""


class Site:
    """A site of its own, driven from outside."""

    def __init__(self, folder: Path, database: str) -> None:
        self.env = {
            **os.environ, "VAR_DIR": str(folder), "TASK_RUNNER": "inline", "LOG_LEVEL": "ERROR",
            "REDIS_URL": "", "DATABASE_URL": database,
        }  # fmt: skip
        self.started: list[subprocess.Popen[str]] = []

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        ).stdout

    def run(self, code: str) -> str:
        return self.manage("shell", "-v0", "-c", textwrap.dedent(code)).strip()

    def start(self, code: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True
        )
        self.started.append(process)
        return process

    def close(self) -> None:
        """Whatever still runs after a failure would take the time of every test that follows."""
        for process in self.started:
            process.kill()
            process.wait()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def site(request, tmp_path):
    if request.param == "sqlite":
        with closing(Site(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite3'}")) as own:
            yield own
        return
    import psycopg

    url = request.getfixturevalue("postgres_url")
    name = f"shuheng_kill_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            with closing(Site(tmp_path, f"{url.rsplit('/', 1)[0]}/{name}")) as own:
                yield own
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_two_at_once_and_one_killed_leave_one_right_result_each(site):
    site.manage("migrate", "-v0")
    site.manage("demo", "--enterprises", "14", "--password", "a long and quiet river")
    right = site.run(STATE)
    assert "{'done'}" in right
    site.run(RESET)
    killed = site.start(WORK.format(slow=True))
    assert killed.stdout.readline().strip() == "in the middle"
    others = [site.start(WORK.format(slow=False)) for _ in range(2)]
    taken = [int(other.communicate(timeout=60)[0].split()[-1]) for other in others]
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    total = int(right.split()[0])
    assert sum(taken) == total - 1  # each once, and the one that is held by nobody else
    assert site.run(SWEEP).endswith("0")  # its lease still runs
    assert site.run(EXPIRE) == "1"
    site.run(SWEEP)
    assert site.run(STATE) == right
