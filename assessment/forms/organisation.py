"""What an enterprise says about itself."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms.base import SiteForm
from assessment.forms.numbers import CountField, MoneyField
from assessment.models import Organisation
from assessment.register import REGISTERED
from questionnaires import credit_code
from questionnaires.models import Industry, Region
from questionnaires.texts import localized

Choices = list[tuple[str, object]]


def region_choices() -> Choices:
    """Cities grouped by province; a province stands in its own group for whoever sits there."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for region in Region.objects.exclude(level="nation").order_by("path"):
        if region.level == "province":
            names[region.path] = localized(region.name)
            groups[region.path] = [(region.code, localized(region.name))]
        else:
            parent = next((p for p in names if region.path.startswith(p)), "")
            groups.setdefault(parent, []).append((region.code, localized(region.name)))
    rows = [(names.get(path, ""), options) for path, options in groups.items()]
    return [("", _("Choose the city")), *rows]


def industry_choices() -> Choices:
    """Divisions grouped by their section."""
    sections: dict[str, str] = {}
    groups: dict[str, list[tuple[str, str]]] = {}
    for industry in Industry.objects.order_by("code"):
        if industry.level == "section":
            sections[industry.code] = str(industry)
        else:
            groups.setdefault(industry.section, []).append((industry.code, str(industry)))
    rows = [(sections.get(code, code), options) for code, options in groups.items()]
    return [("", _("Choose the industry")), *rows]


class OrganisationForm(SiteForm):
    """Values as the service takes them: ``region`` and ``industry`` become rows."""

    name = forms.CharField(
        label=_("Name of the enterprise"),
        max_length=200,
        help_text=_("As on the business licence."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        help_text=_("18 characters; spaces and small letters do no harm."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    region = forms.ChoiceField(label=_("Registered in"))
    industry = forms.ChoiceField(
        label=_("Industry"), help_text=_("Division of GB/T 4754-2017 of the main business.")
    )
    employees = CountField(
        label=_("Employees"), help_text=_("Persons employed at the end of last year.")
    )
    revenue = MoneyField(
        label=_("Revenue of last year (CNY 10,000)"),
        widget=forms.TextInput(attrs={"data-yuan": ""}),
    )
    assets = MoneyField(
        label=_("Total assets at the end of last year (CNY 10,000)"),
        widget=forms.TextInput(attrs={"data-yuan": ""}),
    )

    def __init__(self, *args, organisation: Organisation | None = None, **kwargs) -> None:
        self.organisation = organisation
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = region_choices  # type: ignore[attr-defined]
        self.fields["industry"].choices = industry_choices  # type: ignore[attr-defined]
        if organisation:
            del self.fields["credit_code"]

    def clean_credit_code(self) -> str:
        code = credit_code.validate(self.cleaned_data["credit_code"])
        if Organisation.objects.filter(credit_code=code).exists():
            raise forms.ValidationError(REGISTERED, code="registered")
        return code

    def clean_region(self) -> Region:
        return Region.objects.get(code=self.cleaned_data["region"])

    def clean_industry(self) -> Industry:
        return Industry.objects.get(code=self.cleaned_data["industry"])

    @staticmethod
    def initial_of(organisation: Organisation) -> dict:
        """The form's values for an enterprise that is being changed."""
        return {
            "name": organisation.name,
            "region": organisation.region.code,
            "industry": organisation.industry.code,
            "employees": organisation.employees,
            "revenue": f"{organisation.revenue.normalize():f}",
            "assets": f"{organisation.assets.normalize():f}",
        }
