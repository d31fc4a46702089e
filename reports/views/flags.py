"""Points to check of a round, for its officers: the list, one point, what is decided of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from assessment.errors import Refused
from assessment.models import Round, User
from assessment.verify import may_verify
from assessment.views.rounds import run_round
from reports.building import flags as building
from reports.exports import csv, names
from reports.views.dashboards import attachment
from scoring.integrity.deciding import decide
from scoring.integrity.keeping import current
from scoring.models import Flag


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def flag_list(request: HttpRequest, round: int) -> HttpResponse:
    """``state`` (open unless told otherwise, ``all`` for all) and ``kind`` filter; ``format=csv``
    gives a file. A round that shows no names gives counts only."""
    found = run_round(request, round)  # type: ignore[arg-type]
    analysis = current(found)
    state, kind = request.GET.get("state", Flag.State.OPEN), request.GET.get("kind", "")
    named = sees_names(request.user, found)  # type: ignore[arg-type]
    context: dict[str, Any] = {"round": found, "analysis": analysis, "named": named}
    if analysis is None:
        return render(request, "reports/flags.html", context)
    if not named:
        if analysis.content["n"] >= settings.MINIMUM_CELL:
            context["tally"] = building.tally(found)
        return render(request, "reports/flags.html", {**context, "minimum": settings.MINIMUM_CELL})
    rows = building.listed(request.user, found, state, kind)  # type: ignore[arg-type]
    if request.GET.get("format") == "csv":
        return _file(found, rows)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    states = [("all", _("All")), *((str(v), str(name)) for v, name in Flag.State.choices)]
    return render(
        request,
        "reports/flags.html",
        {
            **context,
            "page": page,
            "rows": building.reasons(page),
            "tally": building.tally(found),
            "state": state,
            "kind": kind,
            "states": states,
            "kinds": Flag.Kind.choices,
            "query": "&" + urlencode({"state": state, "kind": kind}),
        },
    )


def sees_names(user: User, round: Round) -> bool:
    """Whether enterprises of the round may be named to a person who runs it."""
    return round.names_visible or user.is_operator


def _file(round: Round, rows: Any) -> HttpResponse:
    table = building.table(rows)
    name = names.file_name(table.title, round.title, str(round.year), names.day(), suffix="csv")
    return attachment(csv.one_table(table).encode(), "text/csv; charset=utf-8", name)


@require_http_methods(["GET", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def flag_detail(request: HttpRequest, round: int, flag: int) -> HttpResponse:
    """One point with its evidence; a POST decides. ``part=dialog`` gives the inside of a dialog."""
    found = run_round(request, round)  # type: ignore[arg-type]
    user: User = request.user  # type: ignore[assignment]
    rows = Flag.objects.visible_to(user).filter(submission__round=found)
    rows = rows.select_related("submission__organisation", "submission__round__instrument_version")
    one = rows.prefetch_related("decisions__by").filter(pk=flag).first()
    if one is None:
        raise Http404
    refused: Refused | None = None
    if request.method == "POST":
        try:
            decide(user, flag, request.POST.get("state", ""), request.POST.get("note", ""))
        except Refused as problem:
            refused = problem
        else:
            messages.success(request, _("The decision is noted."))
            return redirect(_back(request, round))
    context = {
        "round": found,
        "seen": building.seen(user, one),
        "refused": refused,
        "choices": _choices(request.POST.get("state") or one.state),
        "note": request.POST.get("note", ""),
        "kept": _kept(request),
        "may_verify": may_verify(user, found),
    }
    part = request.GET.get("part") == "dialog"
    template = "reports/parts/flag.html" if part else "reports/flag.html"
    return render(request, template, context, status=422 if refused else 200)


def _choices(chosen: str) -> list[tuple[str, str, bool]]:
    """What may be decided, in the words of a deed; the usual one first."""
    deeds = {
        Flag.State.SET_ASIDE: _("Set aside: it is explained"),
        Flag.State.ASKED: _("The enterprise was asked"),
        Flag.State.OPEN: _("Keep open"),
    }
    chosen = chosen if chosen in Flag.State.values else ""
    return [(str(value), text, value == chosen) for value, text in deeds.items()]


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The list's filters, which the way back keeps."""
    asked = request.POST if request.method == "POST" else request.GET
    return [(name, asked[name]) for name in ("list", "kind", "page") if asked.get(name)]


def _back(request: HttpRequest, round: int) -> str:
    names_ = {"list": "state", "kind": "kind", "page": "page"}
    kept = {new: request.POST[old] for old, new in names_.items() if request.POST.get(old)}
    address = reverse("reports:flag-list", args=[round])
    return f"{address}?{urlencode(kept)}" if kept else address
