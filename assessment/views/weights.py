"""The page on which an assessor chooses the weights of a round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.definitions import definition_of
from assessment.errors import Refused
from assessment.models import Round
from assessment.requests import SignedIn
from assessment.views.rounds import run_round
from assessment.weigh_round import LONGEST_REASON, leaves_weights, may_weigh, weigh_round
from questionnaires.instruments.weighting import groups

Given = dict[str, dict[str, str]]


@login_required
@require_http_methods(["GET", "POST"])
def round_weights(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the weights, say why; or go back to the questionnaire's own."""
    round_ = run_round(request, pk)
    if not may_weigh(round_):
        messages.error(request, _why_not(round_))
        return redirect("assessment:round-detail", pk)
    refused: Refused | None = None
    if request.method == "POST":
        given = {} if "own" in request.POST else _read(round_, request.POST)
        try:
            weigh_round(request.user, round_, given, request.POST.get("reason", ""))
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("The weights are saved."))
            return redirect("assessment:round-detail", pk)
    return render(request, "assessment/round_weights.html", _context(round_, request.POST, refused))


def _why_not(round_: Round) -> str:
    if not leaves_weights(round_):
        return _("This questionnaire fixes its weights.")
    return _("An enterprise has begun to answer: the weights can no longer be changed.")


def _read(round_: Round, posted: QueryDict) -> Given:
    """Every weight as typed; a field that is missing or empty is no number."""
    definition = definition_of(round_.instrument_version)
    return {
        group.code: {
            branch.code: posted.get(f"{group.code}.{branch.code}", "").strip()
            for branch in group.branches
        }
        for group in groups(definition)
    }


def _context(round_: Round, posted: QueryDict, refused: Refused | None) -> dict[str, Any]:
    definition = definition_of(round_.instrument_version)
    shown = [
        {
            "group": group,
            "fields": [
                {
                    "name": f"{group.code}.{branch.code}",
                    "branch": branch,
                    "value": posted.get(f"{group.code}.{branch.code}", f"{branch.weight:f}"),
                }
                for branch in group.branches
            ],
        }
        for group in groups(definition, round_.weights)
    ]
    return {
        "round": round_,
        "groups": shown,
        "reason": posted.get("reason", round_.weights_reason),
        "most": LONGEST_REASON,
        "refused": refused,
    }
