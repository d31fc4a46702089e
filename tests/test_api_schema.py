"""The API describes itself without a doubt."""

from __future__ import annotations

from django.core.management import call_command


def test_the_schema_is_valid_and_made_without_a_warning(tmp_path):
    file = tmp_path / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(file))
    assert "/api/v1/indices/" in file.read_text(encoding="utf-8")
