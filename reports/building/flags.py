"""Points to check of a round in words: rows of the list, one flag with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import Round, Submission, User
from questionnaires.texts import localized
from reports.building.answers import said
from reports.dashboards import cells
from reports.dashboards.model import Column, Row, Table
from scoring.integrity import words
from scoring.models import Flag
from scoring.shape import definition_of

ORDER = (Flag.Kind.TWIN, Flag.Kind.COUNTS, Flag.Kind.MOVE, Flag.Kind.PACE, Flag.Kind.LINE)


@dataclass(frozen=True)
class Evidence:
    """One answer the flag rests on, as it was said now and, where that matters, before."""

    question: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Seen:
    """A flag with all a person needs to judge it."""

    flag: Flag
    reason: str
    evidence: list[Evidence]
    before: Submission | None
    others: list[Submission]
    decisions: list[Any]


def listed(user: User, round: Round, state: str = "", kind: str = "") -> QuerySet[Flag]:
    """The flags of a round this person may see, by kind. Contradictions come last: they are the
    most, and the form told the enterprise of them already. Decided flags stay in the list when the
    latest computation no longer finds them."""
    rows = Flag.objects.visible_to(user).filter(submission__round=round)
    if state in Flag.State.values:
        rows = rows.filter(state=state)
    if kind in Flag.Kind.values:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("submission__organisation").prefetch_related("decisions__by")
    places = [When(kind=kind, then=place) for place, kind in enumerate(ORDER)]
    first = Case(*places, default=len(ORDER), output_field=IntegerField())
    found: QuerySet[Flag] = rows.order_by(first, "submission_id", "key", "pk")
    return found


def tally(round: Round) -> list[tuple[str, int, dict[str, int]]]:
    """``(kind in words, flags, flags by state)`` of every kind, over the whole round."""
    rows = Flag.objects.unscoped("counts name nobody").filter(submission__round=round)
    counts = rows.order_by().values_list("kind", "state").annotate(n=Count("pk"))
    found: dict[str, dict[str, int]] = {kind: {} for kind in Flag.Kind.values}
    for kind, state, n in counts:
        found[kind][state] = n
    labels = dict(Flag.Kind.choices)
    return [(str(labels[kind]), sum(of.values()), of) for kind, of in found.items()]


def reasons(flags: Iterable[Flag]) -> list[tuple[Flag, str]]:
    return [(flag, words.reason(flag)) for flag in flags]


def seen(user: User, flag: Flag) -> Seen:
    """What the flag rests on. Other submissions are named only where this person may see them."""
    visible = Submission.objects.visible_to(user).select_related("organisation", "round")
    wanted = {*flag.evidence.get("others", []), flag.evidence.get("before")} - {None}
    rows = {one.pk: one for one in visible.filter(pk__in=wanted)} if wanted else {}
    before = rows.get(flag.evidence.get("before"))
    return Seen(
        flag,
        words.reason(flag),
        _evidence(flag, before),
        before,
        [rows[key] for key in flag.evidence.get("others", []) if key in rows],
        list(flag.decisions.all()),
    )


def _evidence(flag: Flag, before: Submission | None) -> list[Evidence]:
    questions = definition_of(flag.submission.round.instrument_version).questions
    now = flag.submission
    return [
        Evidence(
            _title(code, questions), _said(code, questions, now), _said(code, questions, before)
        )
        for code in flag.evidence.get("questions", [])
    ]


def _title(code: str, questions: dict[str, Any]) -> str:
    fields = {
        "profile.employees": _("Employees"),
        "profile.revenue": _("Revenue (CNY 10,000)"),
        "profile.assets": _("Total assets (CNY 10,000)"),
    }
    question = questions.get(code)
    return fields.get(code) or (localized(question.text) if question else code)


def _said(code: str, questions: dict[str, Any], submission: Submission | None) -> str:
    if submission is None:
        return ""
    kind, _dot, field = code.partition(".")
    if kind == "profile":
        value = submission.profile.get(field)
        return "" if value is None else f"{value:,}"
    return localized(said(questions.get(code), submission.answers_json.get(code)))


def table(flags: Iterable[Flag]) -> Table:
    """The list as a file."""
    heads = [
        ("enterprise", _("Enterprise")),
        ("kind", _("Point")),
        ("reason", _("Why")),
        ("questions", _("Questions concerned")),
        ("found", _("Found")),
        ("state", _("State")),
        ("note", _("Note")),
        ("by", _("Decided by")),
        ("at", _("Decided at")),
    ]
    columns = [Column(key, title, is_number=False) for key, title in heads]
    rows = [Row(str(flag.pk), [cells.words(text) for text in _texts(flag)]) for flag in flags]
    return Table("checks", _("Points to check"), columns, rows)


def _texts(flag: Flag) -> list[str]:
    latest = next(iter(flag.decisions.all()), None)
    return [
        flag.submission.organisation.name,
        flag.get_kind_display(),
        words.reason(flag),
        " ".join(flag.evidence.get("questions", [])),
        moment(flag.found_at),
        flag.get_state_display(),
        latest.note if latest else "",
        str(latest.by) if latest else "",
        moment(latest.at) if latest else "",
    ]


def moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
