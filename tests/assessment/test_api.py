"""API v1 of enterprises, rounds and submissions: the same rules as the pages."""

from __future__ import annotations

import pytest
from rest_framework.authtoken.models import Token

from assessment.models import Answer, ConsultantGrant, Invitation, Membership, Round, Submission
from assessment.submit import submit

API = "/api/v1"


@pytest.fixture
def api(client):
    """Requests with a person's token: ``api(user).get("/rounds/")``."""

    class Person:
        def __init__(self, user):
            self.token = Token.objects.get_or_create(user=user)[0].key

        def __getattr__(self, verb):
            def send(path, data=None):
                extra = {"headers": {"Authorization": f"Token {self.token}"}}
                if verb == "get":
                    return client.get(API + path, data, **extra)
                return getattr(client, verb)(
                    API + path, data, content_type="application/json", **extra
                )

            return send

    return Person


def test_an_enterprise_registers_and_changes_itself(api, people, regions, industries):
    person = api(people("new@example.cn"))
    facts = {
        "name": "嘉兴智造",
        "credit_code": "91440300708461136t",
        "region": "330400",
        "industry": "C36",
        "employees": 1200,
        "revenue": "15700",
        "assets": "9800",
    }
    made = person.post("/organisations/", facts)
    assert made.status_code == 201
    assert made.json()["size"] == "medium"
    changed = person.patch(f"/organisations/{made.json()['id']}/", {"employees": 100})
    assert changed.json()["size"] == "small"
    again = person.post("/organisations/", facts)
    assert again.status_code == 409
    assert again.json()["field"] == "credit_code"


def test_people_and_consultants_are_let_in_by_owners_only(api, cast, organisation, people):
    people("new@example.cn", "新人")
    body = {"organisation": organisation.pk, "email": "new@example.cn", "role": "editor"}
    assert api(cast["viewer"]).post("/members/", body).status_code == 400
    assert api(cast["outsider"]).post("/members/", body).status_code == 400
    made = api(cast["enterprise"]).post("/members/", body)
    assert made.status_code == 201
    path = f"/members/{made.json()['id']}/"
    assert api(cast["viewer"]).delete(path).status_code == 403
    assert api(cast["outsider"]).delete(path).status_code == 404
    assert api(cast["enterprise"]).delete(path).status_code == 204
    owner = Membership.objects.get(user=cast["enterprise"])
    assert api(cast["enterprise"]).delete(f"/members/{owner.pk}/").status_code == 409


def test_a_grant_is_given_and_withdrawn(api, cast, organisation, people):
    people("adviser@example.cn")
    owner = api(cast["enterprise"])
    body = {"organisation": organisation.pk, "email": "adviser@example.cn"}
    made = owner.post("/grants/", body)
    assert made.status_code == 201
    assert owner.delete(f"/grants/{made.json()['id']}/").status_code == 204
    assert ConsultantGrant.objects.get(pk=made.json()["id"]).revoked_at


def test_an_officer_opens_a_round_and_invites(api, cast, organisation, instrument_version):
    officer = api(cast["officer"])
    body = {
        "title": "嘉兴 2030",
        "region": "330400",
        "instrument": instrument_version.label,
        "year": 2030,
        "opens_on": "2030-01-01",
        "closes_on": "2030-02-01",
    }
    assert api(cast["enterprise"]).post("/rounds/", body).status_code == 409
    made = officer.post("/rounds/", body)
    assert made.status_code == 201
    pk = made.json()["id"]
    faulty = officer.post("/invitations/", {"round": pk, "credit_codes": ["123"]})
    assert faulty.status_code == 422
    assert faulty.json()["errors"][0]["line"] == 1
    sent = {"round": pk, "credit_codes": [organisation.credit_code]}
    assert officer.post("/invitations/", sent).json() == {"invited": 1, "errors": []}
    assert officer.get(f"/rounds/{pk}/").json()["invited"] == 1
    assert api(cast["enterprise"]).get(f"/rounds/{pk}/").json()["invited"] is None
    assert officer.get("/invitations/", {"round": pk}).json()["count"] == 0
    assert officer.patch(f"/rounds/{pk}/", {"title": "改名"}).json()["title"] == "改名"


