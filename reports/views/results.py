"""One enterprise's result: the page, its progress while it is being scored, and the PDF."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assessment.models import Submission
from reports.building.annexes import with_annexes
from reports.charts.radar import radar
from reports.exports.names import report_name
from reports.model import Dimension, ResultReport
from reports.report import build
from scoring.models import Result

FIRST_STEPS = 3
Request = Any  # a request of Django's or of the API's


def result_of(request: Request, number: int) -> tuple[Submission, Result | None]:
    """A submitted questionnaire and its result; 404 where this person may not see it."""
    rows = Submission.objects.visible_to(request.user).select_related("organisation", "round")
    submission = get_object_or_404(rows, pk=number, state=Submission.State.SUBMITTED)
    result = Result.objects.visible_to(request.user).filter(submission=submission).first()
    return submission, result


def is_done(result: Result | None) -> bool:
    return result is not None and result.state == Result.State.DONE


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def detail(request: HttpRequest, submission: int) -> HttpResponse:
    """The result, or its progress while there is none."""
    found, result = result_of(request, submission)
    if result is None or not is_done(result):
        return render(request, "reports/waiting.html", {"submission": found, "result": result})
    report = with_annexes(build(result), result, request.user, others=False)
    return render(request, "reports/result.html", page_context(report, submission))


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def progress(request: HttpRequest, submission: int) -> HttpResponse:
    """The part htmx polls; when the score is there the whole page is loaded anew."""
    found, result = result_of(request, submission)
    if not is_done(result):
        context = {"submission": found, "result": result}
        return render(request, "reports/parts/progress.html", context)
    if not request.headers.get("HX-Request"):
        return redirect("reports:result-detail", submission)
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_safe
@login_required
def pdf(request: HttpRequest, submission: int) -> HttpResponse:
    """The report as PDF, in ``?language=zh|en`` or the language of the page."""
    return pdf_response(request, submission)


def pdf_response(request: Request, number: int) -> HttpResponse:
    """The PDF as a download; 404 where there is no score or no view of it."""
    from reports.pdf import render as render_pdf  # fonts are loaded only when a report is wanted

    _, result = result_of(request, number)
    if result is None or not is_done(result):
        raise Http404
    report = with_annexes(build(result), result, request.user)
    language = pdf_language(request)
    response = HttpResponse(render_pdf(report, language), content_type="application/pdf")
    name = report_name(report, language)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_language(request: Request) -> Literal["zh", "en"]:
    asked = request.GET.get("language") or get_language() or "zh"
    return "en" if asked.startswith("en") else "zh"


def page_context(report: ResultReport, submission: int) -> dict[str, Any]:
    """What the page's template needs beside the report itself."""
    pairs = with_children(report.dimensions)
    return {
        "report": report,
        "top_rows": [row for row, _ in pairs],
        "dimension_rows": pairs,
        "table_rows": [each for row, children in pairs for each in (row, *children)],
        "first_steps": report.next_steps[:FIRST_STEPS],
        "radar": radar(report),
        "has_targets": any(row.target is not None for row in report.dimensions),
        "compared": [row for row in report.targets if row.figure],
        "uncompared": [row for row in report.targets if not row.figure],
        "pdf_url": reverse("reports:result-pdf", args=[submission]),
    }


def with_children(rows: list[Dimension]) -> list[tuple[Dimension, list[Dimension]]]:
    """Each dimension with the parts of it."""
    tops = [row for row in rows if row.depth == 1]
    return [(top, [row for row in rows if row.parent == top.code]) for top in tops]
