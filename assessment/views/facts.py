"""What an enterprise says about itself for the matching of support rules."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessment.answer_state import refusal_json
from assessment.errors import Refused
from assessment.facts.fields import FactField, fact_fields
from assessment.facts.known import known_answers, latest_submission
from assessment.facts.page import (
    conflict_of,
    groups_of,
    inputs_of,
    raw_and_year,
    said_of,
    saved_json,
)
from assessment.facts.saving import FactOutcome, FactSaid, save_facts
from assessment.models import Fact, Membership, Organisation
from assessment.requests import SignedIn
from assessment.views.answers import LONGEST_BODY

EDITORS = (Membership.Role.OWNER, Membership.Role.EDITOR)


def opened_organisation(request: SignedIn, pk: int) -> tuple[Organisation, str]:
    """The enterprise and this person's role in it; 404 unless member, consultant or operator."""
    rows = Organisation.objects.opened_to(request.user).select_related("region", "industry")
    organisation = get_object_or_404(rows, pk=pk)
    member = Membership.objects.filter(user=request.user, organisation=organisation).first()
    return organisation, member.role if member else ""


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def facts(request: SignedIn, pk: int) -> HttpResponse:
    """All facts, group by group. Saving the whole page at once works without scripts."""
    organisation, role = opened_organisation(request, pk)
    fields = fact_fields()
    faulty: list[FactOutcome] = []
    if request.method == "POST":
        try:
            faulty = _save_page(request, organisation, fields)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("assessment:organisation-facts", pk)
        if not faulty:
            messages.success(request, _("The facts about the enterprise are saved."))
            return redirect("assessment:organisation-facts", pk)
    return render(request, "assessment/facts.html", _context(organisation, role, fields, faulty))


def _context(
    organisation: Organisation, role: str, fields: dict[str, FactField], faulty: list[FactOutcome]
) -> dict[str, Any]:
    rows = Fact.objects.filter(organisation=organisation).select_related("saved_by")
    submission = latest_submission(organisation)
    answered = known_answers(fields, submission) if submission else {}
    groups = groups_of(fields, {row.indicator: row for row in rows}, answered)
    return {
        "organisation": organisation,
        "role": role,
        "opened": True,
        "groups": groups,
        "filled": sum(group.filled for group in groups),
        "count": len(fields),
        "faulty": [(one.field, _problem(one)) for one in faulty],
        "may_edit": role in EDITORS,
    }


def _problem(outcome: FactOutcome) -> str:
    if outcome.conflict:
        return _("Somebody else changed this fact meanwhile. Look at it and save again.")
    return outcome.read.error


def _save_page(
    request: SignedIn, organisation: Organisation, fields: dict[str, FactField]
) -> list[FactOutcome]:
    """Save what the form sent; returns what could not be read or was changed meanwhile."""
    sent = dict(request.POST.lists())
    said = [
        said_of(field, sent, version=_whole(sent.get(f"{code}.version", ["0"])[0]))
        for code, field in fields.items()
        if f"{code}.version" in sent
    ]
    outcomes = save_facts(request.user, organisation, said)
    return [one for one in outcomes if one.conflict or not one.read.ok]


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@login_required
@require_POST
def save(request: SignedIn, pk: int, indicator: str) -> JsonResponse:
    """Save one fact as it is typed: 200 saved, 409 conflict or refused, 422 kept but unreadable.

    Takes JSON ``{"fields": {input: [texts]}}`` with ``version``, ``device`` and ``counter``.
    """
    organisation, _role = opened_organisation(request, pk)
    fields = fact_fields()
    if indicator not in fields:
        raise Http404
    said = _said(request, fields[indicator])
    if said is None:
        return JsonResponse({"error": _("The request cannot be read.")}, status=400)
    try:
        outcome = save_facts(request.user, organisation, [said])[0]
    except Refused as refused:
        return JsonResponse(refusal_json(refused), status=refused.status)
    if outcome.conflict and outcome.fact:
        return JsonResponse({"conflict": _conflict(outcome, outcome.fact, said)}, status=409)
    rows = list(Fact.objects.filter(organisation=organisation, indicator__in=fields))
    status = 200 if outcome.read.ok else 422
    return JsonResponse(saved_json(outcome, list(fields), rows), status=status)


def _conflict(outcome: FactOutcome, theirs: Fact, said: FactSaid) -> dict[str, Any]:
    raw, year = raw_and_year(theirs)
    inputs = inputs_of(outcome.field, raw) | {f"{outcome.field.code}.year": [str(year or "")]}
    found = vars(conflict_of(outcome.field, theirs, outcome.read, said))
    return {**found, "version": theirs.version, "fields": inputs}


def _said(request: SignedIn, field: FactField) -> FactSaid | None:
    try:
        data = json.loads(request.body[:LONGEST_BODY])
        fields = {str(k): [str(text) for text in v] for k, v in data["fields"].items()}
        version, counter = int(data.get("version") or 0), int(data.get("counter") or 0)
        device = str(data.get("device") or "")[:40]
    except (ValueError, TypeError, AttributeError, KeyError):
        return None
    if not (0 <= version < 2**31 and 0 <= counter < 2**53):
        return None
    return said_of(field, fields, version=version, device=device, counter=counter)