def test_invitations_are_named_to_officers_of_named_rounds(api, cast, submission):
    found = api(cast["officer"]).get("/invitations/").json()
    assert [row["name"] for row in found["results"]] == ["海宁精密"]
    Round.unguarded.update(names_visible=False)
    assert api(cast["officer"]).get("/invitations/").json()["count"] == 0
    assert Invitation.objects.count() == 1


def test_answers_are_saved_with_their_versions_and_submitted_once(api, cast, submission):
    owner, path = api(cast["enterprise"]), f"/submissions/{submission.pk}"
    sent = {"answers": {"Q3": {"value": 20}, "Q2": {"value": "12.5 %"}, "Q4": {"value": True}}}
    saved = owner.put(f"{path}/answers/", sent)
    assert saved.status_code == 200
    assert saved.json()["answers"]["Q2"]["value"] == 12.5
    late = owner.put(f"{path}/answers/Q3/", {"value": 21, "version": 0})
    assert late.status_code == 409
    assert late.json()["value"] == 20
    assert owner.put(f"{path}/answers/Q3/", {"value": 21, "version": 1}).json()["version"] == 2
    bad = owner.put(f"{path}/answers/Q4/", {"value": "maybe", "version": 1})
    assert bad.status_code == 422
    owner.put(f"{path}/answers/Q4/", {"value": True, "version": 2})
    receipts = {
        owner.post(f"{path}/submit/", {"pledge_name": "陈海"}).json()["receipt"] for _ in "ab"
    }
    assert len(receipts) == 1
    assert owner.put(f"{path}/answers/Q3/", {"value": 3, "version": 2}).status_code == 409
    assert Submission.unguarded.get().answers_json == {"Q2": 12.5, "Q3": 21, "Q4": True}


def test_an_answer_longer_than_any_can_be_is_refused_and_nothing_kept(api, cast, submission):
    path = f"/submissions/{submission.pk}/answers/Q7/"
    assert api(cast["enterprise"]).put(path, {"value": "x" * 200_000}).status_code == 409
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "officer"])
def test_outsiders_find_nothing(api, cast, submission, organisation, who):
    person, pk = api(cast[who]), submission.pk
    assert person.get(f"/submissions/{pk}/").status_code == 404
    assert person.get(f"/submissions/{pk}/answers/").status_code == 404
    assert person.put(f"/submissions/{pk}/answers/Q3/", {"value": 1}).status_code == 404
    assert person.post(f"/submissions/{pk}/submit/", {"pledge_name": "x"}).status_code == 404
    if who == "outsider":
        assert person.get(f"/organisations/{organisation.pk}/").status_code == 404
        assert person.get(f"/rounds/{submission.round_id}/").status_code == 404


def test_readers_read_and_do_not_write(api, cast, submission):
    for who in ("viewer", "consultant"):
        person = api(cast[who])
        assert person.get(f"/submissions/{submission.pk}/answers/").status_code == 200
        saved = person.put(f"/submissions/{submission.pk}/answers/Q3/", {"value": 1})
        assert saved.status_code == 403
    assert not Answer.objects.exists()


def test_an_officer_sees_submitted_ones_of_named_rounds(api, cast, submission):
    submit(cast["enterprise"], submission.pk, "陈海")
    assert api(cast["officer"]).get("/submissions/").json()["count"] == 1


@pytest.mark.parametrize(
    "path",
    ["/organisations/", "/members/", "/grants/", "/rounds/", "/invitations/", "/submissions/"],
)
def test_nothing_is_told_without_a_token(client, db, path):
    assert client.get(API + path).status_code == 401 or client.get(API + path).status_code == 403
