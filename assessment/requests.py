"""Requests of people who are signed in, for the eyes of the type checker."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest

from assessment.models import User


class SignedIn(HttpRequest):
    """What a view behind ``login_required`` receives."""

    user: User  # type: ignore[assignment]


def person_of(request: Any) -> User:
    """The person behind an API request; IsAuthenticated has seen to it that there is one."""
    return cast(User, request.user)
