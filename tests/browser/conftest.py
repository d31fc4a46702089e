"""A real Chromium against a live server, on desktop and phone, in Chinese and English."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest

from tests.browser.person import SIZES, Person

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="package")
def browsers(chromium):
    """Two of them: ``True`` with the site's fonts, ``False`` without, which is much quicker."""
    from playwright.sync_api import sync_playwright

    plain = ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        launch = playwright.chromium.launch
        both = {
            True: launch(executable_path=chromium, args=plain),
            False: launch(executable_path=chromium, args=[*plain, "--disable-remote-fonts"]),
        }
        yield both
        for one in both.values():
            one.close()


@pytest.fixture
def browser(request, browsers):
    """Without fonts, unless the test is marked ``fonts``: where a layout is measured."""
    return browsers[request.node.get_closest_marker("fonts") is not None]


@pytest.fixture
def person(browser, live_server):
    """``person("phone", "zh-CN", user)``: a visitor with that screen and language.

    With a ``user`` the person is signed in already. Further options go to the browser.
    """
    people = []

    def make(size: str = "desktop", language: str = "zh-CN", user=None, **options) -> Person:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            has_touch=size == "phone",
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(15_000)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        someone = Person(context, live_server.url)
        people.append(someone)
        return someone

    yield make
    for someone in people:
        someone.context.close()


def session_cookie(user, server: str) -> dict:
    """A signed-in session, made without the sign-in page."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    host = urlsplit(server).hostname
    return {"name": name, "value": client.cookies[name].value, "domain": host, "path": "/"}


@pytest.fixture
def page_of(submission):
    return lambda section="basics": f"/submissions/{submission.pk}/sections/{section}/"


@pytest.fixture
def at(person, page_of):
    """A person on a section's page: ``at(user, "practice", "phone", "en")``."""

    def open_section(user, section="basics", size="desktop", language="zh-CN", **options):
        someone = person(size, language, user, **options)
        someone.open(page_of(section))
        return someone

    return open_section


@pytest.fixture
def said(submission):
    """What the server holds for a question now: ``said("Q3")``; None for nothing."""
    from assessment.models import Answer

    def read(question: str, field: str = "value"):
        rows = Answer.objects.filter(submission=submission, question=question)
        return rows.values_list(field, flat=True).first()

    return read


@pytest.fixture
def wait_for():
    """Wait until the server has it: ``wait_for(lambda: said("Q3") == 5)``."""
    import time

    def wait(condition, seconds: float = 10):
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, "the server never came to know it"
            time.sleep(0.05)
        return found

    return wait
