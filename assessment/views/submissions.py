"""A submission's own pages: task list, where to go on, checking, receipt."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.check_page import check_sections
from assessment.checks import contradictions
from assessment.definitions import section_of
from assessment.errors import Refused
from assessment.models import Submission
from assessment.pledge import pledge_text
from assessment.requests import SignedIn
from assessment.sheet import AnswerSheet, for_pages, sheet_of
from assessment.submit import submit
from assessment.verify import may_verify


def open_sheet(request: SignedIn, pk: int) -> AnswerSheet:
    """The submission with its answers; 404 unless this person may see it."""
    rows = for_pages(Submission.objects.visible_to(request.user))
    return sheet_of(get_object_or_404(rows, pk=pk), request.user)


def question_url(sheet: AnswerSheet, question: str, back: str = "") -> str:
    """Address of a question inside its section's page."""
    section = section_of(sheet.definition, question).code
    url = reverse("assessment:submission-section", args=[sheet.submission.pk, section])
    return f"{url}{'?back=check' if back else ''}#question-{question}"


@login_required
@never_cache
@require_safe
def submission_detail(request: SignedIn, pk: int) -> HttpResponse:
    sheet = open_sheet(request, pk)
    context = {
        "sheet": sheet,
        "submission": sheet.submission,
        "progress": sheet.progress,
        "may_verify": may_verify(request.user, sheet.submission.round),
    }
    return render(request, "assessment/submission_detail.html", context)


@login_required
@require_safe
def submission_continue(request: SignedIn, pk: int) -> HttpResponse:
    """To the first question that needs the person, or to the check page when none does."""
    sheet = open_sheet(request, pk)
    following = sheet.progress.next_question
    if following is None or not sheet.may_edit:
        return redirect("assessment:submission-check", pk)
    return redirect(question_url(sheet, following))


@login_required
@never_cache
@require_safe
def submission_check(request: SignedIn, pk: int) -> HttpResponse:
    return _check_page(request, open_sheet(request, pk))


@login_required
@require_http_methods(["POST"])
def submission_submit(request: SignedIn, pk: int) -> HttpResponse:
    """Submit once; a second press finds the same receipt."""
    sheet = open_sheet(request, pk)
    try:
        submission = submit(request.user, pk, request.POST.get("pledge_name", ""))
    except Refused as refused:
        return _check_page(request, sheet, refused)
    return redirect("assessment:submission-receipt", submission.pk)


def _check_page(
    request: SignedIn, sheet: AnswerSheet, refused: Refused | None = None
) -> HttpResponse:
    submission = sheet.submission
    context = {
        "sheet": sheet,
        "submission": submission,
        "progress": sheet.progress,
        "sections": check_sections(sheet, contradictions(sheet)),
        "pledge": submission.pledge_text or pledge_text(submission.organisation.name),
        "pledge_name": request.POST.get("pledge_name", ""),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "assessment/check.html", context, status=status)


@login_required
@require_safe
def submission_receipt(request: SignedIn, pk: int) -> HttpResponse:
    sheet = open_sheet(request, pk)
    if sheet.submission.state != Submission.State.SUBMITTED:
        return redirect("assessment:submission-detail", pk)
    return render(request, "assessment/receipt.html", {"submission": sheet.submission})
