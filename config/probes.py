from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie


class HealthMiddleware:
    """Answer ``/healthz`` with 200 when this process reaches its database.

    It stands before every other middleware: a container's probe knows neither the public host name
    nor TLS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/healthz":
            return self.get_response(request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok"})


@ensure_csrf_cookie
def csrf_token(request: HttpRequest) -> HttpResponse:
    """Set the CSRF cookie; a page whose token was renewed by a sign-in elsewhere asks for it."""
    return HttpResponse(status=204)
