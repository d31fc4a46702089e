"""Opening a round and inviting enterprises to it."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.forms.base import SiteForm
from assessment.jurisdiction import regions_of
from assessment.models import Organisation, Round, User
from questionnaires.models import Industry, InstrumentVersion, Region
from questionnaires.texts import localized

LARGEST_LIST = 1024 * 1024  # bytes of an uploaded list of credit codes


def indented(regions: list[Region]) -> list[tuple[str, str]]:
    """Choices by code, indented by depth below the topmost."""
    top = min((region.depth for region in regions), default=1)
    return [(r.code, "\u3000" * (r.depth - top) + localized(r.name)) for r in regions]


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(SiteForm):
    """Values as ``open_round`` takes them."""

    title = forms.CharField(label=_("Title"), max_length=160)
    region = forms.ChoiceField(label=_("Region"), help_text=_("With everything below it."))
    instrument_version = forms.ModelChoiceField(
        InstrumentVersion.objects.filter(published=True),
        label=_("Questionnaire"),
        help_text=_("A published version; it does not change during the round."),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("The year the answers are about."),
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=day_input())
    closes_on = forms.DateField(
        label=_("Closes on"), widget=day_input(), help_text=_("The last day to submit.")
    )
    names_visible = forms.BooleanField(
        label=_("Officers see named enterprises and their results"),
        required=False,
        help_text=_("Otherwise officers see totals only. Enterprises are told which it is."),
    )
    counts = forms.ChoiceField(
        label=_("Benchmarks and dashboards count"),
        choices=Round.Counts.choices,
        initial=Round.Counts.SUBMITTED,
        help_text=_(
            "Verified only: answers enter the statistics once an officer has marked them as "
            "verified. Fixed once the round has opened."
        ),
    )

    def __init__(self, *args, officer: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {region.code: region for region in regions_of(officer)}
        choices = indented(list(self.regions.values()))
        self.fields["region"].choices = choices  # type: ignore[attr-defined]

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]

    def clean(self) -> dict:
        data = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The round would close before it opens."))
        elif closes and closes < timezone.localdate():
            self.add_error("closes_on", _("This day has passed: choose today or later."))
        return data

    @staticmethod
    def initial_of(round_: Round) -> dict:
        names = ("title", "year", "opens_on", "closes_on", "names_visible", "counts")
        values = {name: getattr(round_, name) for name in names}
        version = round_.instrument_version_id
        return {**values, "region": round_.region.code, "instrument_version": version}


class InviteMatchingForm(SiteForm):
    """All registered enterprises of the round's region, narrowed down."""

    region = forms.ChoiceField(label=_("Region"))
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    size = forms.ChoiceField(
        label=_("Size class"),
        required=False,
        choices=[("", _("All sizes")), *Organisation.Size.choices],
    )

    def __init__(self, *args, round_: Round, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        inside = Region.objects.filter(path__startswith=round_.region.path).order_by("path")
        self.regions = {region.code: region for region in inside}
        self.fields["region"].choices = indented(list(inside))  # type: ignore[attr-defined]
        industries = [(i.code, str(i)) for i in Industry.objects.order_by("code")]
        choices = [("", _("All industries")), *industries]
        self.fields["industry"].choices = choices  # type: ignore[attr-defined]

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]


class InviteListForm(SiteForm):
    """A list of credit codes, pasted or uploaded, one to a line."""

    codes = forms.CharField(
        label=_("Unified social credit codes, one to a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("What stands behind the code on a line, such as a name, is ignored."),
    )
    file = forms.FileField(
        label=_("Or a file (.txt, .csv or .xlsx; the codes in the first column)"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_LIST:
            raise forms.ValidationError(_("The file is larger than 1 MB: split the list."))
        return file
