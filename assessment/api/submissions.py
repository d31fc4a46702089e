"""Submissions: starting, answering with version guards, submitting."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.base import RefusalSerializer, RefusingMixin, described
from assessment.api.filters import SubmissionFilter
from assessment.models import Organisation, Round, Submission
from assessment.requests import person_of
from assessment.save_answer import Outcome, Said, save_answers
from assessment.sheet import AnswerSheet, for_pages, sheet_of
from assessment.start import start_submission
from assessment.submit import submit
from assessment.verify import LONGEST_NOTE, verify

QUESTION = OpenApiParameter("question", str, OpenApiParameter.PATH, description="Code.")


class SubmissionSerializer(serializers.ModelSerializer):
    instrument = serializers.CharField(source="round.instrument_version.label", read_only=True)

    class Meta:
        model = Submission
        fields = (
            "id",
            "round",
            "organisation",
            "instrument",
            "state",
            "started_at",
            "submitted_at",
            "receipt",
            "pledge_text",
            "pledge_name",
            "verified_at",
            "synthetic",
        )


class StartSerializer(serializers.Serializer):
    round = serializers.IntegerField()
    organisation = serializers.IntegerField()


class AnswerInSerializer(serializers.Serializer):
    """``version`` is the one last read: 0 for a question never answered."""

    value = serializers.JSONField(allow_null=True)
    version = serializers.IntegerField(min_value=0, default=0)


class AnswersInSerializer(serializers.Serializer):
    """Answers by question code."""

    answers = serializers.DictField(child=AnswerInSerializer(), allow_empty=False)


class AnswerOutSerializer(serializers.Serializer):
    """``error`` says what is wrong with ``typed``; ``conflict`` that nothing was written."""

    value = serializers.JSONField(allow_null=True)
    typed = serializers.JSONField(allow_null=True)
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    saved_by = serializers.CharField(allow_null=True)
    prefilled = serializers.BooleanField()
    error = serializers.CharField(allow_blank=True)
    conflict = serializers.BooleanField()


class AnswersOutSerializer(serializers.Serializer):
    """Every answer by question code, and the codes of the questions that are asked."""

    answers = serializers.DictField(child=AnswerOutSerializer())
    asked = serializers.ListField(child=serializers.CharField())


class PledgeSerializer(serializers.Serializer):
    """Who gives the pledge of truthfulness for the enterprise."""

    pledge_name = serializers.CharField(max_length=80)


class VerifySerializer(serializers.Serializer):
    """``note`` says what was looked at; to take a verification back it is required."""

    verified = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True, default="", max_length=LONGEST_NOTE)


class SubmissionViewSet(
    RefusingMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Submissions one may see: one's own, of clients, and submitted ones of named rounds."""

    queryset = Submission.objects.none().unscoped("told the schema only")
    serializer_class = SubmissionSerializer
    filterset_class = SubmissionFilter

    def get_queryset(self) -> QuerySet:
        return for_pages(Submission.objects.visible_to(person_of(self.request))).order_by("-pk")

    def _sheet(self) -> AnswerSheet:
        return sheet_of(self.get_object(), person_of(self.request))

    @described(StartSerializer, SubmissionSerializer, 201)
    def create(self, request: Request) -> Response:
        """Start the draft of an enterprise in a round, or get the one there is."""
        asked = StartSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rounds = Round.objects.visible_to(person_of(request))
        round_ = get_object_or_404(rounds, pk=asked.validated_data["round"])
        mine = Organisation.objects.editable_by(person_of(request))
        organisation = get_object_or_404(mine, pk=asked.validated_data["organisation"])
        submission = start_submission(person_of(request), round_, organisation)
        return Response(self.get_serializer(submission).data, status=201)

    @extend_schema(methods=["GET"], responses=AnswersOutSerializer)
    @extend_schema(
        methods=["PUT"],
        request=AnswersInSerializer,
        responses={200: AnswersOutSerializer, 409: RefusalSerializer, 422: AnswersOutSerializer},
    )
    @action(detail=True, methods=["get", "put"])
    def answers(self, request: Request, pk: str) -> Response:
        """Read all answers, or save several at once.

        Saving answers 422 when one of them cannot be read or conflicts with a newer version; the
        others are saved.
        """
        sheet = self._sheet()
        if request.method == "GET":
            return Response(_answers_out(sheet))
        asked = AnswersInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data["answers"]
        said = [Said(code, one["value"], one["version"]) for code, one in given.items()]
        outcomes = save_answers(person_of(request), sheet.submission.pk, said)
        return self._saved(outcomes)

    @extend_schema(
        methods=["GET"],
        operation_id="submissions_answer_retrieve",
        parameters=[QUESTION],
        responses=AnswerOutSerializer,
    )
    @extend_schema(
        methods=["PUT"],
        operation_id="submissions_answer_update",
        parameters=[QUESTION],
        request=AnswerInSerializer,
        responses={200: AnswerOutSerializer, 409: AnswerOutSerializer, 422: AnswerOutSerializer},
    )
    @action(
        detail=True,
        methods=["get", "put"],
        url_path=r"answers/(?P<question>[A-Za-z][A-Za-z0-9_-]*)",
    )
    def answer(self, request: Request, pk: str, question: str) -> Response:
        """Read one answer, or save it: 409 when a newer version exists, 422 when unreadable."""
        sheet = self._sheet()
        if question not in sheet.definition.questions:
            raise Http404
        if request.method == "GET":
            return Response(_answer_out(sheet.answers.get(question)))
        asked = AnswerInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = Said(question, asked.validated_data["value"], asked.validated_data["version"])
        outcome = save_answers(person_of(request), sheet.submission.pk, [said])[0]
        status = 409 if outcome.conflict else 200 if outcome.read.ok else 422
        return Response(_outcome_out(outcome), status=status)

    @described(PledgeSerializer, SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Give the pledge and submit; a second call answers with the same receipt."""
        submission = self.get_object()
        asked = PledgeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        submit(person_of(request), submission.pk, asked.validated_data["pledge_name"])
        return Response(self.get_serializer(self.get_object()).data)

    @described(VerifySerializer, SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str) -> Response:
        """Mark submitted answers as verified, or take that back: officers of the round only."""
        submission = self.get_object()
        asked = VerifySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actor, round_ = person_of(request), submission.round
        verify(actor, round_, [submission.pk], **asked.validated_data)
        return Response(self.get_serializer(self.get_object()).data)

    def _saved(self, outcomes: list[Outcome]) -> Response:
        data = _answers_out(self._sheet())
        for outcome in outcomes:
            data["answers"][outcome.question.code] = _outcome_out(outcome)
        faulty = any(outcome.conflict or not outcome.read.ok for outcome in outcomes)
        return Response(data, status=422 if faulty else 200)


def _answers_out(sheet: AnswerSheet) -> dict[str, Any]:
    answers = {code: _answer_out(row) for code, row in sheet.answers.items()}
    asked = [code for code in sheet.definition.questions if code in sheet.asked]
    return {"answers": answers, "asked": asked}


def _outcome_out(outcome: Outcome) -> dict[str, Any]:
    found = {"error": outcome.read.error, "conflict": outcome.conflict}
    return _answer_out(outcome.answer) | found


def _answer_out(answer: Any) -> dict[str, Any]:
    return {
        "value": answer.value if answer else None,
        "typed": answer.typed if answer else None,
        "version": answer.version if answer else 0,
        "saved_at": answer.saved_at if answer else None,
        "saved_by": str(answer.saved_by) if answer else None,
        "prefilled": bool(answer and answer.prefilled_from_id),
        "error": "",
        "conflict": False,
    }
