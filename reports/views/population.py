"""An officer says how many enterprises there are: upload, look at what would change, load."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from assessment.forms.base import SiteForm
from questionnaires.models import Industry
from reports.estimates.opening import Opened, open_region
from reports.exports import csv, names
from reports.exports.cells import safe
from reports.views.dashboards import attachment
from scoring.estimates import population
from scoring.estimates.population import Plan
from scoring.estimates.population_file import COLUMNS, Row
from scoring.uploads import decode

PAGE = "reports/population.html"
SHOWN = 100  # rows of a table or of a difference on the page
SIZES = ("large", "medium", "small", "micro")


class TableForm(SiteForm):
    file = forms.FileField(
        label=gettext_lazy("Population table (CSV)"),
        help_text=gettext_lazy(
            "Columns: region, industry, size, enterprises, source, date. At most 4 MB."
        ),
    )


@login_required
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "POST"])
def population_page(request: HttpRequest, round: int) -> HttpResponse:
    """``action`` is check (an uploaded file) or load (the text that was checked)."""
    opened = open_region(request.user, round, "")  # type: ignore[arg-type]
    if request.method != "POST":
        return _page(request, opened)
    allowed = {region.code for region in opened.reach.regions}
    if request.POST.get("action") == "load":
        data, name = request.POST.get("text", "").encode(), request.POST.get("name", "")[:120]
        found = population.plan(opened.round, data, name or "table.csv", allowed)
        if found.faults:
            return _page(request, opened, plan=found, status=422)
        count = population.load(opened.round, found, request.user)
        text = ngettext("%(count)d row was loaded.", "%(count)d rows were loaded.", count)
        messages.success(request, text % {"count": count})
        return redirect("reports:estimates", opened.round.pk)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, opened, form=form, status=422)
    file = form.cleaned_data["file"]
    data = file.read(population.LARGEST + 1)
    found = population.plan(opened.round, data, file.name, allowed)
    if found.faults:
        return _page(request, opened, plan=found, name=file.name, status=422)
    text = decode(data) or ""
    return _page(request, opened, plan=found, name=file.name, text=text)


@require_safe
@login_required
def population_template(request: HttpRequest, round: int) -> HttpResponse:
    """The stored table to change, or an empty one with every section and size of the region."""
    opened = open_region(request.user, round, "")  # type: ignore[arg-type]
    allowed = {region.code for region in opened.reach.regions}
    stored = [row for row in population.stored(opened.round) if row.region in allowed]
    lines = [_line(row) for row in stored] or _blank(opened.region.code)
    text = csv.write([[*COLUMNS, "synthetic"], *lines])
    name = names.file_name("population", opened.region.code, str(opened.round.pk), suffix="csv")
    return attachment(text.encode("utf-8"), "text/csv; charset=utf-8", name)


def _line(row: Row) -> list[str]:
    where = [row.region, row.industry or "all", row.size or "all", str(row.enterprises)]
    return [*where, safe(row.source), row.dated.isoformat(), "yes" if row.synthetic else "no"]


def _blank(region: str) -> list[list[str]]:
    sections = Industry.objects.filter(level="section").values_list("code", flat=True)
    day = dt.date(dt.date.today().year - 1, 12, 31).isoformat()
    return [[region, code, size, "", "", day, "no"] for code in sections for size in SIZES]


def _page(
    request: HttpRequest,
    opened: Opened,
    *,
    form: TableForm | None = None,
    plan: Plan | None = None,
    name: str = "",
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    allowed = {region.code for region in opened.reach.regions}
    stored = [row for row in population.stored(opened.round) if row.region in allowed]
    context = {
        "round": opened.round,
        "form": form or TableForm(),
        "plan": plan,
        "changes": _changes(plan) if plan else [],
        "name": name,
        "text": text,
        "stored": stored[:SHOWN],
        "more": max(0, len(stored) - SHOWN),
        "shown": SHOWN,
        "synthetic": any(row.synthetic for row in stored),
        "size_names": {size: str(label) for size, label in _sizes()},
    }
    return render(request, PAGE, context, status=status)


def _sizes() -> list[tuple[str, str]]:
    from assessment.models import Organisation

    return [(str(value), str(label)) for value, label in Organisation.Size.choices]


def _changes(plan: Plan) -> list[tuple[str, Row, int | None, int | None]]:
    """(what happens, row, before, after), the first of them."""
    found: list[tuple[str, Row, int | None, int | None]] = []
    found += [(_("changed"), b, b.enterprises, a.enterprises) for b, a in plan.changed]
    found += [(_("removed"), row, row.enterprises, None) for row in plan.removed]
    found += [(_("new"), row, None, row.enterprises) for row in plan.added]
    return found[:SHOWN]
