"""Enterprises, their people and their consultants."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.base import RefusingMixin, described
from assessment.api.filters import ByOrganisation
from assessment.grant import grant_access, revoke_access
from assessment.models import ConsultantGrant, Membership, Organisation
from assessment.people import add_member, change_role, remove_member
from assessment.register import register_organisation, update_organisation
from assessment.requests import person_of
from questionnaires import credit_code
from questionnaires.models import Industry, Region


class OrganisationSerializer(serializers.ModelSerializer):
    """Money in CNY 10,000; ``size`` follows from the facts and cannot be set."""

    region = serializers.SlugRelatedField("code", queryset=Region.objects.exclude(level="nation"))
    industry = serializers.SlugRelatedField(
        "code", queryset=Industry.objects.filter(level="division")
    )
    credit_code = serializers.CharField(max_length=40)

    class Meta:
        model = Organisation
        fields = (
            "id",
            "credit_code",
            "name",
            "region",
            "industry",
            "employees",
            "revenue",
            "assets",
            "size",
            "synthetic",
        )
        read_only_fields = ("id", "size", "synthetic")
        extra_kwargs = {"revenue": {"min_value": 0}, "assets": {"min_value": 0}}

    def validate_credit_code(self, value: str) -> str:
        try:
            code = credit_code.validate(value)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error
        if self.instance and code != self.instance.credit_code:
            raise serializers.ValidationError("The code of an enterprise cannot be changed.")
        return code


class OrganisationViewSet(
    RefusingMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """Enterprises one may see; members with the role of owner or editor change their own."""

    queryset = Organisation.objects.none().unscoped("told the schema only")
    serializer_class = OrganisationSerializer
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> QuerySet:
        rows = Organisation.objects.visible_to(person_of(self.request))
        return rows.select_related("region", "industry").order_by("pk")

    def perform_create(self, serializer: Any) -> None:
        facts = serializer.validated_data
        serializer.instance = register_organisation(person_of(self.request), **facts)

    def perform_update(self, serializer: Any) -> None:
        mine = Organisation.objects.editable_by(person_of(self.request))
        if not mine.filter(pk=serializer.instance.pk).exists():
            raise PermissionDenied
        facts = dict(serializer.validated_data)
        facts.pop("credit_code", None)
        serializer.instance = update_organisation(
            person_of(self.request), serializer.instance, **facts
        )


class MemberSerializer(serializers.ModelSerializer):
    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.none().unscoped("narrowed down per request")
    )
    email = serializers.EmailField(source="user.email")
    name = serializers.CharField(source="user.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "organisation", "email", "name", "role")

    def get_fields(self) -> dict:
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None:
            mine = Organisation.objects.managed_by(person_of(request))
            fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        return fields


class RoleSerializer(serializers.Serializer):
    role = serializers.ChoiceField(choices=Membership.Role.choices)


class MemberViewSet(
    RefusingMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Who works for one's enterprises. Owners add, change and remove."""

    queryset = Membership.objects.none()
    serializer_class = MemberSerializer
    filterset_class = ByOrganisation

    def get_queryset(self) -> QuerySet:
        mine = Organisation.objects.worked_for_by(person_of(self.request))
        rows = Membership.objects.filter(organisation__in=mine.values("pk"))
        return rows.select_related("user", "organisation").order_by("pk")

    def _managed(self, pk: Any) -> Membership:
        member = get_object_or_404(self.get_queryset(), pk=pk)
        managed = Organisation.objects.managed_by(person_of(self.request))
        if not managed.filter(pk=member.organisation_id).exists():
            raise PermissionDenied
        return member

    @described(MemberSerializer, MemberSerializer, 201)
    def create(self, request: Request) -> Response:
        """Add somebody who has an account to an enterprise one owns."""
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        member = add_member(
            person_of(request), data["organisation"], data["user"]["email"], data["role"]
        )
        return Response(self.get_serializer(member).data, status=201)

    @described(RoleSerializer, MemberSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the role; the last owner keeps it."""
        member = self._managed(pk)
        asked = RoleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        change_role(person_of(request), member, asked.validated_data["role"])
        return Response(self.get_serializer(member).data)

    @described(None, None, 204)
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove the person; the last owner stays."""
        remove_member(person_of(request), self._managed(pk))
        return Response(status=204)


class GrantSerializer(serializers.ModelSerializer):
    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.none().unscoped("narrowed down per request")
    )
    email = serializers.EmailField(source="consultant.email")
    name = serializers.CharField(source="consultant.name", read_only=True)

    class Meta:
        model = ConsultantGrant
        fields = ("id", "organisation", "email", "name", "granted_at", "expires_on", "revoked_at")
        read_only_fields = ("granted_at", "revoked_at")

    def get_fields(self) -> dict:
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None:
            mine = Organisation.objects.managed_by(person_of(request))
            fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        return fields


class GrantViewSet(
    RefusingMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Consultants let in by one's enterprises, and by whom one was let in as a consultant."""

    queryset = ConsultantGrant.objects.none()
    serializer_class = GrantSerializer
    filterset_class = ByOrganisation

    def get_queryset(self) -> QuerySet:
        mine = Organisation.objects.worked_for_by(person_of(self.request)).values("pk")
        given = ConsultantGrant.objects.filter(organisation__in=mine)
        held = ConsultantGrant.objects.filter(consultant=person_of(self.request)).valid()
        return (given | held).select_related("consultant", "organisation").order_by("pk")

    @described(GrantSerializer, GrantSerializer, 201)
    def create(self, request: Request) -> Response:
        """Let a consultant in, until ``expires_on`` (or until withdrawn)."""
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        email, until = data["consultant"]["email"], data.get("expires_on")
        grant = grant_access(person_of(request), data["organisation"], email, until)
        return Response(self.get_serializer(grant).data, status=201)

    @described(None, None, 204)
    def destroy(self, request: Request, pk: str) -> Response:
        """Withdraw access at once."""
        grant = get_object_or_404(self.get_queryset(), pk=pk)
        managed = Organisation.objects.managed_by(person_of(request))
        if not managed.filter(pk=grant.organisation_id).exists():
            raise PermissionDenied
        revoke_access(person_of(request), grant)
        return Response(status=204)
