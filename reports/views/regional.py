"""Regional indices: the list, making one, its pages and files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.jurisdiction import regions_of
from assessment.requests import SignedIn
from questionnaires.models import InstrumentVersion
from reports.exports import names
from reports.regional import files
from reports.regional.forms import IndexForm
from reports.regional.method import method
from reports.regional.page import page
from reports.views.dashboards import attachment
from scoring.areas import children
from scoring.models import RegionalIndex
from scoring.regional.composition import Composition
from scoring.regional.making import composition_of, make, usable_versions

CSV, JSON = "text/csv; charset=utf-8", "application/json"
FOLDER = "reports/regional/"


@require_safe
def index_list(request: HttpRequest) -> HttpResponse:
    """What has been published, and what the officers of one's regions made."""
    user: Any = request.user
    rows = RegionalIndex.objects.visible_to(user).select_related("region", "instrument_version")
    rows = rows.defer("data", "result", "instrument_version__definition")
    context = {
        "indices": Paginator(rows, 50).get_page(request.GET.get("page")),
        "may_make": user.is_authenticated and bool(regions_of(user)),
    }
    return render(request, FOLDER + "list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def index_create(request: SignedIn) -> HttpResponse:
    if not regions_of(request.user):
        raise PermissionDenied
    before = _before(request)
    version, composition, versions = _instrument(request, before)
    initial = IndexForm.initial_of(before) if before else {}
    form = IndexForm(
        request.POST or None, request.FILES or None, officer=request.user, version=version,
        composition=composition, before=before, initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        index = make(form.wanted(), request.user)
        return redirect("reports:index-detail", index.pk)
    context = {"form": form, "version": version, "versions": versions, "before": before}
    return render(request, FOLDER + "form.html", context, status=422 if form.errors else 200)


def _before(request: SignedIn) -> RegionalIndex | None:
    """The index whose data are taken again, ``?from=``."""
    number = request.GET.get("from", "")
    if not number:
        return None
    rows = RegionalIndex.objects.run_by(request.user)
    return get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)


def _instrument(
    request: HttpRequest, before: RegionalIndex | None
) -> tuple[InstrumentVersion, Composition, list[InstrumentVersion]]:
    """What the index is made of: ``?instrument=`` by number, the earlier one's, or the first."""
    versions = usable_versions()
    wanted = str(before.instrument_version_id) if before else request.GET.get("instrument", "")
    version = next((each for each in versions if str(each.pk) == wanted), None)
    if version is None and (wanted or not versions):
        raise Http404
    chosen = version or versions[0]
    composition = composition_of(chosen)
    if composition is None:
        raise Http404
    return chosen, composition, versions


@login_required
@require_safe
def template(request: SignedIn) -> HttpResponse:
    """The empty table for ``?instrument=&region=&year=``: the region's own parts, one row each."""
    version, composition, _versions = _instrument(request, None)
    allowed = {region.code: region for region in regions_of(request.user)}
    if not allowed:
        raise PermissionDenied
    top = allowed.get(request.GET.get("region", "")) or next(iter(allowed.values()))
    year = request.GET.get("year", "")
    number = int(year) if year.isdecimal() else timezone.localdate().year - 1
    regions = list(children(top)) or [top]
    text = files.template(composition, regions, number, get_language() or "zh")
    name = names.file_name(version.instrument.code, top.code, str(number), suffix="csv")
    return attachment(text.encode(), CSV, name)


def _index(request: HttpRequest, pk: int) -> RegionalIndex:
    rows = RegionalIndex.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("region", "instrument_version", "made_by"), pk=pk)


def _done(request: HttpRequest, pk: int) -> RegionalIndex:
    index = _index(request, pk)
    if index.state != RegionalIndex.State.DONE:
        raise Http404
    return index


def _may_run(request: HttpRequest, index: RegionalIndex) -> bool:
    user: Any = request.user
    return user.is_authenticated and RegionalIndex.objects.run_by(user).filter(pk=index.pk).exists()


@require_safe
def index_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of one year, ``?year=``; while there is none, that it is being computed."""
    index = _index(request, pk)
    context: dict[str, Any] = {"index": index, "may_run": _may_run(request, index)}
    if index.state != RegionalIndex.State.DONE:
        return render(request, FOLDER + "waiting.html", context)
    year = request.GET.get("year", "")
    context["page"] = page(index, int(year) if year.isdecimal() else None)
    return render(request, FOLDER + "detail.html", context)


@require_safe
def index_method(request: HttpRequest, pk: int) -> HttpResponse:
    index = _done(request, pk)
    return render(request, FOLDER + "method.html", {"index": index, "method": method(index)})


@require_safe
def index_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """``scores`` and ``data`` as CSV, ``record`` as JSON."""
    index = _done(request, pk)
    if kind == "record":
        return attachment(files.record(index).encode(), JSON, _name(index, kind, "json"))
    text = files.scores(index) if kind == "scores" else index.data
    return attachment(text.encode(), CSV, _name(index, kind, "csv"))


def _name(index: RegionalIndex, kind: str, suffix: str) -> str:
    return names.file_name(index.title, kind, names.day(), suffix=suffix)


@login_required
@require_POST
def index_publish(request: SignedIn, pk: int) -> HttpResponse:
    """Show an index to everybody, or take it back."""
    index = _index(request, pk)
    if not _may_run(request, index):
        raise PermissionDenied
    public = request.POST.get("public") == "yes" and index.state == RegionalIndex.State.DONE
    RegionalIndex.objects.run_by(request.user).filter(pk=pk).update(public=public)
    messages.success(
        request, _("The index is published.") if public else _("The index is no longer public.")
    )
    return redirect("reports:index-detail", pk)
