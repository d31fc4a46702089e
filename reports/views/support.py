"""All support rules beside one enterprise, for whoever may read what it says of itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assessment.models import Membership, Organisation
from reports.building.support import support_rows
from reports.support_filter import SupportFilter, grouped
from scoring.support import support_of


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def support(request: HttpRequest, organisation: int) -> HttpResponse:
    """Every rule with its match, filtered by state, kind, level of government and audience."""
    rows = Organisation.objects.opened_to(request.user).select_related("region", "industry")
    found = get_object_or_404(rows, pk=organisation)
    matched = support_of(found)
    everything = support_rows(matched)
    form = SupportFilter(request.GET)
    kept = form.keep(everything)
    member = Membership.objects.filter(user=request.user.pk, organisation=found).first()
    context = {
        "organisation": found,
        "role": member.role if member else "",
        "opened": True,
        "submission": matched.submission,
        "form": form,
        "groups": grouped(kept),
        "shown": len(kept),
        "all": len(everything),
    }
    return render(request, "reports/support.html", context)
