"""Item statistics of a round over the API, for the officers who run it."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.models import Round
from assessment.requests import person_of
from scoring.items.store import current


class ItemStatisticsViewSet(viewsets.ViewSet):
    """Of every question: answers, difficulty, discrimination, ceiling, floor, options; of every
    dimension: alpha. docs/item-statistics.md defines them."""

    lookup_field = "round"
    lookup_value_regex = r"\d+"

    @extend_schema(
        parameters=[OpenApiParameter("round", int, OpenApiParameter.PATH)],
        responses=OpenApiTypes.OBJECT,
    )
    def retrieve(self, request: Request, round: str) -> Response:
        """202 while a large round is being worked out."""
        run = Round.objects.run_by(person_of(request))  # type: ignore[no-untyped-call]
        found = run.select_related("instrument_version").filter(pk=int(round)).first()
        if found is None:
            raise Http404
        analysis = current(found)
        if analysis is None:
            return Response({"round": found.pk, "state": "pending"}, status=202)
        head = {"round": found.pk, "computed_at": analysis.computed_at}
        return Response({**head, **analysis.content})
