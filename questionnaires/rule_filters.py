"""Filters of the lists of support rules and advice, shared by pages and API."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questionnaires.areas import area_names
from questionnaires.filters import Styled, search
from questionnaires.models import Advice, Policy, Source
from questionnaires.texts import localized


def _policy_areas() -> list[tuple[str, str]]:
    codes = Policy.objects.order_by("area").values_list("area", flat=True).distinct()
    names = area_names(codes)
    return [(code, localized(names[code])) for code in sorted(names, key=lambda c: (c != "CN", c))]


class PolicyFilter(Styled):
    first = ("q", "area", "audience", "kind")
    q = filters.CharFilter(method="find", label=_("Words"))
    area = filters.ChoiceFilter(empty_label=_("All"), choices=_policy_areas, label=_("Area"))
    audience = filters.ChoiceFilter(
        empty_label=_("All"), choices=Policy.Audience, label=_("For whom")
    )
    kind = filters.ChoiceFilter(
        empty_label=_("All"), choices=Policy.Benefit, label=_("Kind of support")
    )
    nature = filters.ChoiceFilter(
        empty_label=_("All"), choices=Policy.Nature, label=_("Kind of rule")
    )
    source = filters.ModelChoiceFilter(
        queryset=Source.objects.filter(policies__isnull=False).distinct(),
        to_field_name="code",
        label=_("Source"),
    )
    group = filters.CharFilter(label=_("Group of rules"))
    find = search(
        "title__zh", "title__en", "beneficiary__zh", "beneficiary__en", "benefit__text__zh",
        "benefit__text__en", "locator", "code",
    )  # fmt: skip

    class Meta:
        model = Policy
        fields: list[str] = []


class AdviceFilter(Styled):
    first = ("q", "audience", "nature", "source")
    q = filters.CharFilter(method="find", label=_("Words"))
    audience = filters.ChoiceFilter(
        empty_label=_("All"), choices=Advice.Audience, label=_("For whom")
    )
    nature = filters.ChoiceFilter(
        empty_label=_("All"),
        choices=Advice.Nature,
        label=pgettext_lazy("of advice", "Nature"),
    )
    source = filters.ModelChoiceFilter(
        queryset=Source.objects.filter(advice__isnull=False).distinct(),
        to_field_name="code",
        label=_("Source"),
    )
    indicator = filters.CharFilter(field_name="indicator__code", label=_("Indicator code"))
    value = filters.NumberFilter(method="weak_at", label=_("Value of the indicator"))
    find = search(
        "title__zh", "title__en", "text__zh", "text__en", "indicator__name__zh",
        "indicator__name__en", "code",
    )  # fmt: skip

    class Meta:
        model = Advice
        fields: list[str] = []

    def weak_at(self, queryset: QuerySet[Advice], name: str, value: float) -> QuerySet[Advice]:
        """Advice for an indicator that stands at ``value``: general, or bounded above it."""
        return queryset.exclude(below__lte=value)
