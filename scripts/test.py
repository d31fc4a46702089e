"""Run the tests: all on SQLite, then what uses the database again on PostgreSQL if it is there.

``--quick`` runs only what is neither slow nor in need of a browser or a service, once.

Without PostgreSQL, Redis or Chromium their tests are reported as skipped; with CI=true a missing
one is a failure.
"""

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")

PARALLEL = ("-n", "2", "--dist", "loadscope")


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
    if "--quick" in sys.argv:
        sys.argv.remove("--quick")
        return pytest(*PARALLEL, "-m", "not slow and not browser and not served")
    print("== all tests, SQLite", flush=True)
    status = pytest(*PARALLEL)
    if not reachable(POSTGRES_URL):
        print("== PostgreSQL is not available: the second run is skipped", flush=True)
        return status or (1 if os.environ.get("CI") == "true" else 0)
    print("== tests that use the database, PostgreSQL", flush=True)
    chosen = ["--database-only", "-m", "not browser and not served"]
    again = pytest(*PARALLEL, *chosen, DATABASE_URL=POSTGRES_URL)
    return status or again


if __name__ == "__main__":
    sys.exit(main())
