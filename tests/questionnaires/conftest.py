from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from questionnaires.catalogue.loading import Outcome, load_catalogue

HEAD = "format: shuheng.catalogue/1\n"


@pytest.fixture
def write(tmp_path: Path):
    """``write("figures:\\n …")`` → the path of a catalogue file with that content."""

    def make(content: str, name: str = "one.yaml", head: str = HEAD) -> Path:
        path = tmp_path / name
        path.write_text(head + content, encoding="utf-8")
        return path

    return make


@pytest.fixture
def problems(write, db):
    """The problems of a catalogue file with the given content."""

    def find(content: str, head: str = HEAD) -> list:
        return load_catalogue([write(content, head=head)], dry_run=True).problems

    return find


@pytest.fixture(scope="session")
def shipped() -> Path:
    """Path of the shipped catalogue, for tests that load it."""
    from django.conf import settings

    return Path(settings.CATALOGUE_DIR)


@pytest.fixture(scope="module")
def loaded(kept_for_a_module, shipped) -> Iterator[Outcome]:
    """The shipped catalogue, loaded once for the module."""
    with kept_for_a_module():
        yield load_catalogue([shipped])
