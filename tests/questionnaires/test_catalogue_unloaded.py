"""Exports work on a fresh checkout, before any database holds the catalogue."""

from __future__ import annotations

import csv
import io
from functools import cache
from unittest import mock

import pytest
from django.core.management import call_command

from questionnaires.catalogue import export, store, unloaded
from questionnaires.catalogue.unloaded import shipped

KINDS = sorted(export.EXPORTS)


@pytest.fixture(scope="module", autouse=True)
def files_read_once():
    with mock.patch.object(unloaded, "shipped_entries", cache(unloaded.shipped_entries)):
        yield


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db
def test_every_kind_is_exported_from_the_shipped_files(kind):
    found = export.as_csv(kind, shipped(kind))
    assert len(found.splitlines()) > 1


@pytest.mark.django_db
def test_files_and_database_give_the_same_figures():
    def rows(text: str):
        return sorted(tuple(row.items()) for row in csv.DictReader(io.StringIO(text)))

    before = rows(export.as_csv("figures", shipped("figures")))
    call_command("catalog", "load", verbosity=0)
    assert rows(export.as_csv("figures")) == before


def test_a_missing_database_is_no_reason_to_fail(capsys):
    with mock.patch.object(store, "ready", return_value=False):
        call_command("catalog", "export", "figures", "--format", "csv")
    assert capsys.readouterr().out.startswith("indicator,concept,area,")
