"""What signing up asks besides e-mail and password."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    """Used by allauth's sign-up form as its base."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Colleagues see it beside the answers you save."),
    )

    def signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
