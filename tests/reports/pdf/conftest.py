"""One report rendered once in both languages, with the Chinese texts compiled."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import trans_real

from reports.pdf import render
from tests.reports.sample import sample_report

LOCALE = Path(settings.BASE_DIR) / "locale"


@pytest.fixture(scope="session", autouse=True)
def chinese():
    """Compile what is not compiled yet, so that a fresh checkout can be tested at once."""
    for path in LOCALE.glob("*/*/LC_MESSAGES/django.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists():
            with path.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source, locale="zh_Hans"))
            trans_real._translations.pop("zh-hans", None)


@pytest.fixture(scope="session")
def report():
    return sample_report()


@pytest.fixture(scope="session")
def documents(report, chinese) -> dict[str, bytes]:
    return {language: render(report, language) for language in ("zh", "en")}


@pytest.fixture(params=["zh", "en"])
def document(request, documents) -> bytes:
    return documents[request.param]
