"""The filter of published figures: its choices are what the catalogue holds."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from questionnaires.areas import area_names, sector_names
from questionnaires.filters import MOST_WORDS, Styled
from questionnaires.models import Figure, Indicator, Source
from questionnaires.texts import localized

Choices = list[tuple[str, str]]


def _area_choices() -> Choices:
    codes = Figure.objects.order_by("area").values_list("area", flat=True).distinct()
    names = area_names(codes)
    first = sorted(names, key=lambda code: (code != "CN", code))
    return [(code, localized(names[code])) for code in first]


def _sector_choices() -> Choices:
    codes = Figure.objects.exclude(sector="").order_by("sector").values_list("sector", flat=True)
    return [(code, localized(name)) for code, name in sector_names(codes.distinct()).items()]


def shared_concepts() -> dict[str, list[dict[str, str]]]:
    """Ideas that more than one indicator measures, each with these indicators' names."""
    rows = Indicator.objects.order_by("source__code", "position", "code")
    found: dict[str, list[dict[str, str]]] = {}
    for concept, name in rows.values_list("concept", "name"):
        found.setdefault(concept, []).append(name)
    return {concept: names for concept, names in found.items() if len(names) > 1}


def _concept_choices() -> Choices:
    """The shortest name stands for the idea; concepts have none of their own."""
    told = [
        (
            concept,
            ngettext("%(name)s (%(n)d definition)", "%(name)s (%(n)d definitions)", len(names))
            % {"name": min((localized(name) for name in names), key=len), "n": len(names)},
        )
        for concept, names in shared_concepts().items()
    ]
    return sorted(told, key=lambda choice: choice[1])


class ConceptField(forms.CharField):
    """A choice among shared concepts that takes any concept's code from the address."""

    widget = forms.Select

    def prepare(self, asked: str) -> None:
        """Fill in the choices; what the address asks for is one of them."""
        choices = _concept_choices()
        known = {code for code, _name in choices}
        extra = [(asked, asked)] if asked and asked not in known else []
        self.widget.choices = [("", _("All")), *choices, *extra]


class ConceptFilter(filters.CharFilter):
    field_class = ConceptField


class FigureFilter(Styled):
    first = ("q", "kind", "area", "year_from", "year_to", "source")
    q = filters.CharFilter(method="find", label=_("Words"))
    concept = ConceptFilter(field_name="indicator__concept", label=_("Concept"))
    indicator = filters.CharFilter(method="of_indicator", label=_("Indicator (name or code)"))
    area = filters.ChoiceFilter(empty_label=_("All"), choices=_area_choices, label=_("Area"))
    sector = filters.ChoiceFilter(empty_label=_("All"), choices=_sector_choices, label=_("Sector"))
    kind = filters.ChoiceFilter(empty_label=_("All"), choices=Figure.Kind, label=_("Kind"))
    form = filters.ChoiceFilter(
        empty_label=_("All"), choices=Figure.Form, label=pgettext_lazy("of a figure", "Form")
    )
    status = filters.ChoiceFilter(empty_label=_("All"), choices=Figure.Status, label=_("Status"))
    source = filters.ModelChoiceFilter(
        queryset=Source.objects.filter(figures__isnull=False).distinct(),
        to_field_name="code",
        label=_("Source"),
    )
    year_from = filters.NumberFilter(
        field_name="year", lookup_expr="gte", label=_("From year"), min_value=1900, max_value=2100
    )
    year_to = filters.NumberFilter(
        field_name="year", lookup_expr="lte", label=_("To year"), min_value=1900, max_value=2100
    )
    order = filters.OrderingFilter(
        fields=[("indicator__code", "indicator"), ("year", "year"), ("value", "value")],
        field_labels={
            "indicator__code": _("Indicator"),
            "year": _("Year"),
            "value": _("Value"),
        },
        label=_("Order"),
        empty_label=_("By source"),
    )

    class Meta:
        model = Figure
        fields: list[str] = []

    def prepare(self, form: forms.Form) -> None:
        form.fields["concept"].prepare(str(self.data.get("concept") or ""))  # type: ignore[attr-defined]

    def find(self, queryset: QuerySet[Figure], name: str, value: str) -> QuerySet[Figure]:
        """Every word in the indicator's name or code, the area, the period or the source."""
        for word in value.split()[:MOST_WORDS]:
            queryset = queryset.filter(self._says(word))
        return queryset

    def _says(self, word: str) -> Q:
        columns = (
            "indicator__name__zh", "indicator__name__en", "indicator__code", "source__title__zh",
            "source__title__en", "period", "code",
        )  # fmt: skip
        matches = reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
        areas = [code for code, text in self._areas if word.casefold() in text]
        return matches | Q(area__in=areas) if areas else matches

    @property
    def _areas(self) -> Choices:
        """Areas of figures with their names in both languages, read once a request."""
        if not hasattr(self, "_known_areas"):
            codes = Figure.objects.order_by("area").values_list("area", flat=True).distinct()
            self._known_areas = [
                (code, " ".join(name.values()).casefold())
                for code, name in area_names(codes).items()
            ]
        return self._known_areas

    def of_indicator(self, queryset: QuerySet[Figure], name: str, value: str) -> Any:
        """The indicator of this code, or those with these words in their name."""
        exact = queryset.filter(indicator__code=value.strip())
        if exact.exists():
            return exact
        for word in value.split()[:MOST_WORDS]:
            queryset = queryset.filter(
                Q(indicator__name__zh__icontains=word) | Q(indicator__name__en__icontains=word)
            )
        return queryset
