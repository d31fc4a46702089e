"""One search over the whole catalogue: grouped hits, each group with its count and its list.

Groups that have a list of their own are found by that list's filter, so that counts agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questionnaires.areas import area_names
from questionnaires.figure_filters import FigureFilter
from questionnaires.filters import MOST_WORDS, IndicatorFilter, InstrumentFilter, SourceFilter
from questionnaires.glossary import GLOSSARY
from questionnaires.models import Advice, Figure, Indicator, InstrumentVersion, Policy, Source
from questionnaires.rule_filters import AdviceFilter, PolicyFilter
from questionnaires.texts import localized
from questionnaires.usage import current_versions, parts_of
from questionnaires.views.figures import shown_figures

FEW = 6  # hits of a group on the page


@dataclass(frozen=True)
class Hit:
    title: str
    about: str
    url: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind: the first few (or all), how many there are, where all of them are."""

    kind: str
    label: Any
    hits: list[Hit]
    count: int
    url: str


def search(words: str, only: str = "") -> list[Group]:
    """Groups with hits for all of ``words``; ``only`` gives one group's hits whole where it has no
    list of its own."""
    if not words.split():
        return []
    found = [finder(words, only) for finder in FINDERS]
    return [group for group in found if group.count and only in ("", group.kind)]


def _listed(
    kind: str,
    label: Any,
    filterset: Any,
    rows: Any,
    view: str,
    hits: Callable[[list[Any]], list[Hit]],
) -> Callable[[str, str], Group]:
    """A finder of a kind that has a list: the list's own filter on ``q``."""

    def find(words: str, only: str) -> Group:
        found = filterset(None).find(rows.all(), "q", words)
        url = f"{reverse(f'questionnaires:{view}')}?{urlencode({'q': words})}"
        return Group(kind, label, hits(list(found[:FEW])), found.count(), url)

    return find


def _page(view: str, code: str) -> str:
    return reverse(f"questionnaires:{view}", args=[code])


def _each(hit: Callable[[Any], Hit]) -> Callable[[list[Any]], list[Hit]]:
    return lambda rows: [hit(row) for row in rows]


def _source(row: Source) -> Hit:
    about = " · ".join(
        part for part in (localized(row.publisher), row.number, row.published) if part
    )
    return Hit(localized(row.title), about, _page("source-detail", row.code))


def _indicator(row: Indicator) -> Hit:
    return Hit(localized(row.name), localized(row.definition), _page("indicator-detail", row.code))


def _figures(rows: list[Figure]) -> list[Hit]:
    figures: list[Any] = shown_figures(rows)
    return [
        Hit(
            f"{localized(row.indicator.name)} · {localized(row.area_name)} · {row.period}",
            f"{row.get_kind_display()} {row.shown} {row.unit_label} · {row.source}",
            _page("figure-detail", row.code),
        )
        for row in figures
    ]


def _instrument(row: InstrumentVersion) -> Hit:
    url = _page("instrument-detail", row.instrument.code)
    about = f"{row.version} · {row.get_status_display()}"
    return Hit(localized(row.title), about, f"{url}?{urlencode({'version': row.version})}")


def _policies(rows: list[Policy]) -> list[Hit]:
    areas = area_names(row.area for row in rows)
    return [
        Hit(
            localized(row.title),
            f"{localized(areas[row.area])} · {row.locator_label}",
            _page("policy-detail", row.code),
        )
        for row in rows
    ]


def _advice(row: Advice) -> Hit:
    about = f"{row.get_nature_display()} · {localized(row.text)}"
    url = f"{reverse('questionnaires:advice-list')}?{urlencode({'q': row.code})}#{row.code}"
    return Hit(localized(row.title), about, url)


def _questions(words: str, only: str) -> Group:
    """Questions of current instruments by their text in either language, or their code."""
    wanted = [word.casefold() for word in words.split()[:MOST_WORDS]]
    hits = []
    for version, part in parts_of(current_versions()):
        text = " ".join([part.code, *part.text.values()]).casefold()
        if all(word in text for word in wanted):
            url = f"{_page('instrument-detail', version.instrument.code)}#q-{part.code}"
            hits.append(Hit(localized(part.text), f"{localized(version.title)} · {part.code}", url))
    return _whole("questions", pgettext_lazy("found by a search", "Questions"), hits, words, only)


def _terms(words: str, only: str) -> Group:
    wanted = [word.casefold() for word in words.split()[:MOST_WORDS]]
    page = reverse("questionnaires:glossary")
    hits = [
        Hit(localized(term.term), localized(term.meaning), f"{page}#term-{place}")
        for place, term in enumerate(GLOSSARY, start=1)
        if all(term.says(word) for word in wanted)
    ]
    return _whole("glossary", _("Glossary"), hits, words, only)


def _whole(kind: str, label: Any, hits: list[Hit], words: str, only: str) -> Group:
    """A group without a list: this page shows all of it when asked for."""
    url = f"{reverse('questionnaires:search')}?{urlencode({'q': words, 'in': kind})}"
    return Group(kind, label, hits if only == kind else hits[:FEW], len(hits), url)


FINDERS: tuple[Callable[[str, str], Group], ...] = (
    _listed(
        "indicators",
        _("Indicators"),
        IndicatorFilter,
        Indicator.objects.order_by("source__code", "position", "code"),
        "indicator-list",
        _each(_indicator),
    ),
    _listed(
        "figures",
        _("Published figures"),
        FigureFilter,
        Figure.objects.select_related("indicator", "source"),
        "figure-list",
        _figures,
    ),
    _listed("sources", _("Sources"), SourceFilter, Source.objects, "source-list", _each(_source)),
    _listed(
        "instruments",
        _("Questionnaires"),
        InstrumentFilter,
        InstrumentVersion.objects.filter(published=True)
        .select_related("instrument")
        .defer("definition"),
        "instrument-list",
        _each(_instrument),
    ),
    _questions,
    _listed("policies", _("Support rules"), PolicyFilter, Policy.objects, "policy-list", _policies),
    _listed("advice", _("Advice"), AdviceFilter, Advice.objects, "advice-list", _each(_advice)),
    _terms,
)
