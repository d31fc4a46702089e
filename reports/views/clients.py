"""The enterprises that let a consultant read their results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assessment.models import ConsultantGrant, Organisation, User
from scoring.models import Result


@dataclass(frozen=True)
class Client:
    """One enterprise with its results, the newest first."""

    organisation: Organisation
    until: date | None
    results: list[Result]


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def client_list(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/clients.html", {"clients": clients(request.user)})


def clients(user: User | Any) -> list[Client]:
    """Who granted access that is in force today; three queries, however many they are."""
    grants = ConsultantGrant.objects.filter(consultant=user).valid()
    grants = grants.select_related("organisation__region", "organisation__industry")
    latest: dict[int, ConsultantGrant] = {}
    for grant in grants.order_by("organisation__name", "organisation_id", "granted_at"):
        latest[grant.organisation_id] = grant
    found = results_by_organisation(user, list(latest))
    return [
        Client(grant.organisation, grant.expires_on, found.get(pk, []))
        for pk, grant in latest.items()
    ]


def level_key() -> str:
    """Where a payload has the level's name in the reader's language."""
    return "level_name_en" if (get_language() or "").startswith("en") else "level_name"


def results_by_organisation(user: User | Any, organisations: list[int]) -> dict[int, list[Result]]:
    """Results this consultant may see, without the traces that lists do not show."""
    rows = (
        Result.objects.visible_to(user)
        .filter(submission__organisation__in=organisations)
        .select_related("submission__round")
        .defer("payload", "submission__answers_json", "submission__answers_coded")
        .annotate(level_name=KeyTextTransform(level_key(), "payload"), top=F("payload__max"))
        .order_by("-submission__submitted_at", "-pk")
    )
    found: dict[int, list[Result]] = {}
    for row in rows:
        found.setdefault(row.submission.organisation_id, []).append(row)
    return found
