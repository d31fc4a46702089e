"""What docker-compose.yml starts, started by hand against the real PostgreSQL and Redis."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def database_url(postgres_url):
    """A database of its own, dropped afterwards."""
    name = f"shuheng_served_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(postgres_url)._replace(path=f"/{name}"))
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def environment(database_url, redis_url, tmp_path_factory):
    """The variables docker-compose.yml sets, over plain HTTP."""
    folder = tmp_path_factory.mktemp("served")
    return {
        **{key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "HTTPS": "false",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "SWEEP_SECONDS": "2",
    }


@pytest.fixture(scope="module")
def manage(environment):
    """Run a management command, feeding it ``stdin``; its output."""

    def run(*arguments: str, stdin: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


class Processes:
    """Processes started for a test, with their logs, and how to kill them."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        process = self.running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, how)
        process.wait(20)

    def stop_all(self) -> None:
        for name in list(self.running):
            self.stop(name, signal.SIGKILL)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")[-3000:]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Site:
    """The site as an API client meets it."""

    def __init__(self, port: int, processes: Processes) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.processes = processes
        self.token = ""

    def call(self, method: str, path: str, body=None) -> tuple[int, dict]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Token {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310
            self.address + path, data, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
                return response.status, json.loads(response.read() or b"{}")
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text[:1] in b"{[" else {}

    def wait_for(self, what: str, condition, seconds: float = 40) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if condition():
                return
            time.sleep(0.2)
        logs = "\n".join(f"== {n}\n{self.processes.log(n)}" for n in self.processes.running)
        pytest.fail(f"{what} did not happen in {seconds} s\n{logs}")

    def is_up(self) -> bool:
        try:
            return self.call("GET", "/healthz")[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def site(environment, manage, tmp_path_factory):
    """Web server, worker with two processes and beat, migrated and with the catalogue loaded."""
    manage("migrate", "--no-input", "-v", "0")
    manage("catalog", "load")
    manage("collectstatic", "--no-input", "-v", "0")
    processes = Processes(environment, tmp_path_factory.mktemp("logs"))
    port = free_port()
    processes.start(
        "web", str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "2", "--blocking-threads", "2", "--no-ws",
        "config.wsgi:application",
    )  # fmt: skip
    start_worker(processes)
    schedule = Path(environment["VAR_DIR"]) / "celerybeat-schedule"
    processes.start(
        "beat", str(BIN / "celery"), "-A", "config", "beat", "--pidfile=", "--schedule",
        str(schedule),
    )  # fmt: skip
    site = Site(port, processes)
    try:
        site.wait_for("the web server", site.is_up)
        yield site
    finally:
        processes.stop_all()


def start_worker(processes: Processes) -> None:
    processes.start(
        "worker", str(BIN / "celery"), "-A", "config", "worker", "--concurrency", "2",
        "--loglevel", "info",
    )  # fmt: skip
