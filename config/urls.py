"""Every address of the site. Rooms own their addresses; this file only mounts them."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from assessment.views.home import home
from config.probes import csrf_token

urlpatterns = [
    path("", home, name="home"),
    path("csrf-token/", csrf_token, name="csrf-token"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("catalogue/", include("questionnaires.urls")),
    path("", include("assessment.urls")),
    path("", include("reports.urls")),
    path("api/v1/", include("config.api")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="api-docs"),
    path("admin/", admin.site.urls),
]

handler403 = "assessment.views.errors.forbidden"
handler404 = "assessment.views.errors.not_found"
handler500 = "assessment.views.errors.server_error"
