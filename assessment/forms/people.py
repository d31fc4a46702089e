"""Letting people in: colleagues and consultants, by e-mail address."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.forms.base import SiteForm
from assessment.models import Membership

ROLES = [
    (Membership.Role.EDITOR, _("Editor: fills in and submits")),
    (Membership.Role.VIEWER, _("Viewer: reads only")),
    (Membership.Role.OWNER, _("Owner: also manages people and consultants")),
]


class MemberForm(SiteForm):
    email = forms.EmailField(
        label=_("E-mail address of the colleague"),
        help_text=_("The colleague needs an account here with this address."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class GrantForm(SiteForm):
    email = forms.EmailField(
        label=_("E-mail address of the consultant"),
        help_text=_("The consultant needs an account here with this address."),
    )
    expires_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day of access. Left empty, access lasts until you withdraw it."),
    )

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed: choose today or later."))
        return day
