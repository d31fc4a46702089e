"""Every text of the interface stands in both languages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((ROOT / "locale").glob("*/zh_Hans/LC_MESSAGES/django.po"))
HAN = "[\u3400-\u9fff]"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def entries(path: Path):
    with path.open("rb") as file:
        for message in read_po(file, locale="zh_Hans"):
            if message.id:
                yield message


def test_every_interface_text_has_its_chinese():
    run = subprocess.run(
        [sys.executable, "scripts/messages.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-4])
def test_translations_keep_every_placeholder(path):
    for message in entries(path):
        first = message.id if isinstance(message.id, str) else message.id[-1]
        strings = [message.string] if isinstance(message.string, str) else message.string
        for string in strings:
            assert set(PLACEHOLDER.findall(string)) == set(PLACEHOLDER.findall(first)), message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-4])
def test_chinese_texts_use_chinese_punctuation(path):
    half_width = re.compile(rf"{HAN}[,;:?!]|[,;?!]{HAN}")
    for message in entries(path):
        strings = [message.string] if isinstance(message.string, str) else message.string
        for string in strings:
            assert not half_width.search(PLACEHOLDER.sub("x", string)), string
