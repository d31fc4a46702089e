"""Names of the choices, and what each means, for forms and method pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SCALES: dict[str, Any] = {
    "reference": _("The questionnaire's own: 0 to 100 between its worst and best values"),
    "minmax": _("From the data: the lowest value of all years is 0, the highest 100"),
    "zscore": _("From the data: mean 100, one standard deviation is 10 points"),
    "percentile_rank": _("From the data: share of lower values, 0 to 100"),
}
WEIGHTS: dict[str, Any] = {
    "questionnaire": _("As in the questionnaire"),
    "own": _("My own, given below"),
    "standard_deviation": _("From the data: what differs more weighs more (standard deviation)"),
    "global_entropy": _("From the data: entropy over all years"),
    "critic": _("From the data: spread and lack of overlap (CRITIC)"),
    "pca": _("From the data: principal components"),
}
MEANS: dict[str, Any] = {
    "arithmetic": _("Arithmetic: a gap can be made up elsewhere"),
    "geometric": _("Geometric: a gap can be made up only in part"),
    "harmonic": _("Harmonic: a gap weighs heavily"),
    "median": _("Median: single values count little"),
}
