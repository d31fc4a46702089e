from django import forms


class SiteForm(forms.Form):
    """No browser bubbles: faults are told on the page, in its language, beside the field."""

    use_required_attribute = False

    def refuse(self, refused) -> None:
        """Show a refusal of the business beside the field it names."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)
