"""What stands where there is no number on these pages, and what their columns mean."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.dashboards import symbols
from reports.dashboards.model import WITHHELD, Cell
from scoring.estimates.compute import limits
from scoring.estimates.precision import SHARE

UNCERTAIN, UNKNOWN = "u", "x"


def legend(minimum: int) -> list[tuple[str, str]]:
    """Symbol and meaning, as on the dashboard, with two of these pages' own."""
    found = dict(symbols.legend(minimum))
    found[UNKNOWN] = _("not known: no population is loaded, or nobody gave a value. It is not 0.")
    own = limits()
    uncertain = _(
        "too uncertain to mean anything: half of the interval is wider than %(points)g percentage "
        "points for a share, or %(percent)g %% of the value otherwise. This is not zero."
    )
    found[UNCERTAIN] = uncertain % {"points": own.points, "percent": own.percent}
    return list(found.items())


def gap(why: str) -> Cell:
    """The symbol for a reason: small, wide, strata, none."""
    named = {"small": WITHHELD, "wide": UNCERTAIN, "strata": UNCERTAIN}
    return Cell(None, named.get(why, UNKNOWN))


def remark(why: str, kind: str, n: int) -> str:
    """The reason in words, for the remark under a row."""
    if why == "strata":
        return _(
            "No estimate: there are too few respondents for a single stratum, or more of them than "
            "the population table has enterprises."
        )
    if why == "small":
        return _("Withheld to protect single enterprises.")
    if why == "wide":
        own = limits()
        text = _("Withheld: half of the interval is wider than %(limit)s.")
        if kind == SHARE:
            limit = _("%(points)g percentage points") % {"points": own.points}
        else:
            limit = _("%(percent)g %% of the value") % {"percent": own.percent}
        return text % {"limit": limit}
    return ""


def definitions() -> list[tuple[str, str]]:
    return [
        (_("Respondents only"), _("the plain mean or share of those who answered; no inference")),
        (
            _("Estimate"),
            _("respondents weighted by industry and size to the enterprises there are"),
        ),
        (
            _("Interval (95 %)"),
            _("would hold the true value in 95 of 100 cases if answering were random in a stratum"),
        ),
        (_("Design effect"), _("how much unequal weights widen the interval (Kish); 1 is none")),
        (_("Effective number"), _("the number of respondents divided by the design effect")),
        (_("Stratum"), _("industry and size classes taken together until enough answered")),
    ]
