"""The public search over the whole catalogue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from questionnaires.searching import search as find

LONGEST = 100


def search(request: HttpRequest) -> HttpResponse:
    """Grouped hits for ``?q=``; ``?in=`` shows one group alone."""
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST]
    only = request.GET.get("in", "")
    groups = find(words, only)
    context = {
        "part": "search",
        "words": words,
        "only": only,
        "groups": groups,
        "total": sum(group.count for group in groups),
    }
    return render(request, "questionnaires/search.html", context)
