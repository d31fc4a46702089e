"""The whole demo, made once: enterprises, accounts, two rounds, results."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from django.db import transaction

from assessment.models import Invitation, Organisation, Round, Submission, User
from questionnaires.models import Industry, Instrument, Region
from reports.demo import earlier, fakes, indices, people, population, rounds
from reports.demo.enterprises import Enterprise, credit_code, make
from scoring.aggregates import refresh, rounds_behind
from scoring.areas import children
from scoring.models import RegionalIndex
from scoring.regional.making import compute
from scoring.rescoring import rescore

# Instrument, title, whether the officer sees names, and which sizes are invited ("" = all).
ROUNDS = (
    ("enterprise-digital-economy", "企业数字经济成熟度评估（合成数据演示）", True, ""),
    ("miit-sme-2024", "中小企业数字化水平评测（合成数据演示）", False, "medium small micro"),
)
EARLIER = "企业数字经济成熟度评估（上一年，合成数据演示）"
OWN_CITY, OWN_INDUSTRY = "330400", "C34"
# What visitors see first is typical: the second of five levels, with the third in sight. Evenness
# keeps it there with nearly every seed.
OWN_MATURITY, OWN_UNEVENNESS = 0.57, 0.05


def is_loaded() -> bool:
    return Round.objects.unscoped("is the demo there?").filter(synthetic=True).exists()


@transaction.atomic
def load(password: str, region: str, count: int, seed: int) -> list[Round]:
    """Write the demo, unscored, in one transaction; returns its rounds."""
    luck = Random(seed)  # noqa: S311 - made-up data, the same every time
    province = Region.objects.get(code=region)
    cast = people.create(password)
    clerk = User.objects.create_user(
        f"clerk@{people.DOMAIN}", None, name="合成数据", synthetic=True, is_active=False
    )
    enterprises = make(province, count, luck)
    Organisation.unguarded.bulk_create([one.organisation for one in enterprises], batch_size=200)
    own = _own_enterprise(province)
    people.employ(cast, own.organisation, province)
    made = []
    for code, title, names, sizes in ROUNDS:
        if not Instrument.objects.filter(code=code, versions__published=True).exists():
            continue
        round_ = rounds.open_round(code, title, province, cast.officer, names=names)
        invited = [e for e in enterprises if not sizes or e.organisation.size in sizes.split()]
        rounds.fill(round_, invited, clerk, luck)
        Invitation.objects.create(round=round_, organisation=own.organisation)
        made.append(round_)
    indices.made_up(province, cast.officer, Random(f"index {seed}"))  # noqa: S311
    if made:
        fakes.falsify(made[0], Random(f"fakes {seed}"))  # noqa: S311
    # Luck of its own: how many others there are makes no difference to what visitors see first.
    _own_answers(made, own, cast, Random(f"own {seed}"))  # noqa: S311
    if made:
        rounds.verify_some(made[0], cast.officer, Random(f"verified {seed}"))  # noqa: S311
        luck = Random(f"earlier {seed}")  # noqa: S311
        population.add(made[0], enterprises, cast.officer, luck)
        made.append(earlier.add(made[0], EARLIER, enterprises, clerk, luck))
    return made


def score_all() -> None:
    """Score what is not scored yet and bring the aggregates up to date."""
    synthetic = Round.objects.unscoped("the demo's own").filter(synthetic=True)
    behind = set(rounds_behind())
    for round_ in synthetic.select_related("region", "instrument_version"):
        waiting = round_.submissions.model.objects.unscoped("the demo's own").filter(
            round=round_, state=Submission.State.SUBMITTED
        )
        if waiting.exclude(result__state="done").exists():
            rescore(round_, here=True)
        elif round_.pk in behind:
            refresh(round_)
    for waiting_index in RegionalIndex.unguarded.filter(synthetic=True, state="pending"):
        compute(waiting_index.pk)


def _own_enterprise(province: Region) -> Enterprise:
    """The enterprise of the demo accounts, in the city and industry with the most like it."""
    cities = {city.code: city for city in children(province)}
    organisation = Organisation.unguarded.create(
        credit_code=credit_code(0),
        name="合成示范企业（演示）",
        region=cities.get(OWN_CITY) or next(iter(cities.values()), province),
        industry=Industry.objects.get(code=OWN_INDUSTRY),
        employees=186,
        revenue=Decimal("14800"),
        assets=Decimal("12600"),
        size="small",
        synthetic=True,
    )
    return Enterprise(organisation, OWN_MATURITY, OWN_UNEVENNESS)


def _own_answers(made: list[Round], own: Enterprise, cast: people.Cast, luck: Random) -> None:
    """One questionnaire submitted, the next half filled in."""
    if made:
        for submission in rounds.submit(made[0], [own], cast.owner, luck):
            rounds.keep(submission, submission.answers_json, cast.owner)
    for round_ in made[1:2]:
        draft = Submission.unguarded.create(
            round=round_, organisation=own.organisation, synthetic=True
        )
        ((_, answers),) = rounds.sound_answers(round_, [own], luck)
        codes = list(answers)[: len(answers) // 2]
        rounds.keep(draft, {code: answers[code] for code in codes}, cast.owner)
