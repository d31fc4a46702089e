"""Regional estimates and compared rounds as JSON: the tables of the pages, cell by cell."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.requests import person_of
from reports.api.dashboards import as_json
from reports.estimates import page as estimates_page
from reports.panels import page as panels_page

ROUND = OpenApiParameter("round", int, OpenApiParameter.PATH)
REGION = OpenApiParameter("region", str, description="division code in your jurisdiction")
WITH = OpenApiParameter("with", int, description="the earlier round; the nearest without it")


class EstimateViewSet(viewsets.ViewSet):
    """Post-stratified estimates of a round. A cell is ``{value, symbol}``, as in dashboards."""

    lookup_field = "round"
    lookup_value_regex = r"\d+"

    @extend_schema(parameters=[ROUND, REGION], responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, round: str) -> Response:
        asked = request._request.GET
        seen = estimates_page.look(person_of(request), int(round), asked.get("region", ""))
        about = {key: seen.data.get(key) for key in ("population", "respondents", "outside")}
        region = seen.opened.region.code
        return Response({"region": region, "state": seen.state, **about, **as_json(seen.dashboard)})


class PanelViewSet(viewsets.ViewSet):
    """A round beside an earlier one, through the enterprises in both."""

    lookup_field = "round"
    lookup_value_regex = r"\d+"

    @extend_schema(parameters=[ROUND, REGION, WITH], responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, round: str) -> Response:
        asked = request._request.GET
        seen = panels_page.look(
            person_of(request), int(round), asked.get("region", ""), asked.get("with", "")
        )
        about = {
            "region": seen.opened.region.code,
            "earlier": seen.earlier.pk if seen.earlier else None,
            "state": seen.state,
            "reason": seen.reason,
        }
        return Response({**about, **as_json(seen.dashboard)})
