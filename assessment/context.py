"""What every page knows about the person reading it."""

from assessment.models import ConsultantGrant, Jurisdiction, Membership


def roles(request) -> dict:
    """``roles``: which of the navigation's parts concern this person (lazily evaluated)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"roles": {}}
    return {
        "roles": {
            "member": Membership.objects.filter(user=user).exists(),
            "consultant": ConsultantGrant.objects.filter(consultant=user).valid().exists(),
            "officer": Jurisdiction.objects.filter(officer=user).exists(),
            "operator": user.is_operator,
        }
    }
