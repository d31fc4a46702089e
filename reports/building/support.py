"""Support rules beside one enterprise, as page, PDF and API show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from assessment.models import Organisation, Submission
from questionnaires.amount_words import amount_words, cap_words
from questionnaires.areas import area_names
from questionnaires.models import Policy
from reports.annex_model import Missing, SupportBlock, SupportRow, Unmet
from reports.building.support_words import (
    Lexicon,
    award_words,
    capped_words,
    local_words,
    need_words,
)
from scoring.policies import Failed, Match
from scoring.support import Support, support_of

Text = dict[str, str]
MOST_ASKED = 5


def support_rows(support: Support) -> list[SupportRow]:
    """Every rule with its match, in the order of the documents."""
    rules = [rule for rule, _match in support.rows]
    lexicon, areas = Lexicon.of(rules), area_names(rule.area for rule in rules)
    titles = {rule.code: rule.title for rule in rules}
    return [
        _row(rule, match, lexicon, areas[rule.area], titles, support)
        for rule, match in support.rows
    ]


def support_block(
    organisation: Organisation, submission: Submission | None = None, today: date | None = None
) -> SupportBlock | None:
    """The rules for enterprises nearest first; None when the catalogue has no rules."""
    rows = support_rows(support_of(organisation, submission, today))
    if not rows:
        return None
    mine = [row for row in rows if row.audience == Policy.Audience.ENTERPRISE]
    here = [row for row in mine if not row.elsewhere]
    near = [row for row in here if row.near]
    asked = [row for row in here if row.state == "needs_person"]
    states = Counter(row.state for row in here)
    return SupportBlock(
        organisation=organisation.pk,
        met=_current_first(row for row in here if row.state == "met"),
        person=_current_first(row for row in asked if row.checked),
        near=_current_first(near),
        uncheckable=_current_first(row for row in asked if not row.checked),
        unknown=states["unknown"],
        unmet=states["not_met"] - len(near),
        elsewhere=len(mine) - len(here),
        others=len(rows) - len(mine),
        all=len(rows),
        asked=_most_asked(here),
    )


def _current_first(rows: Iterable[SupportRow]) -> list[SupportRow]:
    """Rules whose stated period is over, and those another one rules out, come last."""
    return sorted(rows, key=lambda row: (row.lapsed, bool(row.instead)))


def _most_asked(rows: list[SupportRow]) -> list[Missing]:
    """The facts that most undecided rules wait for."""
    waiting = Counter(
        one.fact for row in rows if row.state == "unknown" for one in row.missing if one.fact
    )
    names = {one.fact: one.name for row in rows for one in row.missing}
    return [Missing(names[code], code, count) for code, count in waiting.most_common(MOST_ASKED)]


def _row(
    rule: Policy,
    match: Match,
    lexicon: Lexicon,
    area: Text,
    titles: dict[str, Text],
    support: Support,
) -> SupportRow:
    return SupportRow(
        code=rule.code,
        title=rule.title,
        state=str(match.state),
        near=match.near,
        audience=rule.audience,
        kind=rule.kind,
        area=rule.area,
        area_name=area,
        source=rule.source.title,
        source_code=rule.source.code,
        locator=_locator(rule),
        issuer=rule.issuer,
        payer=rule.payer,
        benefit=rule.benefit.get("text") or {},
        amount=amount_words(rule, lexicon.names),
        caps=cap_words(rule),
        conditions=[part["text"] for part in rule.conditions],
        unmet=[_unmet(one, area, support, lexicon) for one in match.failed],
        missing=[_missing(name, lexicon) for name in (*match.missing, *match.also_missing)],
        person=list(match.person),
        computed=award_words(match.award),
        working=match.award.working if match.award else "",
        capped=capped_words(match),
        local=local_words(match.local),
        statement=match.statement,
        lapsed=match.lapsed,
        instead=titles.get(match.excluded_by, {}),
        group=match.group,
        notes=list(match.notes),
        checked=sum("when" in part for part in rule.conditions),
    )


def _locator(rule: Policy) -> Text:
    return {"zh": rule.locator, "en": rule.locator, **(rule.locator_name or {})}


def _unmet(one: Failed, area: Text, support: Support, lexicon: Lexicon) -> Unmet:
    if not one.place:
        return Unmet(one.text, [need_words(need, lexicon) for need in one.needs])
    code = support.profile.region or ""
    own = area_names([code])[code]
    words = {
        "zh": f"适用地区：{area.get('zh')}；企业所在地：{own.get('zh')}",
        "en": f"Area of the rule: {area.get('en')}; the enterprise is in {own.get('en')}",
    }
    return Unmet(words, place=True)


def _missing(name: str, lexicon: Lexicon) -> Missing:
    return Missing(lexicon.name(name), "" if name.startswith("profile.") else name)
