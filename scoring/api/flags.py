"""Points to check over the API: for officers of rounds that show names, as on the pages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import FilterSet, NumberFilter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.base import RefusingMixin, described
from assessment.requests import person_of
from scoring.integrity import words
from scoring.integrity.deciding import decide
from scoring.models import Flag, FlagDecision


class DecisionSerializer(serializers.ModelSerializer[FlagDecision]):
    by = serializers.CharField(read_only=True)

    class Meta:
        model = FlagDecision
        fields = ("state", "note", "by", "at")
        read_only_fields = ("by", "at")


class FlagSerializer(serializers.ModelSerializer[Flag]):
    """``reason`` is in the language of the request; ``evidence`` names questions and submissions.

    A flag is a hint for a person to look, never a verdict.
    """

    round = serializers.IntegerField(source="submission.round_id", read_only=True)
    reason = serializers.SerializerMethodField()
    code = serializers.CharField(source="reason", read_only=True)
    decisions = DecisionSerializer(many=True, read_only=True)

    class Meta:
        model = Flag
        fields = (
            "id",
            "round",
            "submission",
            "kind",
            "key",
            "code",
            "reason",
            "evidence",
            "holds",
            "state",
            "has_changed",
            "found_at",
            "decided_at",
            "decisions",
        )
        read_only_fields = fields

    def get_reason(self, flag: Flag) -> str:
        return words.reason(flag)


class FlagFilter(FilterSet):
    round = NumberFilter(field_name="submission__round")

    class Meta:
        model = Flag
        fields = ("round", "submission", "state", "kind")


class FlagViewSet(
    RefusingMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Flag]
):
    """Points to check of rounds one runs, as they were found last."""

    queryset = Flag.objects.none().unscoped("told the schema only")
    serializer_class = FlagSerializer
    filterset_class = FlagFilter

    def get_queryset(self) -> Any:
        rows = Flag.objects.visible_to(person_of(self.request)).select_related("submission")
        return rows.prefetch_related("decisions__by").order_by("pk")

    @described(DecisionSerializer, FlagSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Set aside, asked or open again, with a note that says why."""
        flag = self.get_object()
        asked = DecisionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        decide(person_of(request), flag.pk, data["state"], data["note"])
        return Response(self.get_serializer(get_object_or_404(self.get_queryset(), pk=pk)).data)
