from django.urls import URLPattern, URLResolver, path

from reports.views import (
    clients,
    crosswalk,
    dashboards,
    estimates,
    flags,
    forms,
    items,
    population,
    progress,
    regional,
    results,
    support,
)

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("results/<int:submission>/", results.detail, name="result-detail"),
    path("results/<int:submission>/progress/", results.progress, name="result-progress"),
    path("results/<int:submission>/crosswalk/", crosswalk.crosswalk, name="crosswalk"),
    path("results/<int:submission>/report.pdf", results.pdf, name="result-pdf"),
    path(
        "catalogue/instruments/<slug:code>/form.pdf", forms.instrument_form, name="instrument-form"
    ),
    path("rounds/<int:round>/dashboard/", dashboards.dashboard, name="dashboard"),
    path("rounds/<int:round>/items/", items.item_analysis, name="item-analysis"),
    path("rounds/<int:round>/checks/", flags.flag_list, name="flag-list"),
    path("rounds/<int:round>/checks/<int:flag>/", flags.flag_detail, name="flag-detail"),
    path("organisations/<int:organisation>/support/", support.support, name="support"),
    path("rounds/<int:round>/estimates/", estimates.estimates, name="estimates"),
    path("rounds/<int:round>/compare/", estimates.compare, name="compare-rounds"),
    path("rounds/<int:round>/population/", population.population_page, name="population"),
    path(
        "rounds/<int:round>/population/template.csv",
        population.population_template,
        name="population-template",
    ),
    path("targets/", progress.overview, name="target-list"),
    path("targets/<slug:indicator>/<slug:area>/", progress.detail, name="target-detail"),
    path("indices/", regional.index_list, name="index-list"),
    path("indices/new/", regional.index_create, name="index-create"),
    path("indices/template.csv", regional.template, name="index-template"),
    path("indices/<int:pk>/", regional.index_detail, name="index-detail"),
    path("indices/<int:pk>/method/", regional.index_method, name="index-method"),
    path("indices/<int:pk>/publish/", regional.index_publish, name="index-publish"),
    path("indices/<int:pk>/<slug:kind>/", regional.index_file, name="index-file"),
    path("clients/", clients.client_list, name="client-list"),
]
