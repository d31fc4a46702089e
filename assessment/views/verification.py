"""Marking submissions of a round as verified: one or several, after a page that says how many."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessment.errors import Refused
from assessment.models import Round, Submission
from assessment.requests import SignedIn
from assessment.verify import may_verify, verify
from assessment.views.rounds import run_round


@login_required
@never_cache
@require_POST
def round_verify(request: SignedIn, pk: int) -> HttpResponse:
    """``submission`` (repeated) says which, ``verified`` yes or no; without ``confirmed`` asks."""
    round_ = run_round(request, pk)
    if not may_verify(request.user, round_):
        raise PermissionDenied
    keys = {int(key) for key in request.POST.getlist("submission") if key.isdecimal()}
    verified = request.POST.get("verified") == "yes"
    rows = Submission.objects.visible_to(request.user).select_related("organisation")
    rows = rows.filter(round=round_, state=Submission.State.SUBMITTED, pk__in=keys)
    chosen = list(rows.defer("answers_json", "answers_coded").order_by("organisation__name"))
    if not chosen:
        messages.error(request, _("Choose at least one submitted enterprise."))
        return redirect("assessment:round-detail", pk)
    context = {"round": round_, "chosen": chosen, "verified": verified}
    if not request.POST.get("confirmed"):
        return render(request, "assessment/verify.html", context)
    note = request.POST.get("note", "")
    try:
        count = verify(request.user, round_, keys, verified=verified, note=note)
    except Refused as refused:
        context |= {"refused": refused, "note": note}
        return render(request, "assessment/verify.html", context, status=refused.status)
    messages.success(request, _said(count, verified=verified))
    return redirect(_back(round_, chosen))


def _said(count: int, *, verified: bool) -> str:
    if verified:
        text = ngettext(
            "%(n)d submission was marked as verified.",
            "%(n)d submissions were marked as verified.",
            count,
        )
    else:
        text = ngettext(
            "%(n)d verification was taken back.", "%(n)d verifications were taken back.", count
        )
    return text % {"n": count}


def _back(round_: Round, chosen: list[Submission]) -> str:
    """The submission's own page after one, the round's after several."""
    alone = chosen[0] if len(chosen) == 1 else None
    if alone is not None:
        return reverse("assessment:submission-detail", args=[alone.pk])
    return reverse("assessment:round-detail", args=[round_.pk])
