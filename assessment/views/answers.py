"""Filling in: a section's page, and the address each answer is saved to as it is typed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessment.answer_fields import fields_of, raw_of
from assessment.answer_state import refusal_json, saved_json
from assessment.errors import Refused
from assessment.evidence import add_evidence, takes_files
from assessment.models import Evidence
from assessment.question_page import QuestionPage, conflict_of, page_of
from assessment.requests import SignedIn
from assessment.save_answer import Outcome, Said, save_answer, save_answers
from assessment.sheet import AnswerSheet
from assessment.views.submissions import open_sheet

LONGEST_BODY = 256 * 1024


@login_required
@never_cache  # going back shows what is saved, not what stood there when the page was first opened
@require_http_methods(["GET", "POST"])
def section(request: SignedIn, pk: int, code: str) -> HttpResponse:
    """The questions of one section. Saving a whole page at once works without scripts."""
    sheet = open_sheet(request, pk)
    shown = sheet.section(code)
    if shown is None:
        raise Http404
    pages: dict[str, QuestionPage] = {}
    if request.method == "POST":
        try:
            outcomes = _save_page(request, sheet, shown)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("assessment:submission-detail", pk)
        faulty = [one for one in outcomes if one.conflict or not one.read.ok]
        if not faulty:
            return _onward(request, sheet, shown)
        sheet = open_sheet(request, pk)
        pages = {one.question.code: _faulty_page(request, one) for one in faulty}
    return render(request, "assessment/section.html", _context(request, sheet, shown, pages))


def _save_page(request: SignedIn, sheet: AnswerSheet, shown: Any) -> list[Outcome]:
    _upload(request, sheet, shown)
    said = [
        Said(
            question.code, raw_of(question, dict(request.POST.lists())), _version(request, question)
        )
        for question in shown.questions
        if question.kind != "evidence" and f"{question.code}.version" in request.POST
    ]
    return save_answers(request.user, sheet.submission.pk, said)


def _version(request: SignedIn, question: Any) -> int:
    text = request.POST.get(f"{question.code}.version", "0")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _upload(request: SignedIn, sheet: AnswerSheet, shown: Any) -> None:
    for question in shown.questions:
        for file in request.FILES.getlist(f"{question.code}.file"):
            if takes_files(question):
                add_evidence(request.user, sheet.submission.pk, question.code, file)


def _faulty_page(request: SignedIn, outcome: Outcome) -> QuestionPage:
    """The question as it was sent, so that nothing typed is lost, with what is wrong."""
    question, answer = outcome.question, outcome.answer
    fields = dict(request.POST.lists())
    page = QuestionPage(question, fields, version=answer.version if answer else 0)
    page.error = outcome.read.error
    if outcome.conflict and answer:
        page.conflict = conflict_of(question, answer, raw_of(question, fields))
        page.error = _("Somebody else changed this answer meanwhile. Choose which one stays.")
    return page


def _onward(request: SignedIn, sheet: AnswerSheet, shown: Any) -> HttpResponse:
    """Back to the check page if one came from there, else to the next section or the list."""
    pk = sheet.submission.pk
    if request.POST.get("back") == "check":
        return redirect("assessment:submission-check", pk)
    if "stay" in request.POST:
        return redirect("assessment:submission-section", pk, shown.code)
    codes = [section.code for section in sheet.definition.sections]
    following = codes[codes.index(shown.code) + 1 :]
    if following:
        return redirect("assessment:submission-section", pk, following[0])
    return redirect("assessment:submission-detail", pk)


def _context(
    request: SignedIn, sheet: AnswerSheet, shown: Any, pages: dict[str, QuestionPage]
) -> dict[str, Any]:
    files: dict[str, list[Evidence]] = {}
    for row in Evidence.objects.filter(submission=sheet.submission).order_by("pk"):
        files.setdefault(row.question, []).append(row)
    questions = []
    for question in shown.questions:
        asked = question.code in sheet.asked
        page = pages.get(question.code) or page_of(
            question, sheet.answers.get(question.code), asked
        )
        page.number = sheet.numbers[question.code]
        page.files = files.get(question.code, [])
        questions.append(page)
    codes = [section.code for section in sheet.definition.sections]
    return {
        "sheet": sheet,
        "submission": sheet.submission,
        "section": shown,
        "questions": questions,
        "errors": [page for page in questions if page.asked and page.error] if pages else [],
        "number": codes.index(shown.code) + 1,
        "count": len(codes),
        "back": request.GET.get("back") or request.POST.get("back") or "",
        "may_edit": sheet.may_edit,
    }


@login_required
@require_POST
def save(request: SignedIn, pk: int, question: str) -> JsonResponse:
    """Save one answer as it is typed.

    Takes JSON ``{"fields": {input: [texts]}}`` or ``{"value": …}`` with ``version``, ``device``
    and ``counter``. Answers 200 saved, 409 conflict or refused, 422 kept but not readable yet.
    """
    sheet = open_sheet(request, pk)
    asked = sheet.definition.questions.get(question)
    if asked is None:
        raise Http404
    said = _said(request, asked)
    if said is None:
        return JsonResponse({"error": _("The request cannot be read.")}, status=400)
    try:
        outcome = save_answer(request.user, pk, said)
    except Refused as refused:
        return JsonResponse(refusal_json(refused), status=refused.status)
    if outcome.conflict and outcome.answer:
        found = conflict_of(asked, outcome.answer, said.raw)
        theirs = outcome.answer.value if outcome.answer.typed is None else outcome.answer.typed
        data = {**vars(found), "version": outcome.answer.version}
        return JsonResponse({"conflict": {**data, "fields": fields_of(asked, theirs)}}, status=409)
    data = saved_json(open_sheet(request, pk), outcome)
    return JsonResponse(data, status=200 if outcome.read.ok else 422)


def _said(request: SignedIn, question: Any) -> Said | None:
    try:
        data = json.loads(request.body[:LONGEST_BODY])
        fields = data.get("fields")
        raw = data.get("value") if fields is None else raw_of(question, _texts(fields))
        version, counter = int(data.get("version") or 0), int(data.get("counter") or 0)
        device = str(data.get("device") or "")[:40]
    except (ValueError, TypeError, AttributeError):
        return None
    if not (0 <= version < 2**31 and 0 <= counter < 2**53):
        return None
    return Said(question.code, raw, version, device, counter)


def _texts(fields: dict) -> dict[str, list[str]]:
    return {str(name): [str(text) for text in texts] for name, texts in fields.items()}
