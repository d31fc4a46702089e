"""Support rules beside one enterprise as JSON."""

from __future__ import annotations

import dataclasses

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.models import Organisation
from assessment.requests import person_of
from reports.building.support import support_rows
from reports.support_filter import SupportFilter
from scoring.support import support_of

ORGANISATION = OpenApiParameter("organisation", int, OpenApiParameter.PATH)
FILTERS = [OpenApiParameter(name, str) for name in SupportFilter.base_fields]


class SupportViewSet(viewsets.ViewSet):
    """What published rules say of an enterprise: members, its consultants, operators."""

    lookup_field = "organisation"
    lookup_value_regex = r"\d+"

    @extend_schema(parameters=[ORGANISATION, *FILTERS], responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, organisation: str) -> Response:
        """Every rule with its match. Texts are ``{zh, en}`` maps; no match promises a payment."""
        mine = Organisation.objects.opened_to(person_of(request))
        mine = mine.select_related("region", "industry")
        found = get_object_or_404(mine, pk=organisation)
        matched = support_of(found)
        kept = SupportFilter(request.query_params).keep(support_rows(matched))
        return Response(
            {
                "organisation": found.pk,
                "submission": matched.submission and matched.submission.pk,
                "rules": [dataclasses.asdict(row) for row in kept],
            }
        )
