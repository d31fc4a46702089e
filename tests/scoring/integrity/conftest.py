"""A round of made-up firms in the database, some of them fakes, and the round of a year before."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from django.utils import timezone

from questionnaires.answers import read_answers, read_profile, to_coded
from tests.scoring.integrity.firms import document, firms, instrument


@pytest.fixture
def instrument_version(publish):
    return publish(document())


@pytest.fixture
def before(round_):
    from assessment.models import Round

    year = dt.timedelta(days=365)
    return Round.unguarded.create(
        title="2025 年",
        region=round_.region,
        instrument_version=round_.instrument_version,
        year=2025,
        opens_on=round_.opens_on - year,
        closes_on=round_.closes_on - year,
        names_visible=True,
        opened_by=round_.opened_by,
    )


@cache
def stored():
    """Forty firms with the fields of their submissions, now and a year before, and the levels."""
    from scoring.one import score_rows

    made = firms(11)[:40]
    years = []
    for said in ([one.answers for one in made], [one.before for one in made]):
        rows = [(None, one.profile, answers) for one, answers in zip(made, said, strict=True)]
        results = score_rows(instrument(), rows)
        fields = [_fields(profile, answers) for _, profile, answers in rows]
        years.append(zip(fields, [one["level"] for one in results], strict=True))
    return list(zip(made, *years, strict=True))


def _fields(profile, answers):
    read = read_answers(instrument(), answers).answers
    text = to_coded(instrument(), read_profile(profile)[0], read)
    return {"profile": profile, "answers_json": answers, "answers_coded": text}


@pytest.fixture
def answered(round_, before, organisation, people):
    """The firms of both rounds as submissions with results: ``[(Firm, Submission)]``.

    Whoever submits for an enterprise is its adviser's person, so that twins have one hand.
    """
    hands = sorted({firm.hand for firm, _, _ in stored()})
    clerks = {hand: people(f"{hand.replace(' ', '-')}@example.cn") for hand in hands}
    enterprises = _enterprises(organisation)
    persons = [clerks[firm.hand] for firm, _, _ in stored()]
    _submit(before, enterprises, persons, [then for _, _, then in stored()])
    submissions = _submit(round_, enterprises, persons, [now for _, now, _ in stored()])
    return list(zip([firm for firm, _, _ in stored()], submissions, strict=True))


def _enterprises(like):
    from assessment.models import Organisation

    return Organisation.unguarded.bulk_create(
        Organisation(
            credit_code=f"made-{number:03d}",
            name=f"企业 {number}",
            region=like.region,
            industry=like.industry,
            employees=120,
            revenue=5000,
            assets=4000,
            size="small",
        )
        for number in range(len(stored()))
    )


def _submit(round_, enterprises, persons, said):
    from assessment.models import Submission
    from scoring.models import Result

    now = timezone.now()
    made = Submission.unguarded.bulk_create(
        Submission(
            round=round_,
            organisation=enterprise,
            state="submitted",
            submitted_by=person,
            submitted_at=now - dt.timedelta(hours=3 * number),
            **fields,
        )
        for number, (enterprise, person, (fields, _)) in enumerate(
            zip(enterprises, persons, said, strict=True)
        )
    )
    Result.unguarded.bulk_create(
        Result(submission=submission, state="done", scored_at=now, level=level)
        for submission, (_, level) in zip(made, said, strict=True)
    )
    return made
