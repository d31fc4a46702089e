"""``manage.py report`` prints a scored submission."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.reports.pdf.reading import pages_of


def test_an_operator_prints_a_real_result(scored, tmp_path, capsys):
    target = tmp_path / "report.pdf"
    call_command("report", scored.submission_id, language="zh", output=target)
    pages = pages_of(target.read_bytes())
    assert "海宁精密" in pages[0]
    assert f"/results/{scored.submission_id}/" in pages[0]
    assert "SH-TEST-0001" in pages[0]


def test_a_submission_that_is_not_scored_is_named(submitted, tmp_path):
    with pytest.raises(CommandError, match=str(submitted.pk)):
        call_command("report", submitted.pk, output=tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()
