"""An officer invites enterprises to a round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.errors import Refused
from assessment.forms.rounds import InviteListForm, InviteMatchingForm
from assessment.invite import invite, matching, read_codes, said, text_of
from assessment.models import Round
from assessment.requests import SignedIn
from assessment.views.rounds import run_round

PAGE = "assessment/invite.html"


@login_required
@require_http_methods(["GET", "POST"])
def round_invite(request: SignedIn, pk: int) -> HttpResponse:
    """Two ways on one page; ``way`` says which was sent, ``action`` whether only to count."""
    round_ = run_round(request, pk)
    if request.method == "POST" and request.POST.get("way") == "list":
        return _by_list(request, round_)
    if request.method == "POST":
        return _by_filter(request, round_)
    return _page(request, round_)


def _page(request: SignedIn, round_: Round, **context) -> HttpResponse:
    initial = {"region": round_.region.code}
    context.setdefault("filter_form", InviteMatchingForm(round_=round_, initial=initial))
    context.setdefault("list_form", InviteListForm())
    invited = round_.invitations.count()
    return render(request, PAGE, {"round": round_, "invited": invited, **context})


def _by_filter(request: SignedIn, round_: Round) -> HttpResponse:
    form = InviteMatchingForm(request.POST, round_=round_)
    if not form.is_valid():
        return _page(request, round_, filter_form=form)
    found = matching(round_, **form.cleaned_data)
    if request.POST.get("action") == "count":
        already = found.filter(invitations__round=round_).count()
        counts = {"matching": found.count(), "already": already}
        return _page(request, round_, filter_form=form, counts=counts)
    return _done(request, round_, invite(request.user, round_, found.iterator()))


def _by_list(request: SignedIn, round_: Round) -> HttpResponse:
    form = InviteListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, round_, list_form=form)
    try:
        file = form.cleaned_data["file"]
        text = text_of(file) if file else form.cleaned_data["codes"]
        codes = read_codes(round_, text)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, round_, list_form=form)
    if not codes.found and not codes.errors:
        form.add_error("codes", _("Paste the codes or choose a file."))
        return _page(request, round_, list_form=form)
    if codes.errors and request.POST.get("action") != "skip":
        form = InviteListForm(initial={"codes": text})
        return _page(request, round_, list_form=form, codes=codes)
    return _done(request, round_, invite(request.user, round_, codes.found))


def _done(request: SignedIn, round_: Round, count: int) -> HttpResponse:
    messages.success(request, said(count))
    return redirect("assessment:round-detail", round_.pk)
