"""Targets over time as JSON: what the pages show, for programs."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from questionnaires.models import Indicator
from reports.progress.asked import Asked, chosen
from reports.progress.rounds import points_for, with_rounds
from scoring.progress.catalogue import judge, tracks
from scoring.progress.records import flat, track_record
from scoring.progress.standing import STATES

PATH = OpenApiParameter(
    "path", str, enum=["linear", "compound"],
    description="the path asked for between published points; interpolates only where given",
)  # fmt: skip
FILTERS = [
    OpenApiParameter("area", str, description="division code, CN, or an ISO code abroad"),
    OpenApiParameter("concept", str, description="code of an idea that indicators share"),
    OpenApiParameter("q", str, description="words of the indicator's name or code"),
    OpenApiParameter("state", str, enum=list(STATES)),
    PATH,
]
PLACE = [
    OpenApiParameter("indicator", str, OpenApiParameter.PATH),
    OpenApiParameter("area", str, OpenApiParameter.PATH),
    OpenApiParameter("region", str, description="whose rounds to show, of your jurisdiction"),
    PATH,
]


class ProgressViewSet(viewsets.ViewSet):
    """Published targets, what was observed since, and whether the one keeps up with the other."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="targets_list", parameters=FILTERS, responses=OpenApiTypes.OBJECT)
    def list(self, request: Request) -> Response:
        """Every target with its state, gap, pace and projection."""
        asked = Asked.read(request._request.GET)
        known = tracks([asked.area] if asked.area else [], aimed_only=asked.aimed_only)
        found = chosen([one for track in known for one in judge(track, asked.kind)], asked)
        rows: list[dict[str, Any]] = flat(found)
        return Response({"count": len(rows), "results": rows})

    @extend_schema(parameters=PLACE, responses=OpenApiTypes.OBJECT)
    @action(detail=False, url_path=r"(?P<indicator>[A-Za-z0-9-]+)/(?P<area>[A-Za-z0-9]+)")
    def one(self, request: Request, indicator: str, area: str) -> Response:
        """One indicator in one area, each point with its source and place in it."""
        found = get_object_or_404(Indicator, code=indicator)
        asked = Asked.read(request._request.GET)
        known = tracks([area], found, aimed_only=False)
        if not known:
            raise NotFound
        points = points_for(request.user, request._request.GET.get("region", area)[:12], found)
        told = [track_record(with_rounds(track, points), asked.path) for track in known]
        return Response({"count": len(told), "results": told})
