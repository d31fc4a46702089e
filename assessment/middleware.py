from django.http import HttpRequest, HttpResponse


class SignInInPlaceMiddleware:
    """Answer 401 instead of a redirect when a part of a page asks without a session.

    htmx and fetch would follow the redirect and swap the sign-in page into a field; the page's
    script opens a sign-in dialog on 401 and sends the answer again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        partial = request.headers.get("HX-Request") or request.headers.get("X-Requested-With")
        to_login = response.status_code == 302 and "/accounts/login/" in response["Location"]
        if partial and to_login and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return response
