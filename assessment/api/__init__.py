from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room's viewsets to API v1."""
    from assessment.api import facts, organisations, rounds, submissions

    router.register("organisations", organisations.OrganisationViewSet, "organisation")
    router.register("members", organisations.MemberViewSet, "member")
    router.register("grants", organisations.GrantViewSet, "grant")
    router.register("rounds", rounds.RoundViewSet, "round")
    router.register("invitations", rounds.InvitationViewSet, "invitation")
    router.register("submissions", submissions.SubmissionViewSet, "submission")
    router.register("facts", facts.FactViewSet, "fact")
