"""Enterprises, the people who work for them and the consultants they let in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.models import AuditEvent, ConsultantGrant, Membership, Organisation

FORM = {
    "name": "嘉兴智造",
    "credit_code": " 9144 0300 7084 6113 6t ",
    "region": "330400",
    "industry": "C36",
    "employees": "1,200",
    "revenue": "1.57亿",
    "assets": "９，８００ 万元",
}


@pytest.fixture
def person(people, regions, industries, client):
    user = people("new@example.cn", "新人")
    client.force_login(user)
    return user


def register(client, **changes):
    return client.post(reverse("assessment:organisation-create"), {**FORM, **changes})


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


def test_registering_normalises_the_code_reads_amounts_and_derives_the_size(person, client):
    response = register(client)
    found = Organisation.unguarded.get()
    assert response.url == url("organisation-detail", found.pk)
    assert found.credit_code == "91440300708461136T"
    assert (found.employees, found.revenue, found.assets) == (1200, 15700, 9800)
    assert found.size == "medium"
    assert Membership.objects.get().role == "owner"
    assert AuditEvent.objects.get().verb == "organisation.registered"


def test_the_page_explains_the_size_by_the_line_of_the_rule(person, client):
    text = client.get(register(client).url).content.decode()
    assert "工业" in text
    assert "40,000" in text
    assert "= CNY 157,000,000 (157 million)" in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("credit_code", "91440300708461136X", "last character"),
        ("credit_code", "123", "18"),
        ("employees", "about 20", "whole number"),
        ("revenue", "-3", "below zero"),
        ("assets", "viel", "as a number"),
        ("region", "", "required"),
    ],
)
def test_a_fault_stands_beside_its_field_and_the_input_is_kept(person, client, field, value, said):
    text = register(client, **{field: value}).content.decode()
    assert not Organisation.objects.exists()
    assert f'href="#id_{field}"' in text
    assert said in text
    assert 'value="嘉兴智造"' in text


def test_a_code_registered_already_says_what_to_do(person, client, organisation):
    text = register(client, credit_code=organisation.credit_code).content.decode()
    assert "registered here already" in text
    assert "ask its owner" in text


def test_changing_the_facts_changes_the_size_and_leaves_a_trace(enterprise, organisation, client):
    client.force_login(enterprise)
    form = {**FORM, "employees": "2000", "revenue": "50000"}
    client.post(url("organisation-edit", organisation.pk), form)
    organisation.refresh_from_db()
    assert organisation.size == "large"
    assert organisation.credit_code == "91350100M000100Y43"
    assert "employees" in AuditEvent.objects.get(verb="organisation.changed").data["fields"]


def test_an_owner_adds_a_colleague_by_address(enterprise, organisation, people, client):
    new = people("new@example.cn", "新人")
    client.force_login(enterprise)
    where = url("organisation-people", organisation.pk)
    client.post(where, {"email": " NEW@example.cn", "role": "editor"})
    assert Membership.objects.get(user=new).role == "editor"


def test_adding_an_unknown_address_says_what_to_do(enterprise, organisation, client):
    client.force_login(enterprise)
    where = url("organisation-people", organisation.pk)
    text = client.post(where, {"email": "nobody@example.cn", "role": "editor"}).content.decode()
    assert "sign up" in text


def test_the_last_owner_can_neither_leave_nor_step_down(enterprise, organisation, client):
    client.force_login(enterprise)
    member = Membership.objects.get(user=enterprise)
    where = url("member-change", organisation.pk, member.pk)
    for change in ({"remove": "1"}, {"role": "viewer"}):
        text = client.post(where, change, follow=True).content.decode()
        assert "needs an owner" in text
    member.refresh_from_db()
    assert member.role == "owner"


def test_a_removed_colleague_no_longer_sees_the_enterprise(
    enterprise, colleague, organisation, client
):
    member = Membership.objects.get(user=colleague)
    client.force_login(enterprise)
    client.post(url("member-change", organisation.pk, member.pk), {"remove": "1"})
    client.force_login(colleague)
    assert client.get(url("organisation-detail", organisation.pk)).status_code == 404


def test_a_consultant_sees_the_enterprise_until_access_is_withdrawn(
    enterprise, consultant, organisation, client
):
    detail = url("organisation-detail", organisation.pk)
    client.force_login(consultant)
    assert client.get(detail).status_code == 200
    client.force_login(enterprise)
    grant = ConsultantGrant.objects.get()
    client.post(url("grant-revoke", organisation.pk, grant.pk))
    client.force_login(consultant)
    assert client.get(detail).status_code == 404
    assert AuditEvent.objects.filter(verb="grant.revoked").exists()


def test_access_ends_after_its_last_day(enterprise, people, organisation, client):
    adviser = people("adviser@example.cn")
    client.force_login(enterprise)
    today = timezone.localdate()
    where = url("organisation-consultants", organisation.pk)
    client.post(where, {"email": adviser.email, "expires_on": today.isoformat()})
    detail = url("organisation-detail", organisation.pk)
    client.force_login(adviser)
    assert client.get(detail).status_code == 200
    ConsultantGrant.objects.update(expires_on=today - dt.timedelta(days=1))
    assert client.get(detail).status_code == 404


def test_a_day_that_has_passed_is_no_end_of_access(enterprise, people, organisation, client):
    adviser = people("adviser@example.cn")
    client.force_login(enterprise)
    where = url("organisation-consultants", organisation.pk)
    text = client.post(where, {"email": adviser.email, "expires_on": "2020-01-01"}).content.decode()
    assert "has passed" in text
    assert not ConsultantGrant.objects.exists()


PAGES = ["organisation-detail", "organisation-edit", "organisation-people"]


@pytest.mark.parametrize("name", [*PAGES, "organisation-consultants"])
def test_outsiders_find_no_page_of_an_enterprise(name, organisation, cast, client):
    for who in ("outsider", "officer"):
        client.force_login(cast[who])
        assert client.get(url(name, organisation.pk)).status_code == 404


def test_a_viewer_reads_but_does_not_change_or_let_in(viewer, people, organisation, client):
    client.force_login(viewer)
    new = {"email": people("new@example.cn").email, "role": "owner"}
    assert client.get(url("organisation-detail", organisation.pk)).status_code == 200
    assert client.get(url("organisation-edit", organisation.pk)).status_code == 403
    assert client.post(url("organisation-people", organisation.pk), new).status_code == 403
    assert client.post(url("organisation-consultants", organisation.pk), new).status_code == 403


def test_consultants_do_not_see_who_works_for_a_client(consultant, organisation, client):
    client.force_login(consultant)
    assert client.get(url("organisation-people", organisation.pk)).status_code == 404
