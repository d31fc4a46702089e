from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room's viewsets to API v1."""
    from scoring.api.views import ResultViewSet

    router.register("results", ResultViewSet, basename="result")
