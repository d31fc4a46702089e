from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room's viewsets to API v1."""
    from scoring.api.flags import FlagViewSet
    from scoring.api.items import ItemStatisticsViewSet
    from scoring.api.views import ResultViewSet

    router.register("results", ResultViewSet, basename="result")
    router.register("flags", FlagViewSet, basename="flag")
    router.register("items", ItemStatisticsViewSet, basename="item")
