"""The officer's page that compares two rounds: states, sums that agree, withheld cells, cost."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.models import Jurisdiction, Round, Submission
from scoring.aggregates import refresh
from scoring.models import Result
from tests.scoring.conftest import score  # noqa: F401 - a fixture


@pytest.fixture
def earlier(round_, instrument_version, officer):
    return Round.unguarded.create(
        title="2025 年评估", region=round_.region, instrument_version=instrument_version, year=2025,
        opens_on=round_.opens_on, closes_on=round_.closes_on, opened_by=officer,
    )  # fmt: skip


@pytest.fixture
def panel(score, round_, earlier):  # noqa: F811
    """20 in both (10 of level 1 rise to 2, 7 stay at 1, 3 stay at 2), 6 leave, 7 come."""
    for number in range(20):
        rises, stays = number < 10, 10 <= number < 17
        first = score(20 + number, level=1 if rises or stays else 2, round=earlier)
        submission = Submission.unguarded.create(
            round=round_, organisation=first.submission.organisation, state="submitted",
            submitted_at=timezone.now(), profile=first.submission.profile,
        )  # fmt: skip
        total = 22 + number + number % 3
        payload = {"total": total, "level": 1 if stays else 2, "nodes": {}, "values": {}}
        Result.unguarded.create(
            submission=submission, state="done", scored_at=timezone.now(), total=Decimal(total),
            level=payload["level"], payload=payload,
        )  # fmt: skip
    for number in range(6):
        score(15 + number, level=1 + number % 2, round=earlier)
    for number in range(7):
        score(40 + number, level=1 + number % 2)
    refresh(earlier)
    refresh(round_)


def get(user, round_, query="", language="en"):
    client = Client(headers={"Accept-Language": language})
    client.force_login(user)
    return client.get(reverse("reports:compare-rounds", args=[round_.pk]) + query)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def rows_of(response):
    return {r[0]: r for r in csv.reader(io.StringIO(response.content.decode("utf-8-sig")))}


def test_the_parts_add_up_before_the_reader_s_eyes(officer, round_, panel):
    total = rows_of(get(officer, round_, "?format=csv&table=composition"))["total"]
    difference, *parts = (Decimal(value) for value in total[3:7])
    assert sum(parts) == difference
    change = rows_of(get(officer, round_, "?format=csv&table=change"))["total"]
    assert Decimal(change[6]) == parts[0]
    assert Decimal(change[7]) < Decimal(change[6]) < Decimal(change[8])


def test_moves_hide_small_cells_and_what_would_give_them_away(officer, round_, panel):
    """7 stay at level 1, 10 rise, 3 stay at 2: the 3 and what they follow from are hidden."""
    rows = rows_of(get(officer, round_, "?format=csv&table=moves"))
    shown = {key: row[2:] for key, row in rows.items() if key.startswith("from-")}
    cells = [value for row in shown.values() for value in row]
    assert "3" not in cells
    assert "c" in cells
    assert shown["from-"][-1] == "20"


def test_who_is_compared_is_counted(officer, round_, panel):
    rows = rows_of(get(officer, round_, "?format=csv&table=who"))
    counted = [rows[key][2] for key in ("matched", "leavers", "entrants", "industry")]
    assert counted == ["20", "6", "7", "0"]


def test_without_an_earlier_round_the_page_says_so(officer, round_):
    assert "There is no earlier round" in text_of(get(officer, round_))


def test_rounds_of_other_questionnaires_are_not_compared(officer, round_, panel, publish):
    from pathlib import Path

    import yaml

    path = Path(__file__).parents[1] / "instruments" / "small.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8")) | {"code": "another"}
    Round.unguarded.filter(pk=round_.pk).update(instrument_version=publish(document))
    response = get(officer, round_)
    assert response.status_code == 200
    assert "used different questionnaires" in text_of(response)
    assert "不可比" in text_of(get(officer, round_, language="zh-hans"))


def test_rounds_without_common_enterprises_are_a_page_too(officer, round_, earlier, score):  # noqa: F811
    score(20, round=earlier)
    score(30)
    refresh(earlier)
    refresh(round_)
    assert "No enterprise of this region has a result in both" in text_of(get(officer, round_))


@pytest.mark.parametrize("query", ["?with=999999", "?with=x", "?format=csv&table=secrets"])
def test_what_does_not_exist_is_not_found(officer, round_, panel, query):
    assert get(officer, round_, query).status_code == 404


def test_a_city_s_officer_sees_the_city_only(people, regions, round_, panel):
    mayor = people("city@example.cn")
    Jurisdiction.objects.create(officer=mayor, region=regions["330400"])
    assert "Jiaxing" in text_of(get(mayor, round_))
    assert get(mayor, round_, "?region=330000").status_code == 403


def test_a_round_nobody_may_see_is_not_offered(people, regions, round_, panel, earlier):
    mayor = people("city@example.cn")
    Jurisdiction.objects.create(officer=mayor, region=regions["330400"])
    Round.unguarded.filter(pk=earlier.pk).update(region=regions["440000"])
    assert "There is no earlier round" in text_of(get(mayor, round_))


def test_the_api_gives_the_cells_of_the_page(officer, round_, panel, earlier):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(officer)
    data = json.loads(client.get(f"/api/v1/panels/{round_.pk}/").content)
    assert (data["state"], data["earlier"]) == ("ready", earlier.pk)
    who = next(table for table in data["tables"] if table["key"] == "who")
    assert who["rows"][0]["cells"]["n"] == {"value": 20, "symbol": ""}


def test_the_page_costs_the_same_with_more_enterprises(officer, round_, panel, score):  # noqa: F811
    def cost():
        get(officer, round_)
        with CaptureQueriesContext(connection) as found:
            assert get(officer, round_).status_code == 200
        return len(found)

    before = cost()
    for _ in range(8):
        score(30)
    refresh(round_)
    assert cost() == before
    assert before <= 46
