"""Form fields in the look of the site: label, whether needed, hint, control, error."""

from django import forms, template
from django.forms import BoundField

register = template.Library()

CLASSES = {
    forms.CheckboxInput: "form-check-input",
    forms.Select: "form-select",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
}


@register.inclusion_tag("assessment/parts/field.html")
def field(bound: BoundField, suffix: str = "", echo: str = "") -> dict:
    """One field. ``suffix`` is a unit shown outside the box, ``echo`` what a value means."""
    return {
        "field": bound,
        "control": _control(bound),
        "suffix": suffix,
        "echo": echo,
        "checkbox": isinstance(bound.field.widget, forms.CheckboxInput),
        "group": isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple),
    }


@register.inclusion_tag("assessment/parts/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict:
    """The box on top of a page that names every fault and links to its field."""
    return {"form": form}


def _control(bound: BoundField) -> str:
    """The input, without a placeholder: it vanishes while one types."""
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)
    css = next((c for kind, c in CLASSES.items() if type(widget) is kind), "form-control")
    return bound.as_widget(attrs={"class": f"{css} is-invalid" if bound.errors else css})
