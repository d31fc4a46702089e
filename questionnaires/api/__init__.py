from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room's viewsets to API v1."""
    from questionnaires.api import viewsets

    router.register("sources", viewsets.SourceViewSet, basename="source")
    router.register("indicators", viewsets.IndicatorViewSet, basename="indicator")
    router.register("figures", viewsets.FigureViewSet, basename="figure")
    router.register("instruments", viewsets.InstrumentViewSet, basename="instrument")
    router.register("policies", viewsets.PolicyViewSet, basename="policy")
    router.register("advice", viewsets.AdviceViewSet, basename="advice")
    router.register("regions", viewsets.RegionViewSet, basename="region")
    router.register("regional-table", viewsets.RegionalTableViewSet, basename="regional-table")
    router.register("industries", viewsets.IndustryViewSet, basename="industry")
