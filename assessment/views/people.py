"""Who is let in: colleagues and consultants of an enterprise. Owners manage, members read."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessment.errors import Refused
from assessment.forms.people import ROLES, GrantForm, MemberForm
from assessment.grant import grant_access, revoke_access
from assessment.models import Membership, Organisation
from assessment.people import add_member, change_role, remove_member
from assessment.requests import SignedIn
from assessment.views.organisations import own_organisation, require_role

PEOPLE_PAGE = "assessment/people.html"
CONSULTANTS_PAGE = "assessment/consultants.html"


def members_page(request: SignedIn, pk: int) -> tuple[Organisation, str]:
    """As own_organisation, but consultants and officers do not see who works there."""
    organisation, role = own_organisation(request, pk)
    if not role and not request.user.is_operator:
        raise Http404
    return organisation, role


@login_required
@require_http_methods(["GET", "POST"])
def people(request: SignedIn, pk: int) -> HttpResponse:
    organisation, role = members_page(request, pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        require_role(role, Membership.Role.OWNER)
        if form.is_valid():
            try:
                member = add_member(request.user, organisation, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("%(name)s was added.") % {"name": member.user})
                return redirect("assessment:organisation-people", pk)
    members = organisation.memberships.select_related("user").order_by("role", "pk")
    context = {"organisation": organisation, "role": role, "form": form, "members": members}
    return render(request, PEOPLE_PAGE, {**context, "roles_offered": ROLES})


@login_required
@require_POST
def member_change(request: SignedIn, pk: int, member: int) -> HttpResponse:
    """Change a role (``role``) or, with ``remove``, take the person off the list."""
    organisation, role = members_page(request, pk)
    row = get_object_or_404(organisation.memberships, pk=member)
    leaving = row.user_id == request.user.pk and "remove" in request.POST
    if not leaving:
        require_role(role, Membership.Role.OWNER)
    try:
        if "remove" in request.POST:
            remove_member(request.user, row)
            messages.success(request, _("%(name)s was removed.") % {"name": row.user})
        elif request.POST.get("role") in Membership.Role.values:
            change_role(request.user, row, request.POST["role"])
            messages.success(request, _("The role of %(name)s is saved.") % {"name": row.user})
    except Refused as refused:
        messages.error(request, refused.message)
    if leaving and not organisation.memberships.filter(user=request.user).exists():
        return redirect("home")
    return redirect("assessment:organisation-people", pk)


@login_required
@require_http_methods(["GET", "POST"])
def consultants(request: SignedIn, pk: int) -> HttpResponse:
    organisation, role = members_page(request, pk)
    form = GrantForm(request.POST or None)
    if request.method == "POST":
        require_role(role, Membership.Role.OWNER)
        if form.is_valid():
            try:
                grant = grant_access(request.user, organisation, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused)
            else:
                said = _("%(name)s can now see the submissions and results.")
                messages.success(request, said % {"name": grant.consultant})
                return redirect("assessment:organisation-consultants", pk)
    grants = organisation.grants.select_related("consultant", "granted_by").order_by("-pk")
    context = {"organisation": organisation, "role": role, "form": form, "grants": grants}
    return render(request, CONSULTANTS_PAGE, {**context, "today": timezone.localdate()})


@login_required
@require_POST
def grant_revoke(request: SignedIn, pk: int, grant: int) -> HttpResponse:
    organisation, role = members_page(request, pk)
    require_role(role, Membership.Role.OWNER)
    row = get_object_or_404(organisation.grants.select_related("consultant"), pk=grant)
    revoke_access(request.user, row)
    said = _("%(name)s no longer has access.")
    messages.success(request, said % {"name": row.consultant})
    return redirect("assessment:organisation-consultants", pk)
