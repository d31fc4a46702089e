"""Match support rules with one applicant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from questionnaires.answers.profiles import Profile
from questionnaires.models import Policy
from scoring.policies.amounts import award_of
from scoring.policies.conditions import Verdict, judge
from scoring.policies.groups import without_doubles
from scoring.policies.inputs import Inputs
from scoring.policies.results import Award, Failed, Local, Match, State, Text
from scoring.policies.shortfalls import shortfalls
from scoring.policies.statements import lapsed, statement

NATION = "CN"
IN_AREA = {
    "zh": "所在地属于规则适用的地区（区划代码 {code}）。",
    "en": "Located in the area the rule is for (division code {code}).",
}
REGION = "profile.region"


def match(
    rules: Iterable[Policy],
    profile: Profile | Mapping[str, Any] | None,
    values: Mapping[str, Any],
    today: date | None = None,
    received: Mapping[str, Decimal] | None = None,
) -> list[Match]:
    """Every support rule of ``rules`` for one applicant, in their order.

    ``profile`` as answers have it (money in CNY 10,000); ``values`` numbers by indicator code (yes
    is 1, no is 0; several contracts as a list); what is absent is unknown. ``received``: what each
    rule, by code, paid in earlier years, for caps in all. Commitments and principles are left out:
    nobody applies for them. Raises ValueError when an input is not of its kind.
    """
    supports = [rule for rule in rules if rule.nature == Policy.Nature.SUPPORT]
    inputs = Inputs(profile, values)
    verdicts = judge({text for rule in supports for text in _conditions(rule)}, inputs)
    day, paid = today or date.today(), received or {}
    return without_doubles(
        [_match(rule, inputs, verdicts, day, paid.get(rule.code, Decimal(0))) for rule in supports]
    )


def _conditions(rule: Policy) -> Iterable[str]:
    return (part["when"] for part in (*rule.conditions, *rule.needs_person) if "when" in part)


def _match(
    rule: Policy, inputs: Inputs, verdicts: Mapping[str, Verdict], today: date, received: Decimal
) -> Match:
    failed, missing = _outcome(rule, inputs, verdicts)
    person = _person(rule, verdicts)
    award, lacking = award_of(rule.benefit, inputs, received)
    missing = missing or (lacking if not failed else ())
    state = _state(failed, missing, person)
    if state in (State.NOT_MET, State.UNKNOWN):
        award = None
    over = lapsed(rule.valid_to, today)
    return Match(
        code=rule.code,
        title=rule.title,
        state=state,
        source=rule.source.code,
        locator=rule.locator,
        kind=rule.kind,
        statement=statement(rule.valid_from, rule.valid_to, rule.office, over),
        failed=failed,
        person=() if state is State.NOT_MET else person,
        missing=() if state is State.NOT_MET else missing,
        also_missing=missing if state is State.NOT_MET else (),
        award=award,
        cap_year=_cap(rule, "cap_year"),
        cap_total=_cap(rule, "cap_total"),
        local=_local(rule, award) if state in (State.MET, State.NEEDS_PERSON) else None,
        group=rule.group,
        lapsed=over,
    )


def _outcome(
    rule: Policy, inputs: Inputs, verdicts: Mapping[str, Verdict]
) -> tuple[tuple[Failed, ...], tuple[str, ...]]:
    """The conditions that do not hold, and the inputs that the undecided ones lack."""
    failed: list[Failed] = []
    missing: dict[str, None] = {}
    if rule.area != NATION:
        if inputs.region is None:
            missing[REGION] = None
        elif not _inside(inputs.region, rule.area):
            words = {key: text.format(code=rule.area) for key, text in IN_AREA.items()}
            failed.append(Failed(words, place=True))
    for part in rule.conditions:
        verdict = verdicts[part["when"]] if "when" in part else Verdict(True)
        if verdict.holds is False:
            failed.append(Failed(part["text"], shortfalls(part["when"], inputs)))
        missing |= dict.fromkeys(verdict.missing)
    return tuple(failed), tuple(missing)


def _inside(region: str, area: str) -> bool:
    """Whether a division lies in another: 350102 in 350100 in 350000."""
    if area.endswith("0000"):
        return region.startswith(area[:2])
    return region.startswith(area[:4]) if area.endswith("00") else region == area


def _person(rule: Policy, verdicts: Mapping[str, Verdict]) -> tuple[Text, ...]:
    """Conditions without an expression, and ambiguities that apply here."""
    asked = [part["text"] for part in rule.conditions if "when" not in part]
    unclear = [
        part["text"]
        for part in rule.needs_person
        if "when" not in part or verdicts[part["when"]].holds
    ]
    return (*asked, *unclear)


def _state(failed: tuple[Failed, ...], missing: tuple[str, ...], person: tuple[Text, ...]) -> State:
    """One condition that fails settles it, whatever else is unknown."""
    if failed:
        return State.NOT_MET
    if missing:
        return State.UNKNOWN
    return State.NEEDS_PERSON if person else State.MET


def _local(rule: Policy, award: Award | None) -> Local | None:
    part = rule.matching
    if not part:
        return None
    share = Decimal(part["percent"]) / 100
    low = award.low * share if award and award.low is not None else None
    return Local(part["by"], low, award.high * share if award else None, part["text"])


def _cap(rule: Policy, name: str) -> Decimal | None:
    return Decimal(rule.benefit[name]) if name in rule.benefit else None
