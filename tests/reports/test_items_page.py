"""Item analysis: who sees it, what it shows, withholds and sorts."""

from __future__ import annotations

import csv
import io
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.scoring.integrity.conftest import (  # noqa: F401
    answered,
    before,
    instrument_version,
)


def get(user, round_, query="", language="en"):
    client = Client(headers={"Accept-Language": language})
    client.force_login(user)
    return client.get(reverse("reports:item-analysis", args=[round_.pk]) + query)


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def codes(response) -> list[str]:
    return re.findall(r"<code>(\w+)</code>", response.content.decode())


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_officers_see_every_question_with_its_numbers(officer, answered, round_):  # noqa: F811
    page = get(officer, round_)
    assert page.status_code == 200
    assert len(codes(page)) == 40
    assert "Cronbach's alpha" in body(page).replace("&#x27;", "'")
    assert "Rung" not in body(page)
    assert "第 4 级" in body(page)


def test_the_page_needs_no_names(officer, answered, round_):  # noqa: F811
    round_.names_visible = False
    round_.save()
    page = body(get(officer, round_))
    assert "企业 1" not in page
    assert "s0_q0" in page


def test_sorting_stands_in_the_address_and_goes_both_ways(officer, answered, round_):  # noqa: F811
    up, down = (get(officer, round_, f"?sort={way}difficulty") for way in ("", "-"))
    shown = {row[0]: row[5] for row in rows_of(get(officer, round_, "?format=csv"))[1:]}
    rising = [float(shown[code]) for code in codes(up) if "_q" in code]
    assert rising == sorted(rising)
    falling = [float(shown[code]) for code in codes(down) if "_q" in code]
    assert falling == rising[::-1]
    assert codes(up)[-1].endswith(("_r", "_n"))
    assert codes(down)[-1].endswith(("_r", "_n"))
    assert 'aria-sort="descending"' in body(down)
    assert codes(get(officer, round_, "?sort=nonsense")) == codes(get(officer, round_))


def test_the_file_holds_the_numbers_of_the_page(officer, answered, round_):  # noqa: F811
    rows = rows_of(get(officer, round_, "?format=csv"))
    page = body(get(officer, round_))
    assert len(rows) == 41
    first = next(row for row in rows if row[0] == "s0_q0")
    assert all(f">{number}<" in page for number in first[5:10])
    assert get(officer, round_, "?format=csv&table=secrets").status_code == 404


def test_few_answers_come_with_the_range_of_their_numbers(officer, answered, round_):  # noqa: F811
    assert 'class="interval"' in get(officer, round_).content.decode()


def test_a_small_round_is_withheld_in_every_output(officer, answered, round_, settings):  # noqa: F811
    assert "s0_q0" in body(get(officer, round_))
    settings.MINIMUM_CELL = 41
    page = body(get(officer, round_))
    assert "Figures are shown from 41 on" in page
    assert "s0_q0" not in page
    assert "s0_q0" not in get(officer, round_, "?format=csv").content.decode()
    client = Client()
    client.force_login(officer)
    content = client.get(f"/api/v1/items/{round_.pk}/").json()
    assert content["withheld"]
    assert content["items"] == []


def test_an_empty_round_says_so(officer, round_):
    assert "0 enterprises have a score so far" in body(get(officer, round_))


def test_what_is_being_computed_says_so(officer, round_, monkeypatch):
    monkeypatch.setattr("reports.views.items.current", lambda round: None)
    assert "are being computed" in body(get(officer, round_))


def test_the_page_reads_what_is_kept_and_computes_nothing(officer, answered, round_):  # noqa: F811
    client = Client()
    client.force_login(officer)
    address = reverse("reports:item-analysis", args=[round_.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    # Session, person, what the menu asks, the round and whether it is run, the analysis, its stamp.
    assert len(found) <= 18
    kept = [query["sql"] for query in found if "roundanalysis" in query["sql"]]
    assert len(kept) == 1
    assert not [query for query in found if "answers_coded" in query["sql"]]


def test_the_page_is_chinese_first(officer, answered, round_):  # noqa: F811
    page = body(get(officer, round_, "", "zh-hans"))
    for words in ("题目分析", "得分率", "克龙巴赫"):
        assert words in page


def test_the_api_gives_what_the_page_shows(officer, enterprise, answered, round_):  # noqa: F811
    client = Client()
    client.force_login(officer)
    content = client.get(f"/api/v1/items/{round_.pk}/").json()
    assert content["n"] == 40
    assert len(content["items"]) == 40
    client.force_login(enterprise)
    assert client.get(f"/api/v1/items/{round_.pk}/").status_code == 404
