from django.contrib.auth.forms import AdminUserCreationForm

from assessment.models import User


class PersonCreationForm(AdminUserCreationForm):
    """A new account, known by e-mail address."""

    class Meta:
        model = User
        fields = ("email", "name")
        field_classes: dict[str, type] = {}
