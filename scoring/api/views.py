"""Results over the API: the same visibility as on pages."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from scoring.api import serializers
from scoring.benchmarks import standing
from scoring.models import Result
from scoring.next_steps import next_steps


class ResultViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Result]
):
    """Results one may see, each under its submission's number."""

    queryset = Result.objects.none()
    serializer_class = serializers.ResultSerializer
    lookup_field = "submission"
    lookup_value_regex = "[0-9]+"
    filterset_fields = ("state", "submission__round")

    def get_queryset(self) -> Any:
        rows = Result.objects.visible_to(self.request.user).select_related("submission")
        return rows.defer("payload") if self.action in ("list", "state") else rows

    def get_serializer_class(self) -> type[Any]:
        if self.action == "retrieve":
            return serializers.ResultDetailSerializer
        return serializers.ResultSerializer

    @extend_schema(responses=serializers.ResultStateSerializer)
    @action(detail=True)
    def state(self, request: Request, submission: str) -> Response:
        """Whether the score is there yet."""
        return Response(serializers.ResultStateSerializer(self.get_object()).data)

    @extend_schema(responses=serializers.BenchmarkSerializer)
    @action(detail=True)
    def benchmark(self, request: Request, submission: str) -> Response:
        """Where the result stands among comparable enterprises."""
        return Response(serializers.BenchmarkSerializer(standing(self._whole())).data)

    @extend_schema(responses=serializers.NextStepSerializer(many=True))
    @action(detail=True, url_path="next-steps", pagination_class=None, filter_backends=[])
    def next_steps(self, request: Request, submission: str) -> Response:
        """What to do next, best first."""
        steps = next_steps(self._whole())
        return Response(serializers.NextStepSerializer(steps, many=True).data)

    def _whole(self) -> Result:
        """The result with all that comparing it reads, in one query more."""
        rows = Result.objects.visible_to(self.request.user).select_related(
            "submission__round__instrument_version",
            "submission__round__region",
            "submission__organisation__region",
            "submission__organisation__industry",
        )
        result: Result = rows.get(pk=self.get_object().pk)
        return result
