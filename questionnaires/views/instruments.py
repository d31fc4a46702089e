"""Public pages of instruments: the whole questionnaire and its rules in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questionnaires.changes import Change, changes
from questionnaires.filters import InstrumentFilter
from questionnaires.models import Instrument, InstrumentVersion
from questionnaires.views.listing import CatalogueList
from questionnaires.wording import Wording


class InstrumentList(CatalogueList):
    model = InstrumentVersion
    kind = "instruments"
    filterset_class = InstrumentFilter
    template_name = "questionnaires/instrument_list.html"
    queryset = (
        InstrumentVersion.objects.filter(published=True)
        .select_related("instrument", "source")
        .defer("definition")
    )
    ordering = ["instrument__code", "-loaded_at", "-pk"]


@dataclass(frozen=True)
class Step:
    """A version and what it changed against the one before."""

    newer: InstrumentVersion
    older: InstrumentVersion
    changes: list[Change]


def instrument_changes(request: HttpRequest, code: str) -> HttpResponse:
    """The change log of an instrument, or two of its versions (``?from=…&to=…``)."""
    instrument = get_object_or_404(Instrument, code=code)
    versions = list(instrument.versions.filter(published=True).order_by("-loaded_at", "-pk"))
    if not versions:
        raise Http404
    asked = [request.GET.get(name) for name in ("from", "to")]
    pairs = list(pairwise(versions))
    if any(asked):
        known = {version.version: version for version in versions}
        older, newer = (known.get(str(name)) for name in asked)
        if older is None or newer is None:
            raise Http404
        pairs = [(newer, older)]
    context = {
        "part": "instruments",
        "instrument": instrument,
        "versions": versions,
        "first": versions[-1],
        "asked": any(asked),
        "steps": [Step(a, b, changes(b.definition, a.definition)) for a, b in pairs],
    }
    return render(request, "questionnaires/instrument_changes.html", context)


def instrument_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One version of an instrument: the current one, or ``?version=``."""
    instrument = get_object_or_404(Instrument, code=code)
    versions = instrument.versions.filter(published=True).order_by("-loaded_at", "-pk")
    wanted = request.GET.get("version")
    chosen = versions.filter(version=wanted) if wanted else versions
    version = chosen.select_related("source").first()
    if version is None:
        raise Http404
    context = {
        "part": "instruments",
        "version": version,
        "versions": versions.defer("definition"),
        "words": Wording(version.definition),
    }
    return render(request, "questionnaires/instrument_detail.html", context)
