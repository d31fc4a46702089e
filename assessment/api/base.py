"""What the viewsets of this room share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from assessment.errors import Refused

RefusalSerializer = inline_serializer(
    "Refusal",
    {
        "error": serializers.CharField(help_text="What is wrong and what to do, in words."),
        "code": serializers.CharField(),
        "field": serializers.CharField(),
    },
)


class RefusingMixin(APIView):
    """A rule of the business says no: 403 or 409 with words, a code and the field concerned."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Refused):
            data = {"error": exc.message, "code": exc.code, "field": exc.field}
            response = Response(data, status=exc.status)
            response.exception = True
            return response
        return super().handle_exception(exc)


def described(body: Any, answer: Any, status: int = 200) -> Any:
    """Documentation of an action that may be refused."""
    responses = {status: answer, 403: RefusalSerializer, 409: RefusalSerializer}
    return extend_schema(request=body, responses=responses)
