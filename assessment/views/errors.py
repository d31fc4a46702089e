"""Error pages that say what happened and what to do, in the frame of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Signing in elsewhere renews the token; the page's script fetches a new one and retries."""
    response = render(request, "errors/csrf.html", status=403)
    response["X-CSRF-Failed"] = "1"
    return response
