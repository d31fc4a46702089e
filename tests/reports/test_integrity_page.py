"""Points to check: who sees them, with what evidence, and what a decision leaves."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.models import Membership
from scoring.integrity import keeping
from scoring.models import Flag
from tests.scoring.integrity.conftest import (  # noqa: F401
    answered,
    before,
    instrument_version,
)


@pytest.fixture
def flags(answered, round_):  # noqa: F811
    keeping.refresh(round_)
    return Flag.objects.unscoped("a test looks at all")


def signed_in(user, language="en"):
    client = Client(headers={"Accept-Language": language})
    client.force_login(user)
    return client


def listing(user, round_, query="", language="en"):
    return signed_in(user, language).get(reverse("reports:flag-list", args=[round_.pk]) + query)


def address(flag) -> str:
    return reverse("reports:flag-detail", args=[flag.submission.round_id, flag.pk])


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_shows_what_is_open_with_its_reason(officer, flags, round_):
    page = body(listing(officer, round_))
    assert page.count("data-flag") == min(flags.count(), 50)
    assert "No plan, yet carried out in full." in page
    assert "not a finding against anybody" in page


def test_the_list_is_filtered_by_state_and_kind(officer, flags, round_):
    page = body(listing(officer, round_, "?kind=twin"))
    assert page.count("data-flag") == flags.filter(kind="twin").count()
    assert "Nothing open" not in page
    assert "No point of this choice." in body(listing(officer, round_, "?state=asked"))
    assert body(listing(officer, round_, "?state=nonsense")).count("data-flag") == flags.count()


def test_where_no_names_are_shown_officers_get_counts_only(officer, flags, round_):
    flag = flags.first()
    round_.names_visible = False
    round_.save()
    page = body(listing(officer, round_))
    assert "only counts are shown" in page
    assert "企业" not in page
    assert "data-flag" not in page
    assert "企业" not in listing(officer, round_, "?format=csv").content.decode()
    assert signed_in(officer).get(address(flag)).status_code == 404
    assert signed_in(officer).get(f"/api/v1/flags/{flag.pk}/").status_code == 404


def test_counts_of_a_handful_are_not_shown_either(officer, flags, round_, settings):
    round_.names_visible = False
    round_.save()
    settings.MINIMUM_CELL = 41
    assert "nothing is shown" in body(listing(officer, round_))


def test_a_point_shows_the_answers_it_rests_on_and_those_of_the_year_before(officer, flags):
    moved = flags.filter(reason="rungs_moved").first()
    page = body(signed_in(officer).get(address(moved)))
    assert '<th scope="col">2025</th>' in page
    assert page.count('scope="row"') == len(moved.evidence["questions"])


def test_a_point_names_the_enterprises_with_the_same_answers(officer, flags):
    twin = flags.filter(kind="twin").first()
    page = body(signed_in(officer).get(address(twin)))
    for key in twin.evidence["others"]:
        assert reverse("reports:result-detail", args=[key]) in page


def test_a_dialog_is_the_inside_of_the_page(officer, flags):
    page = signed_in(officer).get(address(flags.first()) + "?part=dialog").content.decode()
    assert "<html" not in page
    assert 'name="note"' in page


def test_a_decision_is_noted_and_leads_back_to_the_list_as_it_was(officer, flags):
    flag = flags.filter(kind="twin").first()
    sent = {"state": "set_aside", "note": "同一集团的两家工厂", "list": "open", "kind": "twin"}
    answer = signed_in(officer).post(address(flag), sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/checks/?state=open&kind=twin")
    flag.refresh_from_db()
    assert flag.state == "set_aside"
    page = body(signed_in(officer).get(address(flag)))
    assert "同一集团的两家工厂" in page
    assert str(officer) in page


def test_a_decision_without_a_note_is_refused_in_words(officer, flags):
    flag = flags.first()
    answer = signed_in(officer).post(address(flag), {"state": "asked", "note": " "})
    assert answer.status_code == 422
    assert "Write down why" in body(answer)
    flag.refresh_from_db()
    assert flag.state == "open"


def test_the_enterprise_is_told_nothing(flags, people):
    """Neither its result page nor its submission nor the API says a word of any flag."""
    flag = flags.filter(kind="twin").first()
    owner = people("owner-of-twin@example.cn")
    Membership.objects.create(user=owner, organisation=flag.submission.organisation, role="owner")
    client = signed_in(owner)
    for page in (address(flag), reverse("reports:flag-list", args=[flag.submission.round_id])):
        assert client.get(page).status_code in (403, 404)
    assert client.get("/api/v1/flags/").json()["count"] == 0
    assert client.get(f"/api/v1/flags/{flag.pk}/").status_code == 404
    shown = client.get(reverse("assessment:submission-detail", args=[flag.submission_id]))
    assert flag.get_kind_display() not in shown.content.decode()


def test_the_file_holds_the_list_as_filtered(officer, flags, round_):
    text = listing(officer, round_, "?format=csv&kind=counts").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + flags.filter(kind="counts").count()
    assert rows[0][1:4] == ["Enterprise", "Point", "Why"]


def test_the_list_costs_the_same_with_few_flags_and_with_many(officer, flags, round_):
    def cost() -> int:
        client = signed_in(officer)
        page = reverse("reports:flag-list", args=[round_.pk])
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            client.get(page)
        return len(found)

    many = cost()
    flags.filter(pk__in=list(flags.values_list("pk", flat=True)[3:])).delete()
    assert cost() == many <= 24


def test_the_api_lists_and_decides_as_the_page_does(officer, flags, round_):
    client = signed_in(officer)
    found = client.get(f"/api/v1/flags/?round={round_.pk}&kind=contradiction").json()
    assert found["count"] == flags.filter(kind="contradiction").count()
    one = found["results"][0]
    assert one["reason"] == "No plan, yet carried out in full."
    address = f"/api/v1/flags/{one['id']}/decide/"
    sent = {"state": "asked", "note": "已去函"}
    answer = client.post(address, sent, content_type="application/json").json()
    assert answer["state"] == "asked"
    assert answer["decisions"][0]["note"] == "已去函"
    without = client.post(address, {"state": "asked"}, content_type="application/json")
    assert without.status_code == 400


def test_the_page_is_chinese_first(officer, flags, round_):
    page = body(listing(officer, round_, "", "zh-hans"))
    for words in ("核查提示", "回答相互矛盾", "与其他企业答案雷同", "没有规划，却全面执行。"):
        assert words in page


def test_a_round_being_looked_through_and_an_empty_one_say_so(officer, round_, monkeypatch):
    assert "Nothing open" in body(listing(officer, round_))
    monkeypatch.setattr("reports.views.flags.current", lambda round: None)
    assert "are being looked through" in body(listing(officer, round_))
