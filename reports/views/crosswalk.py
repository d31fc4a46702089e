"""A result's answers under every other questionnaire; seen by whoever may see the result."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reports.building.crosswalk import crosswalk as build
from reports.building.crosswalk import results_among
from reports.views.results import is_done, result_of


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def crosswalk(request: HttpRequest, submission: int) -> HttpResponse:
    """Shares covered, ends of the scores, questions that remain; before that the result's page."""
    found, result = result_of(request, submission)
    if result is None or not is_done(result):
        return redirect("reports:result-detail", submission)
    rows = build(found)
    context = {
        "submission": found,
        "own": found.round.instrument_version,
        "some": [row for row in rows if row.covered],
        "none": [row for row in rows if not row.covered],
        "results": len(results_among(rows)),
    }
    return render(request, "reports/crosswalk.html", context)
