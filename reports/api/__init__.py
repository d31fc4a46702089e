from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room's viewsets to API v1."""
    from reports.api.dashboards import DashboardViewSet
    from reports.api.estimates import EstimateViewSet, PanelViewSet
    from reports.api.indices import IndexViewSet
    from reports.api.progress import ProgressViewSet
    from reports.api.results import ReportViewSet
    from reports.api.support import SupportViewSet

    router.register("targets", ProgressViewSet, basename="target")
    router.register("reports", ReportViewSet, basename="report")
    router.register("dashboards", DashboardViewSet, basename="dashboard")
    router.register("support", SupportViewSet, basename="support")
    router.register("estimates", EstimateViewSet, basename="estimate")
    router.register("indices", IndexViewSet, basename="index")
    router.register("panels", PanelViewSet, basename="panel")
