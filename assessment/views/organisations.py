"""An enterprise's own pages: list, register, facts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessment.errors import Refused
from assessment.forms.organisation import OrganisationForm
from assessment.models import Membership, Organisation, Submission
from assessment.register import register_organisation, update_organisation
from assessment.requests import SignedIn
from assessment.size_explained import explain

FORM_PAGE = "assessment/organisation_form.html"


def own_organisation(request: SignedIn, pk: int) -> tuple[Organisation, str]:
    """The enterprise and this person's role in it; 404 unless a member (or the operator)."""
    rows = Organisation.objects.visible_to(request.user).select_related("region", "industry")
    organisation = get_object_or_404(rows, pk=pk)
    member = Membership.objects.filter(user=request.user, organisation=organisation).first()
    return organisation, member.role if member else ""


def require_role(role: str, *allowed: str) -> None:
    """403 with words for somebody who may look but not do this."""
    if role not in allowed:
        raise PermissionDenied


@login_required
@require_safe
def organisation_list(request: SignedIn) -> HttpResponse:
    """One's own enterprises."""
    rows = Membership.objects.filter(user=request.user).select_related(
        "organisation__region", "organisation__industry"
    )
    return render(request, "assessment/organisation_list.html", {"memberships": rows})


@login_required
@require_http_methods(["GET", "POST"])
def organisation_create(request: SignedIn) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = register_organisation(request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(name)s is registered.") % {"name": organisation})
            return redirect("assessment:organisation-detail", organisation.pk)
    return render(request, FORM_PAGE, {"form": form})


@login_required
@require_safe
def organisation_detail(request: SignedIn, pk: int) -> HttpResponse:
    organisation, role = own_organisation(request, pk)
    submissions = (
        Submission.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("round")
    )
    context = {
        "organisation": organisation,
        "role": role,
        "size": explain(organisation),
        "submissions": submissions,
        "opened": Organisation.objects.opened_to(request.user).filter(pk=pk).exists(),
    }
    return render(request, "assessment/organisation_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def organisation_edit(request: SignedIn, pk: int) -> HttpResponse:
    organisation, role = own_organisation(request, pk)
    require_role(role, Membership.Role.OWNER, Membership.Role.EDITOR)
    initial = OrganisationForm.initial_of(organisation)
    form = OrganisationForm(request.POST or None, organisation=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        update_organisation(request.user, organisation, **form.cleaned_data)
        messages.success(request, _("The facts about the enterprise are saved."))
        return redirect("assessment:organisation-detail", organisation.pk)
    return render(request, FORM_PAGE, {"form": form, "organisation": organisation})
