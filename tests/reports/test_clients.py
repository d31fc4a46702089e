"""What a consultant sees: those who granted access, while the grant holds."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.models import ConsultantGrant

ADDRESS = "/clients/"


def page(user, language: str = "en") -> str:
    client = Client(headers={"Accept-Language": language})
    client.force_login(user)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_client_stands_with_level_total_and_links(consultant, scored):
    body = page(consultant)
    for said in ["海宁精密", "Starting", "32.5 / 50", "Jiaxing"]:
        assert said in body
    for name in ("result-detail", "result-pdf"):
        assert reverse(f"reports:{name}", args=[scored.submission_id]) in body


def test_the_level_is_named_in_the_language_of_the_page(consultant, scored):
    assert "Starting" not in page(consultant, "zh-hans")
    assert "起步级" in page(consultant, "zh-hans")


@pytest.mark.parametrize(
    "change",
    [{"revoked_at": timezone.now()}, {"expires_on": dt.date(2020, 1, 1)}],
    ids=["revoked", "expired"],
)
def test_a_grant_that_no_longer_holds_takes_the_client_away_at_once(consultant, scored, change):
    ConsultantGrant.objects.filter(consultant=consultant).update(**change)
    body = page(consultant)
    assert "海宁精密" not in body
    assert "No enterprise has given you access yet" in body


def test_a_client_without_results_is_still_listed(consultant, submission):
    assert "Nothing submitted yet" in page(consultant)


def test_somebody_else_s_clients_are_not_shown(outsider, consultant, scored):
    assert "海宁精密" not in page(outsider)


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    consultant, scored, organisations, enterprise
):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            page(consultant)
        return len(found)

    before = cost()
    for number in range(5):
        other = organisations(f"9135010000000{number:05d}", f"企业{number}")
        ConsultantGrant.objects.create(
            organisation=other, consultant=consultant, granted_by=enterprise
        )
    assert cost() == before


def test_visitors_are_asked_to_sign_in(db):
    assert Client().get(ADDRESS).status_code == 302
