"""The public page of the site's words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from questionnaires.glossary import GLOSSARY


def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "questionnaires/glossary.html", {"part": "glossary", "terms": GLOSSARY})
