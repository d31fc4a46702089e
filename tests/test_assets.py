"""Nothing comes from outside, and nothing needs a newer browser than the floor (Chrome 109)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import unavailable

ROOT = Path(settings.BASE_DIR)
ROOMS = ["config", "questionnaires", "assessment", "scoring", "reports"]
NEWER_CSS = re.compile(r"oklch\(|color-mix\(|light-dark\(|text-wrap:|\blinear\(")
OUTSIDE = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//(?!www\.w3\.org)""")


def own(*suffixes: str) -> list[Path]:
    return [p for room in ROOMS for s in suffixes for p in (ROOT / room).rglob(f"*{s}")]


def vendored(suffix: str) -> list[Path]:
    files = list((ROOT / "assets").rglob(f"*{suffix}"))
    if not files:
        unavailable("assets/ (make setup builds it)")
    return files


def test_templates_load_nothing_from_outside():
    for path in own(".html"):
        assert not OUTSIDE.search(path.read_text(encoding="utf-8")), path


def test_templates_hold_no_inline_script():
    """The content security policy would block it."""
    for path in own(".html"):
        text = path.read_text(encoding="utf-8")
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or "application/json" in tag, f"{path}: {tag}"
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path


def test_style_sheets_use_nothing_newer_than_the_floor():
    for path in [*own(".css"), *vendored(".css")]:
        found = NEWER_CSS.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found.group() if found else ''}"


def test_style_sheets_fetch_nothing_from_outside():
    for path in [*own(".css"), *vendored(".css")]:
        assert not re.search(r"url\(\s*[\"']?https?:", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("name", ["tabler", "htmx", "echarts", "noto-sans-sc"])
def test_each_vendored_package_carries_its_licence(name):
    vendored(".css")
    assert (ROOT / "assets/vendor" / name / "LICENSE").exists()
