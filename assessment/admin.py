"""What the operator manages by hand: accounts, officers; rounds and the trail to look at."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from assessment.admin_forms import PersonCreationForm
from assessment.models import AuditEvent, Jurisdiction, Organisation, Round, User


class ReadOnly(admin.ModelAdmin):
    """To be looked at, never changed here."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class GuardedAdmin(ReadOnly):
    """Rows of guarded models, as far as this person may see them."""

    def get_queryset(self, request):
        return self.model.objects.visible_to(request.user).order_by("-pk")


class JurisdictionInline(admin.TabularInline):
    model = Jurisdiction
    extra = 0
    autocomplete_fields = ()


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = PersonCreationForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "synthetic")
    search_fields = ("email", "name")
    inlines = (JurisdictionInline,)
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (_("May do"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()


@admin.register(Jurisdiction)
class JurisdictionAdmin(admin.ModelAdmin):
    """The operator appoints officers here."""

    list_display = ("officer", "region")
    search_fields = ("officer__email", "officer__name")
    autocomplete_fields = ("officer",)
    list_select_related = ("officer", "region")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        AuditEvent.record("officer.appointed", request.user, obj.officer, region=obj.region.code)

    def delete_model(self, request, obj) -> None:
        AuditEvent.record("officer.dismissed", request.user, obj.officer, region=obj.region.code)
        super().delete_model(request, obj)


@admin.register(Organisation)
class OrganisationAdmin(GuardedAdmin):
    list_display = ("name", "credit_code", "region", "industry", "size", "synthetic")
    list_filter = ("size", "synthetic")
    search_fields = ("name", "credit_code")
    list_select_related = ("region", "industry")


@admin.register(Round)
class RoundAdmin(GuardedAdmin):
    list_display = ("title", "region", "year", "opens_on", "closes_on", "names_visible", "counts")
    readonly_fields = ("counts",)  # fixed once a round has opened
    list_filter = ("year", "synthetic")
    search_fields = ("title",)
    list_select_related = ("region",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("at", "verb", "actor", "target_kind", "target_id", "data")
    list_filter = ("verb",)
    search_fields = ("actor__email", "target_id")
    list_select_related = ("actor",)
    date_hierarchy = "at"
