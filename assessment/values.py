"""Answers as people read them: one line of words per value, whatever the kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessment.templatetags.amounts import grouped
from questionnaires.texts import localized

TENTH = Decimal("0.1")


def is_not_applicable(value: Any) -> bool:
    return isinstance(value, dict) and "not_applicable" in value


def is_unknown(value: Any) -> bool:
    return isinstance(value, dict) and value.get("unknown") is True


def is_special(value: Any) -> bool:
    """Not applicable, or not known: said, but not a value."""
    return is_not_applicable(value) or is_unknown(value)


def in_words(question: Any, value: Any) -> str:
    """``value`` of ``question`` in the reader's language; an empty answer says so."""
    if value is None or value == []:
        return _("Not filled in")
    if is_unknown(value):
        return _("Not known")
    if is_not_applicable(value):
        reason = value["not_applicable"]
        return (
            _("Does not apply (%(reason)s)") % {"reason": reason} if reason else _("Does not apply")
        )
    return _WORDS[question.kind](question, value)


def number(value: Any) -> str:
    """A number grouped by thousands, without needless zeros."""
    return grouped(Decimal(str(value)))


def rate_of(value: Any) -> Decimal | None:
    """The percentage a ratio stands for; None when its whole is zero."""
    if not isinstance(value, dict):
        return Decimal(str(value))
    if value.get("part") is None or value.get("whole") is None:
        return Decimal(str(value["percent"])) if value.get("percent") is not None else None
    whole = Decimal(str(value["whole"]))
    return Decimal(str(value["part"])) * 100 / whole if whole else None


def percent(rate: Decimal | None) -> str:
    """One decimal, as in 40.0 %."""
    return _("not computable") if rate is None else f"{rate.quantize(TENTH, ROUND_HALF_UP)} %"


def with_unit(text: str, unit: Mapping[str, str] | None) -> str:
    """``text`` and its unit in the reader's language, where it has one."""
    return f"{text} {localized(unit)}" if unit else text


def _single(question: Any, value: Any) -> str:
    found = next((o for o in question.options if o.code == value), None)
    return localized(found.text) if found else str(value)


def _multiple(question: Any, value: Any) -> str:
    chosen = [localized(o.text) for o in question.options if o.code in value]
    return pgettext("between several answers", "; ").join(chosen)


def _number(question: Any, value: Any) -> str:
    return with_unit(number(value), question.unit)


def _ratio(question: Any, value: Any) -> str:
    if not isinstance(value, dict) or value.get("part") is None:
        return f"{number(rate_of(value))} %"
    rate = percent(rate_of(value))
    part, whole = number(value["part"]), number(value["whole"])
    words = _("%(part)s of %(whole)s = %(rate)s")
    return words % {"part": part, "whole": with_unit(whole, question.unit), "rate": rate}


def _ladder(question: Any, value: Any) -> str:
    rung = value["rung"] if isinstance(value, dict) else value
    step = question.rungs[int(rung)]
    name = localized(step.name) if step.name else ""
    words = (
        f"{rung} · {name} · {localized(step.text)}" if name else f"{rung} · {localized(step.text)}"
    )
    chosen = value.get("branches", []) if isinstance(value, dict) else []
    ticked = [localized(b.text) for b in step.branches if b.code in chosen]
    mark = pgettext("between several answers", "; ")
    return f"{words} ({mark.join(ticked)})" if ticked else words


def _yes_no(question: Any, value: Any) -> str:
    return _("Yes") if value else _("No")


def _date(question: Any, value: Any) -> str:
    return str(value)


def _before_after(question: Any, value: Any) -> str:
    before, after = value.get("before"), value.get("after")
    words = f"{number(before)} → {with_unit(number(after), question.unit)}"
    change = change_of(value)
    return words if change is None else f"{words} ({change:+.1f} %)"


def change_of(value: dict) -> Decimal | None:
    """The change in percent of the value before; None when that was zero."""
    before, after = Decimal(str(value["before"])), Decimal(str(value["after"]))
    return (after - before) * 100 / abs(before) if before else None


def _evidence(question: Any, value: Any) -> str:
    words = ngettext("%(count)d file", "%(count)d files", len(value))
    return words % {"count": len(value)}


_WORDS = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "ratio": _ratio,
    "ladder": _ladder,
    "yes_no": _yes_no,
    "text": lambda question, value: str(value),
    "date": _date,
    "before_after": _before_after,
    "evidence": _evidence,
}
