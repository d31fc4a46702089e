"""The catalogue in the admin, to look at: it is changed by loading files, so nothing is edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from questionnaires.models import (
    Advice,
    Figure,
    Gap,
    Indicator,
    Industry,
    InstrumentVersion,
    Policy,
    Region,
    Source,
)


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(ReadOnly):
    list_display = ["code", "__str__", "number", "published"]
    list_filter = ["kind"]
    search_fields = ["code", "number"]


@admin.register(Indicator)
class IndicatorAdmin(ReadOnly):
    list_display = ["code", "__str__", "unit", "level", "source"]
    list_filter = ["level", "source"]
    list_select_related = ["source"]
    search_fields = ["code", "concept"]


@admin.register(Figure)
class FigureAdmin(ReadOnly):
    list_display = ["code", "area", "period", "value", "kind", "form", "status"]
    list_filter = ["kind", "form", "status", "source"]
    search_fields = ["code", "indicator__code"]


@admin.register(Gap)
class GapAdmin(ReadOnly):
    list_display = ["code", "area", "period", "form"]
    list_filter = ["source"]
    search_fields = ["code", "indicator__code"]


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(ReadOnly):
    list_display = ["__str__", "version", "status", "published", "loaded_at", "sha256"]
    list_filter = ["status", "published"]


@admin.register(Policy)
class PolicyAdmin(ReadOnly):
    list_display = ["code", "__str__", "area", "kind", "audience", "nature", "valid_from"]
    list_filter = ["kind", "audience", "nature", "source"]
    search_fields = ["code", "locator"]


@admin.register(Advice)
class AdviceAdmin(ReadOnly):
    list_display = ["code", "__str__", "indicator", "audience", "nature", "source"]
    list_filter = ["audience", "nature", "source"]
    list_select_related = ["indicator", "source"]
    search_fields = ["code"]


@admin.register(Region)
class RegionAdmin(ReadOnly):
    list_display = ["code", "__str__", "level"]
    list_filter = ["level"]
    search_fields = ["code"]


@admin.register(Industry)
class IndustryAdmin(ReadOnly):
    list_display = ["code", "__str__", "level"]
    list_filter = ["level", "section"]
    search_fields = ["code"]
