"""Run the tests: all on SQLite, then what touches the database again on PostgreSQL if it is there.

Without PostgreSQL, Redis or Chromium their tests are reported as skipped; with CI=true a missing
one is a failure.
"""

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def reachable(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port or 5432), timeout=1).close()
    except OSError:
        return False
    return True


def pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", *arguments, *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def main() -> int:
    print("== all tests, SQLite", flush=True)
    status = pytest("-n", "2", "--dist", "loadscope")
    if not reachable(POSTGRES_URL):
        print("== PostgreSQL is not available: the second run is skipped", flush=True)
        return status or (1 if os.environ.get("CI") == "true" else 0)
    print("== rooms that touch the database, PostgreSQL", flush=True)
    rooms = ["tests/questionnaires", "tests/assessment", "tests/scoring", "tests/reports"]
    again = pytest(
        "-n",
        "2",
        "--dist",
        "loadscope",
        "-m",
        "not browser and not served",
        *rooms,
        DATABASE_URL=POSTGRES_URL,
    )
    return status or again


if __name__ == "__main__":
    sys.exit(main())
