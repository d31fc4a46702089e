"""Filters of the public lists, shared by pages and API; the query string is all their state."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from questionnaires.models import Indicator, Industry, InstrumentVersion, Region, Source

SOURCE_KINDS = [
    ("policy", _("Policy")),
    ("standard", _("Standard")),
    ("statistics", _("Statistics")),
    ("book", _("Book")),
    ("report", _("Report")),
    ("press", _("Press")),
    ("own", _("This project's own")),
]


MOST_WORDS = 8  # of a search; more would only cost time


def search(*fields: str) -> Any:
    """A filter method: every word must occur in one of ``fields``."""

    def method(self: Any, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        for word in value.split()[:MOST_WORDS]:
            matches = Q()
            for field in fields:
                matches |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(matches)
        return queryset

    return method


class Styled(filters.FilterSet):
    """A filter set whose form carries the site's classes, and tells readers of its errors."""

    first: tuple[str, ...] = ()  # shown at once; the others unfold

    @property
    def first_fields(self) -> list[Any]:
        return [self.form[name] for name in self.first or self.form.fields]

    @property
    def more_fields(self) -> list[Any]:
        return [field for field in self.form if self.first and field.name not in self.first]

    @property
    def more_used(self) -> bool:
        """Whether a folded filter is set, so that it must not hide."""
        return any(self.data.get(field.name) for field in self.more_fields)

    def prepare(self, form: Any) -> None:
        """Give fields choices that depend on the request; for those who have such."""

    @cached_property
    def form(self) -> Any:
        """The styled form; its choices are read from the database once."""
        form = super().form
        self.prepare(form)
        for name, field in form.fields.items():
            widget = field.widget
            select = getattr(widget, "input_type", "") == "select"
            if select and hasattr(field, "empty_label"):
                field.empty_label = _("All")
            if select:
                widget.choices = list(widget.choices)
            widget.attrs["class"] = "form-select" if select else "form-control"
            if getattr(widget, "input_type", "") == "number":
                # Scrolling over a number field would change it.
                widget.input_type = "text"
                widget.attrs["inputmode"] = "numeric"
            if form.is_bound and name in form.errors:
                widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
        return form


class SourceFilter(Styled):
    q = filters.CharFilter(method="find", label=_("Words"))
    kind = filters.ChoiceFilter(empty_label=_("All"), choices=SOURCE_KINDS, label=_("Kind"))
    find = search("title__zh", "title__en", "publisher__zh", "number", "code")

    class Meta:
        model = Source
        fields: list[str] = []


class IndicatorFilter(Styled):
    first = ("q", "level", "source")
    q = filters.CharFilter(method="find", label=_("Words"))
    level = filters.ChoiceFilter(
        empty_label=_("All"), choices=Indicator.Level, method="at_level", label=_("Measured for")
    )
    source = filters.ModelChoiceFilter(
        queryset=Source.objects.filter(indicator__isnull=False).distinct(),
        to_field_name="code",
        label=_("Source"),
    )
    concept = filters.CharFilter(label=_("Concept"))
    find = search("name__zh", "name__en", "definition__zh", "definition__en", "code", "concept")

    class Meta:
        model = Indicator
        fields: list[str] = []

    def at_level(self, queryset: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """Enterprise and region each include the indicators that are both."""
        levels = {value} if value == Indicator.Level.BOTH else {value, Indicator.Level.BOTH}
        return queryset.filter(level__in=levels)


class InstrumentFilter(Styled):
    q = filters.CharFilter(method="find", label=_("Words"))
    status = filters.ChoiceFilter(
        empty_label=_("All"), choices=InstrumentVersion.Status, label=_("Status")
    )
    find = search("title__zh", "title__en", "instrument__code")

    class Meta:
        model = InstrumentVersion
        fields: list[str] = []


class RegionFilter(filters.FilterSet):
    q = filters.CharFilter(method="find", label=_("Words"))
    level = filters.CharFilter(label=_("Administrative level"))
    parent = filters.CharFilter(method="below", label=_("Directly below this code"))
    find = search("name__zh", "name__en", "code")

    class Meta:
        model = Region
        fields: list[str] = []

    def below(self, queryset: QuerySet[Region], name: str, value: str) -> QuerySet[Region]:
        parent = Region.objects.filter(code=value).first()
        return (
            queryset.filter(pk__in=Region.objects.get_children(parent))
            if parent
            else queryset.none()
        )


class IndustryFilter(filters.FilterSet):
    q = filters.CharFilter(method="find", label=_("Words"))
    section = filters.CharFilter(label=_("Industry section"))
    level = filters.CharFilter(label=_("Level of the classification"))
    find = search("name__zh", "name__en", "code")

    class Meta:
        model = Industry
        fields: list[str] = []
