"""Regional estimates and the comparison of rounds, for officers: pages and files at one address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reports.dashboards.model import Dashboard
from reports.estimates import page as estimates_page
from reports.exports import csv, names, xlsx
from reports.panels import page as panels_page
from reports.views.dashboards import attachment


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def estimates(request: HttpRequest, round: int) -> HttpResponse:
    seen = estimates_page.look(request.user, round, request.GET.get("region", ""))  # type: ignore[arg-type]
    if request.GET.get("format") == "csv":
        return as_csv(seen.dashboard, request.GET.get("table", ""))
    query = urlencode({"region": seen.opened.region.code})
    return render(request, "reports/estimates.html", context(seen, query))


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def compare(request: HttpRequest, round: int) -> HttpResponse:
    asked = request.GET
    seen = panels_page.look(request.user, round, asked.get("region", ""), asked.get("with", ""))  # type: ignore[arg-type]
    if asked.get("format") == "csv":
        return as_csv(seen.dashboard, asked.get("table", ""))
    state = {"region": seen.opened.region.code}
    if seen.earlier is not None:
        state["with"] = str(seen.earlier.pk)
    return render(request, "reports/compare_rounds.html", context(seen, urlencode(state)))


def context(seen: estimates_page.Seen | panels_page.Seen, query: str) -> dict[str, object]:
    return {
        "seen": seen,
        "round": seen.opened.round,
        "regions": seen.opened.options,
        "dashboard": seen.dashboard,
        "tables": {table.key: table for table in seen.dashboard.tables},
        "query": query,
        "below": {},  # no row of these tables leads on
        "synthetic_words": xlsx.synthetic_words(),
    }


def as_csv(dashboard: Dashboard, key: str) -> HttpResponse:
    """One table, or all of them in long form; the cells of the page, safe for spreadsheets."""
    table = dashboard.table(key)
    if key and table is None:
        raise Http404
    text = csv.one_table(table) if table else csv.all_tables(dashboard)
    parts = [
        _("Shuheng"),
        dashboard.region_name,
        dashboard.round_title,
        table.title if table else "",
    ]
    name = names.file_name(*parts, str(dashboard.year), names.day(), suffix="csv")
    return attachment(text.encode("utf-8"), "text/csv; charset=utf-8", name)
