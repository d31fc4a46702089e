"""API v1: each room registers its own viewsets on the one router."""

from django.urls import path
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.routers import DefaultRouter
from rest_framework.throttling import ScopedRateThrottle

from assessment.api import register as register_assessment
from questionnaires.api import register as register_questionnaires
from reports.api import register as register_reports
from scoring.api import register as register_scoring


class TokenView(ObtainAuthToken):
    """Exchange e-mail address (as ``username``) and password for a token."""

    throttle_classes = [ScopedRateThrottle]  # guessing passwords takes patience
    throttle_scope = "token"


router = DefaultRouter()
router.include_format_suffixes = False  # one address a thing
for register in (
    register_questionnaires,
    register_assessment,
    register_scoring,
    register_reports,
):
    register(router)

urlpatterns = [path("token/", TokenView.as_view(), name="api-token"), *router.urls]
