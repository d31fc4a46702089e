"""Rounds and who is invited to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.base import RefusingMixin, described
from assessment.api.filters import ByRound
from assessment.invite import invite, matching, read_codes
from assessment.models import Invitation, Organisation, Round
from assessment.open_round import change_round, open_round
from assessment.requests import person_of
from questionnaires.models import InstrumentVersion, Region


@extend_schema_field(str)
class InstrumentLabelField(serializers.Field):
    """``code@version`` of a published version."""

    def to_internal_value(self, data: Any) -> InstrumentVersion:
        code, _at, version = str(data).partition("@")
        rows = InstrumentVersion.objects.filter(published=True, instrument__code=code)
        found = rows.filter(version=version).select_related("instrument").first()
        if found is None:
            raise serializers.ValidationError(f"There is no published version “{data}”.")
        return found

    def to_representation(self, value: InstrumentVersion) -> str:
        return value.label


class RoundSerializer(serializers.ModelSerializer):
    """``invited``, ``started`` and ``submitted`` are told to officers of the round only."""

    region = serializers.SlugRelatedField("code", queryset=Region.objects.all())
    instrument = InstrumentLabelField(source="instrument_version")
    is_open = serializers.BooleanField(read_only=True)
    weights_sha256 = serializers.CharField(read_only=True)
    invited = serializers.SerializerMethodField()
    started = serializers.SerializerMethodField()
    submitted = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = (
            "id",
            "title",
            "region",
            "instrument",
            "year",
            "opens_on",
            "closes_on",
            "names_visible",
            "counts",
            "is_open",
            "synthetic",
            "weights",
            "weights_sha256",
            "weights_reason",
            "invited",
            "started",
            "submitted",
        )
        read_only_fields = ("synthetic", "weights", "weights_reason")

    def _count(self, round_: Round, name: str) -> int | None:
        run = self.context.get("run", set())
        return getattr(round_, name, None) if round_.pk in run else None

    def get_invited(self, round_: Round) -> int | None:
        return self._count(round_, "invited")

    def get_started(self, round_: Round) -> int | None:
        return self._count(round_, "started")

    def get_submitted(self, round_: Round) -> int | None:
        return self._count(round_, "submitted")


class RoundViewSet(
    RefusingMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """Rounds one runs, takes part in or may join. Officers open and, until it opens, change."""

    queryset = Round.objects.none().unscoped("told the schema only")
    serializer_class = RoundSerializer
    filterset_fields = ("year",)
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> QuerySet:
        rows = Round.objects.visible_to(person_of(self.request)).with_counts()
        rows = rows.select_related("region", "instrument_version__instrument")
        return rows.defer("instrument_version__definition").order_by("-pk")

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.request and self.request.user.is_authenticated:
            run = Round.objects.run_by(person_of(self.request))
            context["run"] = set(run.values_list("pk", flat=True))
        return context

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = open_round(person_of(self.request), **serializer.validated_data)

    def perform_update(self, serializer: Any) -> None:
        round_ = run_round(self.request, serializer.instance.pk)
        values = {name: getattr(round_, name) for name in FIELDS} | serializer.validated_data
        serializer.instance = change_round(person_of(self.request), round_, **values)


FIELDS = (
    "title",
    "region",
    "instrument_version",
    "year",
    "opens_on",
    "closes_on",
    "names_visible",
    "counts",
)


def run_round(request: Request, pk: Any) -> Round:
    """A round this officer runs, else 404."""
    rows = Round.objects.run_by(person_of(request)).select_related("region", "instrument_version")
    return get_object_or_404(rows.defer("instrument_version__definition"), pk=pk)


class InvitationSerializer(serializers.ModelSerializer):
    credit_code = serializers.CharField(source="organisation.credit_code")
    name = serializers.CharField(source="organisation.name")

    class Meta:
        model = Invitation
        fields = ("id", "round", "organisation", "credit_code", "name", "invited_at")


class InviteSerializer(serializers.Serializer):
    """Either ``credit_codes``, or a ``region`` with optional ``industry`` and ``size``."""

    round = serializers.IntegerField()
    credit_codes = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=20_000
    )
    region = serializers.SlugRelatedField("code", queryset=Region.objects.all(), required=False)
    industry = serializers.CharField(max_length=8, required=False)
    size = serializers.ChoiceField(choices=Organisation.Size.choices, required=False)


InvitedSerializer = inline_serializer(
    "Invited",
    {
        "invited": serializers.IntegerField(help_text="How many were invited by this call."),
        "errors": serializers.ListField(child=serializers.DictField()),
    },
)


class InvitationViewSet(
    RefusingMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Invitations of one's own enterprises, and of the named rounds one runs."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer
    filterset_class = ByRound

    def get_queryset(self) -> QuerySet:
        user = person_of(self.request)
        mine = Organisation.objects.worked_for_by(user).values("pk")
        named = Round.objects.run_by(user).filter(names_visible=True).values("pk")
        rows = Invitation.objects.filter(Q(organisation__in=mine) | Q(round__in=named))
        return rows.select_related("organisation").order_by("pk")

    @described(InviteSerializer, InvitedSerializer, 201)
    def create(self, request: Request) -> Response:
        """Invite. With a faulty line in ``credit_codes`` nobody is invited: 422 lists the lines."""
        asked = InviteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        round_ = run_round(request, data["round"])
        if "credit_codes" not in data:
            region = data.get("region") or round_.region
            found = matching(round_, region, data.get("industry", ""), data.get("size", ""))
            count = invite(person_of(request), round_, found.iterator())
            return Response({"invited": count, "errors": []}, status=201)
        codes = read_codes(round_, "\n".join(data["credit_codes"]))
        if codes.errors:
            return Response({"invited": 0, "errors": [vars(e) for e in codes.errors]}, status=422)
        count = invite(person_of(request), round_, codes.found)
        return Response({"invited": count, "errors": []}, status=201)
