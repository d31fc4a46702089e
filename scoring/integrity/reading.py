"""Gather what the checks read of a round: answers, who submitted, how fast, what came before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any

from assessment.models import Answer, ConsultantGrant, Round, Submission
from questionnaires.models import InstrumentVersion
from scoring.integrity.batch import Batch, Earlier, hour_of
from scoring.integrity.pace import seconds_per_answer
from scoring.items.reading import coded_rows
from scoring.models import FillTime
from scoring.shape import definition_of

YEARS_BACK = 2
CHUNK = 500
Row = dict[str, Any]


def read_round(round: Round) -> tuple[list[int], Batch]:
    """The keys of a round's submitted answer sets, in order, and the batch of them."""
    done = _submitted().filter(round=round).order_by("pk")
    names = ("pk", "answers_coded", "organisation_id", "submitted_by_id", "submitted_at")
    rows = list(done.values(*names, "result__level"))
    keys = [row["pk"] for row in rows]
    definition = definition_of(round.instrument_version)
    return keys, Batch(
        definition,
        coded_rows(definition, [(row["pk"], row["answers_coded"]) for row in rows]),
        levels=[row["result__level"] for row in rows],
        hands=_hands(rows),
        seconds=_seconds(keys),
        earlier=_earlier(round, {row["organisation_id"]: n for n, row in enumerate(rows)}),
    )


def _submitted() -> Any:
    rows = Submission.objects.unscoped("checks compare everybody")
    return rows.filter(state=Submission.State.SUBMITTED)


def _hands(rows: list[Row]) -> list[tuple[Hashable, ...]]:
    """Whoever submitted, advisers with a grant in force, the clock hour.

    No device is known: a page's mark is new each time it is opened, and addresses are not kept.
    """
    advisers: dict[int, list[Hashable]] = defaultdict(list)
    grants = ConsultantGrant.objects.valid()  # type: ignore[no-untyped-call]
    if len(rows) <= CHUNK:  # a query takes so many parameters; beyond, all grants are read
        grants = grants.filter(organisation__in=[row["organisation_id"] for row in rows])
    for organisation, person in grants.values_list("organisation_id", "consultant_id"):
        advisers[organisation].append(("adviser", person))
    return [
        (
            *((("person", row["submitted_by_id"]),) if row["submitted_by_id"] else ()),
            *advisers[row["organisation_id"]],
            *hour_of(row["submitted_at"]),
        )
        for row in rows
    ]


def _seconds(keys: list[int]) -> list[float | None]:
    """The fill-in time of each; worked out once, as submitted answers do not change."""
    known = _known(keys)
    new = [key for key in keys if key not in known]
    for at in range(0, len(new), CHUNK):
        times = _times(new[at : at + CHUNK])
        made = [_fill_time(key, times[key]) for key in new[at : at + CHUNK]]
        FillTime.objects.bulk_create(made, ignore_conflicts=True)
        known |= {one.submission_id: one.seconds for one in made}
    return [known[key] for key in keys]


def _known(keys: list[int]) -> dict[int, float | None]:
    if not keys:
        return {}
    rows = FillTime.objects.filter(submission__pk__range=(keys[0], keys[-1]))
    return dict(rows.values_list("submission_id", "seconds"))


def _fill_time(key: int, times: list[datetime]) -> FillTime:
    return FillTime(submission_id=key, timed=len(times), seconds=seconds_per_answer(times))


def _times(keys: list[int]) -> dict[int, list[datetime]]:
    """When answers were given on the page (these have a device) and not taken over."""
    found: dict[int, list[datetime]] = {key: [] for key in keys}
    rows = Answer.objects.filter(submission__in=keys, prefilled_from=None).exclude(device="")
    for key, at in rows.values_list("submission_id", "saved_at").iterator(chunk_size=5000):
        found[key].append(at)
    return found


def _earlier(round: Round, places: dict[int, int]) -> list[Earlier]:
    """The latest earlier submission of each enterprise to the same questionnaire.

    Only of rounds that whoever runs this one may see by name too: a flag must not tell them more.
    """
    before = _submitted().filter(
        round__instrument_version__instrument=round.instrument_version.instrument_id,
        round__year__lt=round.year,
        round__year__gte=round.year - YEARS_BACK,
        round__region__path__startswith=round.region.path,
    )
    if round.names_visible:
        before = before.filter(round__names_visible=True)
    names = ("pk", "organisation_id", "answers_coded", "result__level")
    rows = before.order_by("round__year", "submitted_at", "pk").values(
        *names, "round__year", "round__instrument_version_id"
    )
    latest = {row["organisation_id"]: row for row in rows if row["organisation_id"] in places}
    groups: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in latest.values():
        groups[row["round__instrument_version_id"], row["round__year"]].append(row)
    versions = InstrumentVersion.objects.in_bulk({version for version, _ in groups})
    return [
        _group(versions[version], round.year - year, found, places)
        for (version, year), found in groups.items()
    ]


def _group(
    version: InstrumentVersion, years: int, rows: Iterable[Row], places: dict[int, int]
) -> Earlier:
    definition, rows = definition_of(version), list(rows)
    return Earlier(
        definition,
        years,
        rows=[places[row["organisation_id"]] for row in rows],
        keys=[row["pk"] for row in rows],
        coded=coded_rows(definition, [(row["pk"], row["answers_coded"]) for row in rows]),
        levels=[row["result__level"] for row in rows],
    )
