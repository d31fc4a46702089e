"""Regional indices as JSON: every choice, and what came out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from scoring.models import RegionalIndex


class IndexSerializer(serializers.ModelSerializer[RegionalIndex]):
    """``result`` and ``choices`` are described in docs/regional-index.md."""

    instrument = serializers.CharField(source="instrument_version.label", read_only=True)
    region = serializers.CharField(source="region.code", read_only=True)

    class Meta:
        model = RegionalIndex
        fields = (
            "id", "title", "instrument", "region", "source", "synthetic", "public", "state",
            "made_at", "choices", "reason", "data_sha256",
        )  # fmt: skip


class IndexDetailSerializer(IndexSerializer):
    class Meta:
        model = RegionalIndex
        fields = (*IndexSerializer.Meta.fields, "error", "result")


class IndexViewSet(viewsets.ReadOnlyModelViewSet[RegionalIndex]):
    """Published indices, and those of one's own regions."""

    permission_classes = (AllowAny,)
    queryset = RegionalIndex.objects.none()
    serializer_class = IndexSerializer

    def get_queryset(self) -> Any:
        rows = RegionalIndex.objects.visible_to(self.request.user)
        rows = rows.select_related("region", "instrument_version__instrument")
        unread = ["data", "instrument_version__definition"]
        return rows.defer(*unread, *(["result"] if self.action == "list" else []))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(IndexDetailSerializer(self.get_object()).data)
