"""Rounds: the list, one round, and opening or changing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.errors import Refused
from assessment.forms.rounds import RoundForm
from assessment.jurisdiction import regions_of
from assessment.models import Organisation, Round
from assessment.open_round import change_round, open_round
from assessment.participation import participants, places_of
from assessment.requests import SignedIn
from assessment.start import start_submission
from assessment.weigh_round import weights_of

FORM_PAGE = "assessment/round_form.html"


def run_round(request: SignedIn, pk: int) -> Round:
    """A round this officer runs; 404 when it cannot be seen, 403 when it is not one's own."""
    rows = Round.objects.select_related("region", "instrument_version__instrument")
    rows = rows.defer("instrument_version__definition")
    round_ = get_object_or_404(rows.visible_to(request.user), pk=pk)
    if not Round.objects.run_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return round_


@login_required
@require_safe
def round_list(request: SignedIn) -> HttpResponse:
    """What one runs, and what one's enterprises take part in or may join."""
    run = Round.objects.run_by(request.user).select_related("region", "instrument_version")
    run = run.defer("instrument_version__definition").with_counts()
    context = {
        "run": Paginator(run, 50).get_page(request.GET.get("page")),
        "may_open": bool(regions_of(request.user)),
        "places": places_of(request.user),
    }
    return render(request, "assessment/round_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def round_create(request: SignedIn) -> HttpResponse:
    if not regions_of(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    initial = {"year": today.year, "opens_on": today}
    form = RoundForm(request.POST or None, officer=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            round_ = open_round(request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The round is set up. Invite enterprises next."))
            return redirect("assessment:round-invite", round_.pk)
    return render(request, FORM_PAGE, {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def round_edit(request: SignedIn, pk: int) -> HttpResponse:
    round_ = run_round(request, pk)
    initial = RoundForm.initial_of(round_)
    form = RoundForm(request.POST or None, officer=request.user, initial=initial)
    if not round_.is_coming:
        messages.error(request, _("A round that has opened can no longer be changed."))
        return redirect("assessment:round-detail", pk)
    if request.method == "POST" and form.is_valid():
        try:
            change_round(request.user, round_, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The round is saved."))
            return redirect("assessment:round-detail", pk)
    return render(request, FORM_PAGE, {"form": form, "round": round_})


@login_required
@require_safe
def round_detail(request: SignedIn, pk: int) -> HttpResponse:
    rows = Round.objects.visible_to(request.user).with_counts()
    rows = rows.select_related("region", "instrument_version__instrument")
    round_ = get_object_or_404(rows.defer("instrument_version__definition"), pk=pk)
    runs = Round.objects.run_by(request.user).filter(pk=pk).exists()
    context = {
        "round": round_,
        "runs": runs,
        "places": places_of(request.user, round_),
        "state": request.GET.get("state", ""),
        **weights_of(round_, runs),
    }
    context["verifies"] = runs and round_.names_visible
    if context["verifies"]:
        named = participants(round_, context["state"])
        context["named"] = Paginator(named, 50).get_page(request.GET.get("page"))
    return render(request, "assessment/round_detail.html", context)


@login_required
@require_POST
def round_start(request: SignedIn, pk: int) -> HttpResponse:
    """Begin (or go on with) filling in for one of one's enterprises."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    organisations = Organisation.objects.editable_by(request.user)
    organisation = get_object_or_404(organisations, pk=request.POST.get("organisation") or 0)
    try:
        submission = start_submission(request.user, round_, organisation)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("assessment:round-detail", pk)
    return redirect("assessment:submission-detail", submission.pk)
