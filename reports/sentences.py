"""What a result says in words: one sentence a function, in the active language.

Page, PDF and API take their sentences from here, so that they cannot disagree.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questionnaires.texts import localized
from reports import numbers
from reports.annex_model import OtherResult, SupportRow
from reports.model import Dimension, NextStep, ResultReport, TargetRow


def total(report: ResultReport) -> str:
    if report.total is None:
        return _("No total: too much is unanswered or does not apply.")
    return _("%(total)s of %(max)s points") % {
        "total": numbers.number(report.total),
        "max": numbers.exact(report.max),
    }


def rank(report: ResultReport) -> str:
    """Where the level stands on the ladder of levels; empty without levels."""
    if not report.level_count:
        return ""
    if not report.level:
        return _("none of %(count)s levels reached yet") % {"count": report.level_count}
    return _("level %(rank)s of %(count)s") % {"rank": report.level, "count": report.level_count}


def binding(report: ResultReport) -> str:
    """What keeps the next level away, first condition first."""
    if report.next_level_name is None:
        return _("This is the highest level.")
    name = localized(report.next_level_name)
    if not report.binding:
        return _('The next level is "%(level)s".') % {"level": name}
    first = localized(report.binding[0].text).rstrip("。.")
    if report.score_suffices:
        lead = _('The score is enough for "%(level)s"; still missing: %(what)s.')
    else:
        lead = _('What keeps "%(level)s" away: %(what)s.')
    return lead % {"level": name, "what": first}


def more_bindings(report: ResultReport) -> str:
    """How many further conditions are open; empty when none is."""
    rest = len(report.binding) - 1
    if rest < 1:
        return ""
    return ngettext("%(n)s more condition is open.", "%(n)s more conditions are open.", rest) % {
        "n": rest
    }


def standing(report: ResultReport) -> str:
    """Where the enterprise stands among its peers, or why that cannot be said."""
    if report.cohort is None:
        return localized(report.cohort_missing) or _("There is no group to compare with yet.")
    who = {"n": f"{report.cohort.n:,}", "cohort": localized(report.cohort.description)}
    if report.standing is None:
        return _("Compared with %(n)s enterprises: %(cohort)s.") % who
    return _("Scores higher than %(percent)s of %(n)s comparable enterprises: %(cohort)s.") % {
        **who,
        "percent": numbers.percentage(report.standing),
    }


def gain(step: NextStep) -> str:
    """What a step brings; nothing to say where it only counts toward the level."""
    if step.gain is None:
        return _("gain not known")
    if not step.gain and step.toward_level:
        return ""
    return _("+%(points)s points") % {"points": numbers.number(step.gain)}


def step(found: NextStep) -> str:
    """A step in one sentence; the question is named where there is no advice of its own."""
    title, text = localized(found.title), localized(found.text)
    if not text:
        return title
    if text != localized(found.change):
        return text
    return _("%(question)s: %(change)s") % {"question": title.rstrip("？?。."), "change": text}


def dimension(row: Dimension) -> str:
    """The whole row in one sentence, for whoever cannot see the drawing."""
    title = localized(row.title)
    if row.percent is None:
        own = _("%(title)s: not scored") % {"title": title}
    else:
        own = _("%(title)s: own %(own)s") % {
            "title": title,
            "own": numbers.percentage(row.percent),
        }
    return _("; ").join([own, *_cohort_words(row), *_target_words(row)])


def _cohort_words(row: Dimension) -> list[str]:
    if row.cohort is None:
        return [_("no peers to compare with")]
    return [
        _("middle half of %(n)s peers from %(q1)s to %(q3)s, median %(median)s")
        % {
            "n": row.cohort.n,
            "q1": numbers.percentage(row.cohort.q1),
            "q3": numbers.percentage(row.cohort.q3),
            "median": numbers.percentage(row.cohort.median),
        }
    ]


def _target_words(row: Dimension) -> list[str]:
    if row.target is None:
        return []
    return [_("the next level asks for %(target)s") % {"target": numbers.percentage(row.target)}]


def against_median(row: Dimension) -> str:
    """Strength or weakness: how far from the median of the peers."""
    if row.percent is None or row.cohort is None:
        return ""
    gap = row.percent - row.cohort.median
    points = numbers.number(abs(gap))
    if not gap.quantize(numbers.Decimal("0.1")):
        return _("on the median of the peers")
    if gap > 0:
        return _("%(points)s percentage points above the median of the peers") % {"points": points}
    return _("%(points)s percentage points below the median of the peers") % {"points": points}


def target_state(row: TargetRow) -> str:
    """The state of one comparison as a word."""
    return comparison_state(row.state, row.kind)


def comparison_state(state: str, kind: str) -> str:
    if kind == "observed" and state == "no_target":
        return _("for reference, not a target")
    return {
        "met": _("target met"),
        "gap": _("not met yet"),
        "no_target": _("no published target"),
        "no_answer": _("not answered"),
        "not_comparable": _("not comparable"),
    }.get(state, state)


def radar(report: ResultReport) -> str:
    """The radar in one sentence of our own; the values stand in the table beside it."""
    rows = [row for row in report.dimensions if row.depth == 1]
    known = [row for row in rows if row.percent is not None]
    if not known:
        return _("No dimension is scored.")
    return _extremes(known) + _left_out([row for row in rows if row.percent is None])


def _left_out(rows: list[Dimension]) -> str:
    if not rows:
        return ""
    names = _(", ").join(localized(row.title) for row in rows)
    return _(" Not scored and therefore not drawn: %(names)s.") % {"names": names}


def _extremes(known: list[Dimension]) -> str:
    best, worst = max(known, key=_percent), min(known, key=_percent)
    return _(
        "%(n)s dimensions on one scale from 0 to 100%%: highest %(best)s (%(best_value)s), "
        "lowest %(worst)s (%(worst_value)s)."
    ) % {
        "n": len(known),
        "best": localized(best.title),
        "best_value": numbers.percentage(best.percent),
        "worst": localized(worst.title),
        "worst_value": numbers.percentage(worst.percent),
    }


def _percent(row: Dimension) -> numbers.Decimal:
    return row.percent if row.percent is not None else numbers.Decimal(0)


def figure_kind(row: TargetRow) -> str:
    """What a published figure is, so that an observation is not taken for a target."""
    return kind_name(row.kind)


def kind_name(kind: str) -> str:
    kinds = {
        "target": _("Target"),
        "observed": _("Observed"),
        "forecast": _("Forecast"),
        "policy": _("Policy parameter"),
    }
    return kinds.get(kind, kind)


def support_state(row: SupportRow) -> str:
    """How a rule and an enterprise stand to each other; never a promise."""
    if row.elsewhere:
        return _("For another area")
    if row.near:
        return _("One condition is missing")
    if row.state == "needs_person" and not row.checked:
        return _("Needs a person: the document states nothing that can be checked")
    return {
        "met": _("Matches the published condition"),
        "needs_person": _("Needs a person: the known conditions hold"),
        "unknown": _("Cannot be decided: a fact is not known"),
    }.get(row.state, _("Does not match the published condition"))


def covered(row: OtherResult) -> str:
    """What share of another questionnaire the answers cover, and what remains."""
    words = {"percent": numbers.exact(row.percent), "count": row.remaining}
    if row.by_points:
        text = _("covers %(percent)s %% of the points; questions that remain: %(count)d")
    else:
        text = _("covers %(percent)s %% of the questions; questions that remain: %(count)d")
    return text % words


def between(row: OtherResult) -> str:
    """The ends of the full score under another questionnaire; empty where there is none."""
    if row.low is None or row.high is None or row.max is None:
        return ""
    words = {
        "low": numbers.score(row.low),
        "high": numbers.score(row.high),
        "max": numbers.exact(row.max),
    }
    if row.settled:
        return _("%(low)s of %(max)s") % words
    return _("%(low)s to %(high)s of %(max)s") % words


def level_range(row: OtherResult) -> str:
    """The level, or both levels the open questions may lead to."""
    low, high = localized(row.level_low), localized(row.level_high)
    if not low or low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
