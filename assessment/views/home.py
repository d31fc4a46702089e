"""The first page: what the site is for a visitor, what to do next for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessment.models import ConsultantGrant, Round, Submission, User
from assessment.participation import Place, places_of
from assessment.progress import Progress
from assessment.requests import person_of
from assessment.sheet import for_pages, sheet_of

MOST_ROUNDS = 10


@dataclass(frozen=True)
class PlaceWithProgress:
    """A place, and for a draft how far it is."""

    place: Place
    progress: Progress | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.place, name)


def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "assessment/welcome.html")
    user = person_of(request)
    context = {
        "places": [_with_progress(user, place) for place in _current(places_of(user))],
        "run": _rounds_run(user),
        "clients": _clients(user),
    }
    return render(request, "assessment/home.html", context)


def _current(places: list[Place]) -> list[Place]:
    """Open or coming rounds, and what was submitted; closed ones without an answer are history."""
    today = timezone.localdate()
    return [place for place in places if place.submission or place.round.closes_on >= today]


def _with_progress(user: User, place: Place) -> PlaceWithProgress:
    if place.submission is None or place.submission.state != Submission.State.DRAFT:
        return PlaceWithProgress(place, None)
    rows = for_pages(Submission.objects.visible_to(user))
    return PlaceWithProgress(place, sheet_of(rows.get(pk=place.submission.pk)).progress)


def _rounds_run(user: User) -> list[Round]:
    run = Round.objects.run_by(user).select_related("region", "instrument_version")
    return list(run.defer("instrument_version__definition").with_counts()[:MOST_ROUNDS])


def _clients(user: User) -> int:
    return ConsultantGrant.objects.filter(consultant=user).valid().count()
