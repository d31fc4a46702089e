"""A published questionnaire as a PDF to fill in by hand; open to everybody like its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from questionnaires.models import Instrument
from reports.views.results import pdf_language


@require_safe
def instrument_form(request: HttpRequest, code: str) -> HttpResponse:
    """The current version, or ``?version=``, in ``?language=`` or the language of the page."""
    from reports.printing import form  # fonts are loaded only when a form is wanted

    instrument = get_object_or_404(Instrument, code=code)
    versions = instrument.versions.filter(published=True).order_by("-loaded_at", "-pk")
    if wanted := request.GET.get("version"):
        versions = versions.filter(version=wanted)
    version = versions.first()
    if version is None:
        raise Http404
    language = pdf_language(request)
    response = HttpResponse(form(version, language), content_type="application/pdf")
    name = f"{code}_{version.version}_{language}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
