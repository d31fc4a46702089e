"""The report of one submission as JSON and as PDF: what the page shows, under the same rules."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from reports import sentences
from reports.building.annexes import with_annexes
from reports.model import ResultReport
from reports.report import build
from reports.views.results import is_done, pdf_response, result_of

SUBMISSION = OpenApiParameter("submission", int, OpenApiParameter.PATH)
LANGUAGE = OpenApiParameter("language", str, enum=["zh", "en"])


class ReportViewSet(viewsets.ViewSet):
    """Reports on scored submissions: texts as ``{zh, en}`` maps, numbers to six decimals."""

    lookup_field = "submission"
    lookup_value_regex = r"\d+"

    @extend_schema(parameters=[SUBMISSION], responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, submission: str) -> Response:
        """The report; 202 with the state while there is no score."""
        found, result = result_of(request, int(submission))
        if result is None or not is_done(result):
            state = result.state if result else "pending"
            return Response({"submission": found.pk, "state": state}, status=202)
        report = with_annexes(build(result), result, request.user)
        link = reverse("report-pdf", args=[found.pk], request=request)
        return Response({"state": "done", "pdf": link, **as_json(report)})

    @extend_schema(
        parameters=[SUBMISSION, LANGUAGE], responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    @action(detail=True)
    def pdf(self, request: Request, submission: str) -> HttpResponse:
        """The same as PDF, in ``language``."""
        return pdf_response(request, int(submission))


def as_json(report: ResultReport) -> dict[str, Any]:
    """Every field of the report and the sentences the page says in the active language."""
    return {
        **dataclasses.asdict(report),
        "sources": [{"code": code, "title": title} for code, title in report.sources],
        "sentences": {
            "total": sentences.total(report),
            "binding": sentences.binding(report),
            "standing": sentences.standing(report),
        },
    }
