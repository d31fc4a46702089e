"""Accounts by e-mail, on pages and through the sign-in dialog."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from assessment.models import User
from tests.conftest import PASSWORD

LOGIN = "/accounts/login/"
AJAX = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}


def test_signing_up_asks_for_a_name_and_signs_in(client, db):
    new = {
        "email": "New@Example.cn",
        "name": " 新人 ",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post("/accounts/signup/", new)
    user = User.objects.get()
    assert response.status_code == 302
    assert (user.email, user.name) == ("new@example.cn", "新人")


def test_signing_up_without_a_name_says_so_and_keeps_the_address(client, db):
    new = {"email": "new@example.cn", "password1": PASSWORD, "password2": PASSWORD}
    text = client.post("/accounts/signup/", new).content.decode()
    assert 'href="#id_name"' in text
    assert 'value="new@example.cn"' in text
    assert not User.objects.exists()


def test_the_dialog_signs_in_with_200_and_refuses_with_400(client, enterprise):
    wrong = {"login": enterprise.email, "password": "wrong"}
    assert client.post(LOGIN, wrong, headers=AJAX).status_code == 400
    right = {"login": enterprise.email, "password": PASSWORD}
    assert client.post(LOGIN, right, headers=AJAX).status_code == 200
    assert client.get("/organisations/").status_code == 200


def test_a_token_from_before_signing_in_again_is_told_apart_and_a_fresh_one_works(
    enterprise, submission
):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/csrf-token/")
    stale = browser.cookies["csrftoken"].value
    right = {"login": enterprise.email, "password": PASSWORD}
    browser.post(LOGIN, right, headers={**AJAX, "X-CSRFToken": stale})
    url = f"/submissions/{submission.pk}/answers/Q3/"
    body, kind = '{"value": 3}', "application/json"
    refused = browser.post(url, body, content_type=kind, headers={**AJAX, "X-CSRFToken": stale})
    fresh = browser.cookies["csrftoken"].value
    taken = browser.post(url, body, content_type=kind, headers={**AJAX, "X-CSRFToken": fresh})
    assert refused.status_code == 403
    assert refused["X-CSRF-Failed"] == "1"
    assert taken.status_code == 200


def test_a_forgotten_password_is_set_anew_by_mail(client, enterprise):
    client.post("/accounts/password/reset/", {"email": enterprise.email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    set_url = page.redirect_chain[-1][0]
    client.post(set_url, {"password1": "another quiet river", "password2": "another quiet river"})
    enterprise.refresh_from_db()
    assert enterprise.check_password("another quiet river")


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_account_pages_stand_in_the_frame_of_the_site(client, db, path, language):
    client.cookies["django_language"] = language
    text = client.get(f"/accounts/{path}").content.decode()
    assert 'class="skip-link"' in text
    assert "placeholder=" not in text


@pytest.mark.parametrize("path", ["email/", "password/change/", "logout/"])
def test_pages_of_ones_account_stand_in_the_frame_of_the_site(client, enterprise, path):
    client.force_login(enterprise)
    assert 'class="skip-link"' in client.get(f"/accounts/{path}").content.decode()
