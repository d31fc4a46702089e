"""The officer's pages of estimates and of the population: states, files, access, cost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.models import Jurisdiction
from scoring.aggregates import refresh
from scoring.models import Population
from tests.scoring.conftest import score  # noqa: F401 - a fixture

HEAD = "region,industry,size,enterprises,source,date\n"
ROW = "330000,C36,{size},{n},=统计年鉴,2025-12-31\n"
TABLE = HEAD + ROW.format(size="small", n=100) + ROW.format(size="micro", n=300)


@pytest.fixture
def answered(score, round_):  # noqa: F811
    """10 small ones near 20 points, 5 micro ones near 30."""
    for number in range(10):
        score(19 + number % 3, size="small", level=1 + number % 2, values={"cloud-use": number % 2})
    for number in range(5):
        score(29 + number % 3, size="micro", level=2, values={"cloud-use": 1})
    refresh(round_)


@pytest.fixture
def population(round_):
    for size, number in (("small", 100), ("micro", 300)):
        Population.objects.create(
            round=round_, region="330000", industry="C36", size=size, enterprises=number,
            source="=统计年鉴", dated=dt.date(2025, 12, 31), loaded_at=timezone.now(),
        )  # fmt: skip


def client_of(user, language="en"):
    client = Client(headers={"Accept-Language": language})
    client.force_login(user)
    return client


def page(user, round_, name="estimates", query="", language="en"):
    response = client_of(user, language).get(reverse(f"reports:{name}", args=[round_.pk]) + query)
    return response, re.sub(r"\s+", " ", response.content.decode())


def rows_of(response):
    return {r[0]: r for r in csv.reader(io.StringIO(response.content.decode("utf-8-sig")))}


def test_estimates_stand_beside_the_respondents_with_their_interval(
    officer, round_, answered, population
):
    response, _ = page(officer, round_, query="?format=csv&table=scores")
    total = rows_of(response)["total"]
    assert total[1:6] == ["Total", "points", "15", "23.2", "27.3"]
    # Weights 10 (10 times) and 60 (5 times): 15 · (10 · 10² + 5 · 60²) / 400² = 1.78.
    assert float(total[6]) < 27.3 < float(total[7])
    assert (float(total[8]), int(total[9])) == (pytest.approx(1.78), 8)


def test_the_page_says_that_nobody_drew_this_sample(officer, round_, answered, population):
    for language, said in (("en", "no random sample"), ("zh-hans", "不是随机抽样")):
        assert said in page(officer, round_, language=language)[1]


def test_without_a_population_values_are_of_the_respondents_only(officer, round_, answered):
    response, text = page(officer, round_)
    assert response.status_code == 200
    assert "of the respondents only, without an interval" in text
    total = rows_of(page(officer, round_, query="?format=csv&table=scores")[0])["total"]
    assert total[3:8] == ["15", "23.2", "x", "x", "x"]


def test_a_round_without_results_is_a_page_too(officer, round_, population):
    assert "nothing to estimate" in page(officer, round_)[1]


def test_source_and_strata_are_shown(officer, round_, answered, population):
    text = page(officer, round_)[1]
    assert "统计年鉴 · 2025-12-31" in text
    strata = rows_of(page(officer, round_, query="?format=csv&table=strata")[0])
    assert strata["S1"][1:] == ["C36 Motor vehicles (Micro)", "300", "5", "60.0"]


def test_a_withheld_region_shows_no_number(officer, round_, score, population):  # noqa: F811
    for total in (37, 38, 39):
        score(total)
    refresh(round_)
    text = page(officer, round_)[1]
    assert "Withheld to protect single enterprises." in text
    assert "38.0" not in text


def test_a_city_s_officer_sees_the_city_only(people, regions, round_, answered, population):
    mayor = people("city@example.cn")
    Jurisdiction.objects.create(officer=mayor, region=regions["330400"])
    assert "Jiaxing" in page(mayor, round_)[1]
    assert page(mayor, round_, query="?region=330000")[0].status_code == 403


def test_the_api_gives_the_cells_of_the_page(officer, round_, answered, population):
    answer = client_of(officer).get(f"/api/v1/estimates/{round_.pk}/")
    data = json.loads(answer.content)
    assert (data["state"], data["population"], data["outside"]) == ("ready", 400, 0)
    scores = next(table for table in data["tables"] if table["key"] == "scores")
    assert scores["rows"][0]["cells"]["estimate"] == {"value": 27.3, "symbol": ""}


def test_a_page_costs_the_same_with_more_enterprises(officer, round_, answered, population, score):  # noqa: F811
    client, address = client_of(officer), reverse("reports:estimates", args=[round_.pk])

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    before = cost()
    for _ in range(10):
        score(25, size="micro")
    refresh(round_)
    assert cost() == before
    assert before <= 32


def upload(user, round_, text, **more):
    file = SimpleUploadedFile("table.csv", text.encode(), content_type="text/csv")
    address = reverse("reports:population", args=[round_.pk])
    return client_of(user).post(address, {"action": "check", "file": file, **more})


def test_an_upload_shows_what_would_change_and_writes_nothing(officer, round_, industries):
    response = upload(officer, round_, TABLE)
    text = re.sub(r"\s+", " ", response.content.decode())
    assert "2 new, 0 changed, 0 removed, 0 the same" in text
    assert not Population.objects.exists()
    client = client_of(officer)
    address = reverse("reports:population", args=[round_.pk])
    loaded = client.post(address, {"action": "load", "name": "table.csv", "text": TABLE})
    assert loaded.status_code == 302
    assert Population.objects.count() == 2
    assert "2 rows were loaded" in client.get(address).content.decode()


def test_a_faulty_upload_names_line_and_column_and_writes_nothing(officer, round_, industries):
    response = upload(officer, round_, TABLE + "330000,C34,huge,5,年鉴,2025-12-31\n")
    text = re.sub(r"\s+", " ", response.content.decode())
    assert response.status_code == 422
    assert "1 problem; nothing was written" in text
    assert '<td class="number">4</td><td>size</td>' in text
    forged = client_of(officer).post(
        reverse("reports:population", args=[round_.pk]), {"action": "load", "text": "a,b\n"}
    )
    assert forged.status_code == 422
    assert not Population.objects.exists()


def test_a_city_s_officer_loads_the_city_only(people, regions, round_, industries):
    mayor = people("city@example.cn")
    Jurisdiction.objects.create(officer=mayor, region=regions["330400"])
    assert "does not answer for region 330000" in upload(mayor, round_, TABLE).content.decode()
    assert upload(mayor, round_, TABLE.replace("330000", "330400")).status_code == 200


@pytest.mark.parametrize("text", ["", "\x00\xff", "region\n", '"'])
def test_what_is_no_table_is_refused_in_words(officer, round_, industries, text):
    assert upload(officer, round_, text).status_code == 422


def test_the_template_is_the_stored_table_safe_for_spreadsheets(officer, round_, population):
    response, _ = page(officer, round_, "population-template")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["region", "industry", "size", "enterprises", "source", "date", "synthetic"]
    assert rows[2] == ["330000", "C36", "small", "100", "'=统计年鉴", "2025-12-31", "no"]


def test_an_empty_template_lists_sections_and_sizes(officer, round_, industries):
    text = page(officer, round_, "population-template")[0].content.decode()
    assert "330000,C,large,,," in text
    assert "330000,I,micro,,," in text


def test_an_unknown_table_is_not_found(officer, round_, answered):
    assert page(officer, round_, query="?format=csv&table=secrets")[0].status_code == 404


def test_all_tables_come_in_one_file(officer, round_, answered, population):
    response, text = page(officer, round_, query="?format=csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "Strata of the total" in text
