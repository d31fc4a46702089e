"""``manage.py serve``: bring an embedded site up to date and start it.

Migrates, loads the catalogue, loads the demo on the first start, collects static files and hands
over to the web server. Served mode starts its processes one by one: docs/operations.md.
"""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring the site up to date and start it (embedded mode)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="start without demo data")

    def handle(self, *args, **options) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("catalog", "load", verbosity=options["verbosity"])
        if not options["no_demo"] and not get_user_model().objects.exists():
            call_command("demo")
        call_command("collectstatic", verbosity=0, interactive=False)
        self.greet(options["port"])
        self.become_server(options["host"], options["port"])

    def greet(self, port: int) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nShuheng 数衡  http://localhost:{port}\n"))
        accounts = settings.VAR_DIR / "demo-accounts.txt"
        if accounts.exists():
            self.stdout.write(accounts.read_text(encoding="utf-8"))
        self.stdout.flush()

    def become_server(self, host: str, port: int) -> None:
        """Replace this process: one worker, since SQLite and the task thread live in it."""
        granian = str(Path(sys.executable).with_name("granian"))
        arguments = [
            *("--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "8", "--no-ws"),
            *("--log-level", "warning", "config.wsgi:application"),
        ]
        os.execv(granian, [granian, *arguments])  # noqa: S606
