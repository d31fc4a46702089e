"""Why a point is worth a look, in the language of the reader: facts, no accusation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questionnaires.texts import localized
from scoring.models import Flag

Facts = dict[str, Any]


def reason(flag: Flag) -> str:
    """One or two sentences that say what was found."""
    write = _REASONS.get(flag.reason)
    return write(flag.facts) if write else flag.get_kind_display()


def _number(value: Any) -> str:
    """Grouped, at most two decimals, none where it is whole."""
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".")


def _check(facts: Facts) -> str:
    return localized(facts["message"])


def _part_above_whole(facts: Facts) -> str:
    said = _("The part (%(part)s) is more than the whole (%(whole)s).")
    return said % {"part": _number(facts["part"]), "whole": _number(facts["whole"])}


def _percent_off(facts: Facts) -> str:
    said = _("%(part)s of %(whole)s are not the stated %(percent)s %%.")
    return said % {name: _number(facts[name]) for name in ("part", "whole", "percent")}


def _totals_differ(facts: Facts) -> str:
    said = _("The same total was given as %(one)s in one question and as %(other)s in another.")
    return said % {"one": _number(facts["one"]), "other": _number(facts["other"])}


def _beyond_staff(facts: Facts) -> str:
    said = _("%(said)s people were counted; the enterprise has %(employees)s employees.")
    return said % {"said": _number(facts["said"]), "employees": _number(facts["employees"] or 0)}


def _beyond_money(facts: Facts) -> str:
    said = _(
        "An amount of %(said)s %(unit)s was given; revenue is %(revenue)s and assets are "
        "%(assets)s (CNY 10,000). The unit may have been mistaken."
    )
    unit = localized(facts.get("unit") or {})
    names = {name: _number(facts[name] or 0) for name in ("said", "revenue", "assets")}
    return said % {**names, "unit": unit}


def _level_moved(facts: Facts) -> str:
    said = ngettext(
        "The level went from %(before)s to %(now)s within %(years)s year.",
        "The level went from %(before)s to %(now)s within %(years)s years.",
        facts["years"],
    )
    return said % facts


def _rungs_moved(facts: Facts) -> str:
    said = ngettext(
        "%(n)s of %(of)s graded questions moved by %(rungs)s rungs or more within %(years)s year.",
        "%(n)s of %(of)s graded questions moved by %(rungs)s rungs or more within %(years)s years.",
        facts["years"],
    )
    return said % facts


def _quantities_moved(facts: Facts) -> str:
    said = ngettext(
        "%(n)s value is more than %(times)s times what it was, or a rate moved by more than "
        "%(points)s percentage points.",
        "%(n)s values are more than %(times)s times what they were, or rates moved by more than "
        "%(points)s percentage points.",
        facts["n"],
    )
    shown = {"times": _number(facts["times"]), "points": _number(facts["points"])}
    return said % {"n": facts["n"], **shown}


def _fast(facts: Facts) -> str:
    said = _("Half of the answers came within %(seconds)s seconds of the one before.")
    return said % {"seconds": _number(facts["seconds"])}


def _twin(facts: Facts) -> str:
    said = ngettext(
        "%(share)s %% of the answers equal those of %(n)s other enterprise.",
        "Up to %(share)s %% of the answers equal those of %(n)s other enterprises.",
        facts["n"],
    )
    shown = said % {"share": _number(facts["share"]), "n": facts["n"]}
    hand = _hands().get(facts.get("hand", ""), "")
    return f"{shown} {hand}".strip()


def _hands() -> dict[str, str]:
    return {
        "person": _("One person submitted them."),
        "adviser": _("They have the same consultant."),
        "hour": _("They were submitted within one hour."),
    }


def _straight(facts: Facts) -> str:
    said = _("All %(n)s questions of “%(section)s” were answered with place %(place)s.")
    return said % {**facts, "section": localized(facts["section"])}


_REASONS: dict[str, Callable[[Facts], str]] = {
    "check": _check,
    "part_above_whole": _part_above_whole,
    "percent_off": _percent_off,
    "totals_differ": _totals_differ,
    "beyond_staff": _beyond_staff,
    "beyond_money": _beyond_money,
    "level_moved": _level_moved,
    "rungs_moved": _rungs_moved,
    "quantities_moved": _quantities_moved,
    "fast": _fast,
    "identical": _twin,
    "nearly_identical": _twin,
    "straight": _straight,
}
