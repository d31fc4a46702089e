from __future__ import annotations

import json

import pytest
from django.urls import reverse


@pytest.fixture
def as_user(client):
    """A client signed in as a person (or nobody)."""

    def sign_in(user):
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def save(submission, enterprise, client):
    """Save one answer as a page does, as the owner unless told otherwise; gives the response."""

    def send(question, value=None, *, user=enterprise, version=0, to=submission, **data):
        client.force_login(user)
        body = {"version": version, **data}
        if "fields" not in data:
            body["value"] = value
        return client.post(
            reverse("assessment:answer-save", args=[to.pk, question]),
            json.dumps(body),
            content_type="application/json",
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    return send


@pytest.fixture
def answers():
    """The stored values of a submission by question."""
    from assessment.models import Answer

    def read(submission):
        return dict(Answer.objects.filter(submission=submission).values_list("question", "value"))

    return read


@pytest.fixture
def client():
    """Pages in English; a test of Chinese pages sets the language cookie."""
    from django.test import Client

    return Client(headers={"Accept-Language": "en"})
