from django.urls import URLPattern, URLResolver, path

from questionnaires.views import (
    catalogue,
    figures,
    glossary,
    indicators,
    instruments,
    policies,
    regions,
    search,
)

app_name = "questionnaires"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", catalogue.overview, name="overview"),
    path("sources/", catalogue.SourceList.as_view(), name="source-list"),
    path("sources/<slug:code>/", catalogue.source_detail, name="source-detail"),
    path("indicators/", indicators.IndicatorList.as_view(), name="indicator-list"),
    path("indicators/<slug:code>/", indicators.indicator_detail, name="indicator-detail"),
    path("figures/", figures.FigureList.as_view(), name="figure-list"),
    path("figures/<slug:code>/", figures.figure_detail, name="figure-detail"),
    path("instruments/", instruments.InstrumentList.as_view(), name="instrument-list"),
    path("instruments/<slug:code>/", instruments.instrument_detail, name="instrument-detail"),
    path(
        "instruments/<slug:code>/changes/",
        instruments.instrument_changes,
        name="instrument-changes",
    ),
    path("regions/", regions.regions, name="region-table"),
    path("search/", search.search, name="search"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("policies/", policies.PolicyList.as_view(), name="policy-list"),
    path("policies/<slug:code>/", policies.policy_detail, name="policy-detail"),
    path("advice/", policies.AdviceList.as_view(), name="advice-list"),
]
