"""Files behind answers: sent as soon as they are chosen, given out only to whoever may see them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessment.definitions import section_of
from assessment.errors import Refused
from assessment.evidence import add_evidence, remove_evidence
from assessment.models import Evidence, Submission
from assessment.requests import SignedIn
from assessment.views.submissions import open_sheet

LIST = "assessment/parts/files.html"


def visible(request: SignedIn, pk: int) -> Evidence:
    """A file of a submission this person may see."""
    submissions = Submission.objects.visible_to(request.user).values("pk")
    return get_object_or_404(Evidence.objects.filter(submission__in=submissions), pk=pk)


def refused_words(refused: Refused) -> str:
    """What to say beside the files; a person without the right is turned away instead."""
    if refused.status == 403:
        raise PermissionDenied(refused.message)
    return refused.message


@login_required
@require_POST
def evidence_add(request: SignedIn, pk: int, question: str) -> HttpResponse:
    """Keep the files sent as ``file``; answers with the list of files, and an error if any."""
    open_sheet(request, pk)
    error = "" if request.FILES.getlist("file") else _("Choose a file first.")
    try:
        for file in request.FILES.getlist("file"):
            add_evidence(request.user, pk, question, file)
    except Refused as refused:
        error = refused_words(refused)
    return _list(request, pk, question, error)


@login_required
@require_POST
def evidence_remove(request: SignedIn, pk: int) -> HttpResponse:
    row = visible(request, pk)
    submission, question, error = row.submission_id, row.question, ""
    try:
        remove_evidence(request.user, row)
    except Refused as refused:
        error = refused_words(refused)
    if request.headers.get("X-Requested-With"):
        return _list(request, submission, question, error)
    if error:
        messages.error(request, error)
    sheet = open_sheet(request, submission)
    section = section_of(sheet.definition, question).code
    return redirect("assessment:submission-section", submission, section)


def _list(request: SignedIn, pk: int, question: str, error: str) -> HttpResponse:
    files = Evidence.objects.filter(submission=pk, question=question).order_by("pk")
    context = {"files": files, "may_edit": True, "code": question, "error": error}
    return render(request, LIST, context, status=422 if error else 200)


@login_required
@require_safe
def evidence_file(request: SignedIn, pk: int) -> FileResponse:
    """The file itself, always as a download."""
    row = visible(request, pk)
    response = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
