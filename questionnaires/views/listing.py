"""What the public lists share: filters in the address, pages, and the same rows as a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.generic import ListView

from questionnaires.catalogue.export import as_csv, as_json

BOM = "\ufeff"  # spreadsheets take a CSV for UTF-8 only with this in front
SIZES = (25, 50, 100, 200)  # rows on a page
USUAL = 50
LONGEST = 60  # characters of a file's name that tell its filters


@dataclass(frozen=True)
class Condition:
    """A filter that is set: its label, its value in words, the address without it."""

    label: str
    value: str
    without: str


class CatalogueList(ListView):
    """A filtered list. ``format=csv`` or ``json`` gives all its rows as a file."""

    filterset_class: Any = None
    kind = ""  # of catalogue.export

    def get_queryset(self) -> QuerySet[Any]:
        self.filterset = self.filterset_class(self.request.GET or None, super().get_queryset())
        self.unusable = self.filterset.is_bound and not self.filterset.is_valid()
        return self.filterset.queryset.none() if self.unusable else self.filterset.qs

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") in ("csv", "json"):
            rows = self.get_queryset()
            told = [condition.value for condition in conditions(self.filterset, request.GET)]
            return as_file(self.kind, rows, request.GET["format"], told)
        return super().get(request, *args, **kwargs)

    def get_paginate_by(self, queryset: Any) -> int:
        """Rows on a page: one of ``SIZES``, asked for by ``size``."""
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in map(str, SIZES) else USUAL

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The asked page, or the nearest there is."""
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        context["filter"] = self.filterset
        context["part"] = self.kind
        context["conditions"] = conditions(self.filterset, self.request.GET)
        context["filtered"] = bool(context["conditions"]) or self.unusable
        context["size"], context["usual_size"] = page.paginator.per_page, USUAL
        context["sizes"] = SIZES if page.paginator.count > SIZES[0] else ()
        context["page_range"] = page.paginator.get_elided_page_range(
            page.number, on_each_side=1, on_ends=1
        )
        return context


def conditions(filterset: Any, asked: QueryDict) -> list[Condition]:
    """The filters that are set and usable, in the order of the form."""
    if not filterset.is_bound:
        return []
    form = filterset.form
    return [
        Condition(
            str(field.label),
            _in_words(field, form.cleaned_data[field.name]),
            _without(asked, field.name),
        )
        for field in form
        if form.cleaned_data.get(field.name) not in (None, "", [])
    ]


def _in_words(field: Any, value: Any) -> str:
    """What the reader chose: the choice's words, or what was typed."""
    typed = field.value()
    typed = typed[0] if isinstance(typed, list) and typed else typed
    choices = {str(code): name for code, name in getattr(field.field.widget, "choices", ())}
    return str(choices.get(str(typed), value if not choices else typed))


def _without(asked: QueryDict, name: str) -> str:
    rest = asked.copy()
    for key in (name, "page", "format"):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"


def as_file(kind: str, rows: Any, form: str, told: list[str] | None = None) -> HttpResponse:
    """The rows as a download; its name says which filters (``told``) it went through."""
    if form == "json":
        body, content_type = as_json(kind, rows), "application/json; charset=utf-8"
    else:
        language = (get_language() or "zh")[:2]
        body, content_type = BOM + as_csv(kind, rows, language), "text/csv; charset=utf-8"
    response = HttpResponse(body, content_type=content_type)
    name = f"{file_stem(kind, told or [])}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def file_stem(kind: str, told: list[str]) -> str:
    """``figures``, ``figures_目标值_浙江省``: nothing a file system would refuse."""
    words = (re.sub(r"[^\w.-]+", "-", each).strip("-.") for each in told)
    tail = "_".join(word for word in words if word)[:LONGEST].rstrip("-._")
    return f"{kind}_{tail}" if tail else kind
