"""Made-up rounds: who was invited, who began, who submitted, and what they said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from random import Random
from typing import Any

from django.utils import timezone, translation

from assessment.models import Answer, Invitation, Round, Submission, User
from assessment.pledge import pledge_text
from assessment.profiles import profile_of
from assessment.verify import verify
from questionnaires.instruments.canon import load_definition
from questionnaires.instruments.definition import Definition
from questionnaires.models import Instrument, InstrumentVersion, Region
from reports.demo.answers import answers_for
from reports.demo.enterprises import Enterprise
from scoring.batch import score_many

STARTED, SUBMITTED = 0.86, 0.76  # of all invited
VERIFIED = 0.7  # of all submitted
TRIES = 5


def open_round(
    instrument: str, title: str, province: Region, officer: User, *, names: bool
) -> Round:
    """A round of the newest version of an instrument, open around today."""
    version = Instrument.objects.get(code=instrument).current
    if version is None:
        raise Instrument.DoesNotExist(f"{instrument} has no published version")
    today = timezone.localdate()
    return Round.objects.unscoped("the demo makes its own").create(
        title=title,
        region=province,
        instrument_version=version,
        year=today.year,
        opens_on=today - dt.timedelta(days=30),
        closes_on=today + dt.timedelta(days=60),
        names_visible=names,
        opened_by=officer,
        synthetic=True,
    )


def fill(
    round: Round, enterprises: list[Enterprise], clerk: User, luck: Random
) -> list[Submission]:
    """Invite everybody; most begin, most of those submit. Returns what was submitted."""
    Invitation.objects.bulk_create(
        Invitation(round=round, organisation=one.organisation) for one in enterprises
    )
    done: list[Enterprise] = []
    begun: list[Enterprise] = []
    for one in enterprises:
        lot = luck.random()
        (done if lot < SUBMITTED else begun if lot < STARTED else []).append(one)
    drafts(round, begun, clerk, luck)
    return submit(round, done, clerk, luck)


def submit(
    round: Round, enterprises: list[Enterprise], clerk: User, luck: Random
) -> list[Submission]:
    """Submitted answers of each enterprise, without contradictions that forbid scoring."""
    said = sound_answers(round, enterprises, luck)
    return Submission.unguarded.bulk_create(
        [_submission(round, one, answers, clerk, luck) for one, answers in said], batch_size=200
    )


def verify_some(round: Round, officer: User, luck: Random) -> int:
    """The officer verifies most of what was submitted; returns how many."""
    rows = Submission.objects.unscoped("the demo's own").filter(
        round=round, state=Submission.State.SUBMITTED
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = [key for key in keys if luck.random() < VERIFIED]
    note = "合成数据：演示核实。"
    return verify(officer, round, chosen, verified=True, note=note) if chosen else 0


def sound_answers(
    round: Round, enterprises: list[Enterprise], luck: Random
) -> list[tuple[Enterprise, dict[str, Any]]]:
    """Answers the engine accepts, with few contradictions and none to questions not asked.

    What contradicts itself is thrown again, a question concerned lower, and the try
    with the fewest warnings is kept.
    """
    version = round.instrument_version
    definition = load_definition(version.definition)
    best: dict[int, tuple[int, dict[str, Any]]] = {}
    damping: dict[int, dict[str, float]] = {n: {} for n in range(len(enterprises))}
    for _ in range(TRIES):
        rows = [(n, *_row(definition, round, enterprises[n], luck, d)) for n, d in damping.items()]
        outcomes = _outcomes(version, rows)
        for (n, _profile, answers), outcome in zip(rows, outcomes, strict=True):
            wrong = [*outcome["errors"], *outcome["warnings"]]
            _damp(damping[n], wrong, luck)
            unasked = set(outcome["not_asked"])
            said = {code: value for code, value in answers.items() if code not in unasked}
            if not outcome["errors"] and (n not in best or len(wrong) < best[n][0]):
                best[n] = (len(wrong), said)
        damping = {n: d for n, d in damping.items() if n not in best or best[n][0]}
    return [(enterprises[n], answers) for n, (_, answers) in sorted(best.items())]


def _damp(damping: dict[str, float], wrong: list[dict[str, Any]], luck: Random) -> None:
    """Lower one of the questions that each problem is about: which, is left to luck."""
    damping.clear()
    for problem in wrong:
        concerned = problem.get("questions") or [problem.get("question")]
        code = luck.choice(concerned)
        if code:
            damping[code] = 0.5


def drafts(round: Round, enterprises: Iterable[Enterprise], clerk: User, luck: Random) -> None:
    """Begun and not finished: the first part of the questionnaire is answered."""
    definition = load_definition(round.instrument_version.definition)
    codes = list(definition.questions)
    for one in enterprises:
        submission = Submission.unguarded.create(
            round=round, organisation=one.organisation, synthetic=True
        )
        _, answers = _row(definition, round, one, luck)
        upto = codes[: luck.randint(1, max(1, len(codes) // 2))]
        keep(submission, {c: answers[c] for c in upto if c in answers}, clerk)


def keep(submission: Submission, answers: dict[str, Any], person: User) -> None:
    """Store answers as a person's saved ones."""
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(submission=submission, question=code, value=value, saved_by=person, saved_at=now)
        for code, value in answers.items()
    )


def _row(
    definition: Definition,
    round: Round,
    one: Enterprise,
    luck: Random,
    damping: dict[str, float] | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    profile = profile_of(one.organisation, round)
    answers = answers_for(definition, one.maturity, profile, luck, damping, one.unevenness)
    return profile, answers


def _outcomes(
    version: InstrumentVersion, rows: list[tuple[int, dict[str, Any], dict[str, Any]]]
) -> list[dict[str, Any]]:
    return score_many(version, [(str(n), profile, answers) for n, profile, answers in rows])


def _submission(
    round: Round, one: Enterprise, answers: dict[str, Any], clerk: User, luck: Random
) -> Submission:
    when = timezone.now() - dt.timedelta(days=luck.randint(0, 28), minutes=luck.randint(0, 1400))
    with translation.override("zh-hans"):
        pledge = pledge_text(one.organisation.name)
    return Submission(
        round=round,
        organisation=one.organisation,
        state=Submission.State.SUBMITTED,
        submitted_at=when,
        submitted_by=clerk,
        receipt=f"{round.year}-{round.region.code}-{round.pk:02d}{one.organisation.pk:06d}",
        pledge_text=pledge,
        pledge_name="合成数据",
        profile=profile_of(one.organisation, round),
        answers_json=answers,
        answers_coded=coded(round, one, answers),
        synthetic=True,
    )


def coded(round: Round, one: Enterprise, answers: dict[str, Any]) -> str:
    """The compact form in which whole rounds are read."""
    from questionnaires.answers import read_answers, read_profile, to_coded

    definition = load_definition(round.instrument_version.definition)
    profile, *_ = read_profile(profile_of(one.organisation, round))
    coded_answers: str = to_coded(definition, profile, read_answers(definition, answers).answers)
    return coded_answers
