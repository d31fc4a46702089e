"""Reports over the API: the same facts under the same rules as the pages."""

import pytest
from django.test import Client

STATUS = {
    "enterprise": 200,
    "colleague": 200,
    "viewer": 200,
    "consultant": 200,
    "officer": 200,
    "outsider": 404,
    "operator": 200,
}


def get(user, address):
    client = Client(headers={"Accept-Language": "en"})
    if user is not None:
        client.force_login(user)
    return client.get(address)


@pytest.mark.parametrize("who", STATUS)
def test_a_report_is_given_to_whoever_may_see_the_page(cast, scored, who):
    response = get(cast[who], f"/api/v1/reports/{scored.submission_id}/")
    assert response.status_code == STATUS[who]


def test_a_visitor_is_asked_for_a_token(scored):
    assert get(None, f"/api/v1/reports/{scored.submission_id}/").status_code in {401, 403}


def test_the_report_carries_total_level_trace_and_hashes(enterprise, scored):
    data = get(enterprise, f"/api/v1/reports/{scored.submission_id}/").json()
    assert (data["state"], data["total"], data["level"]) == ("done", 32.5, 1)
    assert data["trace_sum"] == data["total"]
    assert data["inputs_sha256"] == scored.inputs_sha256
    assert data["level_name"] == {"zh": "起步级", "en": "Starting"}
    assert data["pdf"].endswith(f"/api/v1/reports/{scored.submission_id}/pdf/")
    assert data["sentences"]["total"] == "32.5 of 50 points"


def test_a_submission_that_waits_says_so(enterprise, submitted):
    response = get(enterprise, f"/api/v1/reports/{submitted.pk}/")
    assert response.status_code == 202
    assert response.json()["state"] == "pending"


def test_a_token_opens_the_pdf(enterprise, scored, monkeypatch):
    from rest_framework.authtoken.models import Token

    monkeypatch.setattr("reports.pdf.render", lambda report, language: b"%PDF")
    token = Token.objects.create(user=enterprise)
    client = Client(headers={"Authorization": f"Token {token.key}"})
    response = client.get(f"/api/v1/reports/{scored.submission_id}/pdf/?language=en")
    assert response.content == b"%PDF"
    assert response.headers["Content-Type"] == "application/pdf"
