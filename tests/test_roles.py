"""Who may do what: one row an action, one column a role, the status each meets.

Read a row as: this request, by a visitor, an outsider (owner of another enterprise), a viewer, an
editor and the owner of the enterprise, its consultant, the officer of its province, the operator.
Every address of the site stands here; one without a row fails the last test.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

ROLES = (
    "visitor", "outsider", "viewer", "colleague", "enterprise", "consultant", "officer", "operator",
)  # fmt: skip

# Method and address (names in braces are keys of ``things``), what is sent, status by role.
# Sent as a form, or as JSON where the text begins with "json".
TABLE = [
    ("GET /", "", "200 200 200 200 200 200 200 200"),
    ("GET /csrf-token/", "", "204 204 204 204 204 204 204 204"),
    ("GET /catalogue/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/sources/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/sources/{source}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/indicators/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/indicators/{indicator}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/figures/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/figures/{figure}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/instruments/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/instruments/{instrument}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/instruments/{instrument}/changes/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/instruments/{instrument}/form.pdf", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/search/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/glossary/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/policies/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/policies/{policy}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/advice/", "", "200 200 200 200 200 200 200 200"),
    ("GET /catalogue/regions/", "", "200 200 200 200 200 200 200 200"),
    ("GET /organisations/", "", "302 200 200 200 200 200 200 200"),
    ("GET /organisations/new/", "", "302 200 200 200 200 200 200 200"),
    ("GET /organisations/{org}/", "", "302 404 200 200 200 200 200 200"),
    ("GET /organisations/{org}/edit/", "", "302 404 403 200 200 403 403 403"),
    ("GET /organisations/{org}/facts/", "", "302 404 200 200 200 200 404 200"),
    ("POST /organisations/{org}/facts/{indicator}/", 'json {"fields": {"an-indicator": ["yes"]}, "version": 0}', "302 404 403 200 200 403 404 403"),
    ("GET /organisations/{org}/support/", "", "302 404 200 200 200 200 404 200"),
    ("GET /organisations/{org}/people/", "", "302 404 200 200 200 404 404 200"),
    ("POST /organisations/{org}/people/", '{"email": "nobody@example.cn", "role": "viewer"}', "302 404 403 403 200 404 404 403"),
    ("POST /organisations/{org}/people/{member}/", '{"action": "remove"}', "302 404 403 403 302 404 404 403"),
    ("GET /organisations/{org}/consultants/", "", "302 404 200 200 200 404 404 200"),
    ("POST /organisations/{org}/consultants/{grant}/revoke/", "", "302 404 403 403 302 404 404 403"),
    ("GET /indices/", "", "200 200 200 200 200 200 200 200"),
    ("GET /indices/new/", "", "302 403 403 403 403 403 200 200"),
    ("GET /indices/template.csv", "", "302 403 403 403 403 403 200 200"),
    ("GET /indices/{index}/", "", "404 404 404 404 404 404 200 200"),
    ("GET /indices/{index}/method/", "", "404 404 404 404 404 404 200 200"),
    ("GET /indices/{index}/scores/", "", "404 404 404 404 404 404 200 200"),
    ("POST /indices/{index}/publish/", "", "302 404 404 404 404 404 302 302"),
    ("GET /api/v1/indices/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/indices/{index}/", "", "404 404 404 404 404 404 200 200"),
    ("GET /rounds/", "", "302 200 200 200 200 200 200 200"),
    ("GET /rounds/new/", "", "302 403 403 403 403 403 200 200"),
    ("GET /rounds/{round}/", "", "302 404 200 200 200 200 200 200"),
    ("GET /rounds/{round}/edit/", "", "302 404 403 403 403 403 302 302"),
    ("GET /rounds/{round}/weights/", "", "302 404 403 403 403 403 302 302"),
    ("GET /rounds/{round}/invite/", "", "302 404 403 403 403 403 200 200"),
    ("POST /rounds/{round_before}/verify/", '{"submission": "{done}", "verified": "yes"}', "302 404 403 403 403 404 200 200"),
    ("POST /rounds/{round}/start/", '{"organisation": "{org}"}', "302 404 404 302 302 404 404 404"),
    ("GET /submissions/{draft}/", "", "302 404 200 200 200 200 404 200"),
    ("GET /submissions/{draft}/continue/", "", "302 404 302 302 302 302 404 302"),
    ("GET /submissions/{draft}/sections/basics/", "", "302 404 200 200 200 200 404 200"),
    ("POST /submissions/{draft}/answers/Q3/", 'json {"value": 7, "version": 0}', "302 404 403 200 200 403 404 403"),
    ("POST /submissions/{draft}/answers/Q9/files/", "", "302 404 422 422 422 422 404 422"),
    ("GET /submissions/{draft}/check/", "", "302 404 200 200 200 200 404 200"),
    ("POST /submissions/{draft}/submit/", '{"pledge_name": "陈海"}', "302 404 403 302 302 403 404 403"),
    ("GET /submissions/{done}/receipt/", "", "302 404 200 200 200 200 200 200"),
    ("POST /submissions/{done}/answers/Q3/", 'json {"value": 7, "version": 1}', "302 404 403 409 409 403 403 403"),
    ("GET /evidence/{evidence}/", "", "302 404 200 200 200 200 404 200"),
    ("POST /evidence/{evidence}/remove/", "", "302 404 403 302 302 403 404 403"),
    ("GET /results/{done}/", "", "302 404 200 200 200 200 200 200"),
    ("GET /results/{done}/progress/", "", "302 404 302 302 302 302 302 302"),
    ("GET /results/{done}/crosswalk/", "", "302 404 200 200 200 200 200 200"),
    ("GET /results/{done}/report.pdf", "", "302 404 200 200 200 200 200 200"),
    ("GET /rounds/{round}/dashboard/", "", "302 404 403 403 403 403 200 200"),
    ("GET /rounds/{round}/items/", "", "302 404 403 403 403 403 200 200"),
    ("GET /rounds/{round}/checks/", "", "302 404 403 403 403 403 200 200"),
    ("GET /rounds/{round_before}/checks/{flag}/", "", "302 404 403 403 403 404 200 200"),
    ("POST /rounds/{round_before}/checks/{flag}/", '{"state": "asked", "note": "已核实"}', "302 404 403 403 403 404 302 302"),
    ("GET /rounds/{round}/estimates/", "", "302 404 403 403 403 403 200 200"),
    ("GET /rounds/{round}/compare/", "", "302 404 403 403 403 403 200 200"),
    ("GET /rounds/{round}/population/", "", "302 404 403 403 403 403 200 200"),
    ("POST /rounds/{round}/population/", '{"action": "load", "text": "region"}', "302 404 403 403 403 403 422 422"),
    ("GET /rounds/{round}/population/template.csv", "", "302 404 403 403 403 403 200 200"),
    ("GET /targets/", "", "200 200 200 200 200 200 200 200"),
    ("GET /targets/{indicator}/CN/", "", "200 200 200 200 200 200 200 200"),
    ("GET /clients/", "", "302 200 200 200 200 200 200 200"),
    ("POST /api/v1/token/", '{"username": "x@example.cn", "password": "x"}', "400 400 400 400 400 400 400 400"),
    ("GET /api/v1/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/sources/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/sources/{source}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/indicators/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/indicators/{indicator}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/figures/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/figures/{figure}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/instruments/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/instruments/{instrument}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/policies/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/policies/{policy}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/advice/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/advice/{advice}/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/regional-table/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/regions/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/regions/330000/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/industries/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/industries/C36/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/organisations/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/organisations/{org}/", "", "401 404 200 200 200 200 200 200"),
    ("PATCH /api/v1/organisations/{org}/", 'json {"employees": 130}', "401 404 403 200 200 403 403 403"),
    ("GET /api/v1/facts/{org}/", "", "401 404 200 200 200 200 404 200"),
    ("PUT /api/v1/facts/{org}/{indicator}/", 'json {"value": true, "version": 0}', "401 404 403 200 200 403 404 403"),
    ("GET /api/v1/support/{org}/", "", "401 404 200 200 200 200 404 200"),
    ("GET /api/v1/members/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/members/{member}/", "", "401 404 200 200 200 404 404 404"),
    ("DELETE /api/v1/members/{member}/", "", "401 404 403 403 204 404 404 404"),
    ("GET /api/v1/grants/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/grants/{grant}/", "", "401 404 200 200 200 200 404 404"),
    ("DELETE /api/v1/grants/{grant}/", "", "401 404 403 403 204 403 404 404"),
    ("GET /api/v1/rounds/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/rounds/{round}/", "", "401 404 200 200 200 200 200 200"),
    ("PATCH /api/v1/rounds/{round}/", 'json {"title": "新标题"}', "401 404 404 404 404 404 409 409"),
    ("GET /api/v1/invitations/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/invitations/{invitation}/", "", "401 404 200 200 200 404 200 200"),
    ("GET /api/v1/submissions/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/submissions/{draft}/", "", "401 404 200 200 200 200 404 200"),
    ("GET /api/v1/submissions/{draft}/answers/", "", "401 404 200 200 200 200 404 200"),
    ("GET /api/v1/submissions/{draft}/answers/Q3/", "", "401 404 200 200 200 200 404 200"),
    ("PUT /api/v1/submissions/{draft}/answers/Q3/", 'json {"value": 7, "version": 0}', "401 404 403 200 200 403 404 403"),
    ("POST /api/v1/submissions/{draft}/submit/", 'json {"pledge_name": "陈海"}', "401 404 403 200 200 403 404 403"),
    ("POST /api/v1/submissions/{done}/verify/", 'json {"verified": true, "note": "已看设备台账"}', "401 404 403 403 403 403 200 200"),
    ("GET /api/v1/results/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/results/{done}/", "", "401 404 200 200 200 200 200 200"),
    ("GET /api/v1/results/{done}/benchmark/", "", "401 404 200 200 200 200 200 200"),
    ("GET /api/v1/results/{done}/next-steps/", "", "401 404 200 200 200 200 200 200"),
    ("GET /api/v1/results/{done}/state/", "", "401 404 200 200 200 200 200 200"),
    ("GET /api/v1/reports/{done}/", "", "401 404 200 200 200 200 200 200"),
    ("GET /api/v1/reports/{done}/pdf/", "", "401 404 200 200 200 200 200 200"),
    ("GET /api/v1/targets/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/targets/{indicator}/CN/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/v1/dashboards/{round}/", "", "401 404 403 403 403 403 200 200"),
    ("GET /api/v1/items/{round}/", "", "401 404 404 404 404 404 200 200"),
    ("GET /api/v1/flags/", "", "401 200 200 200 200 200 200 200"),
    ("GET /api/v1/flags/{flag}/", "", "401 404 404 404 404 404 200 200"),
    ("POST /api/v1/flags/{flag}/decide/", 'json {"state": "asked", "note": "已核实"}', "401 404 404 404 404 404 200 200"),
    ("GET /api/v1/estimates/{round}/", "", "401 404 403 403 403 403 200 200"),
    ("GET /api/v1/panels/{round}/", "", "401 404 403 403 403 403 200 200"),
    ("GET /api/schema/", "", "200 200 200 200 200 200 200 200"),
    ("GET /api/docs/", "", "200 200 200 200 200 200 200 200"),
]  # fmt: skip
# allauth's and Django's own addresses, tested there.
NOT_OURS = re.compile(r"^(accounts|i18n|admin|static|__)")


@pytest.fixture
def instrument_version(publish):
    """The small instrument with a question for files."""
    path = Path(__file__).parent / "instruments" / "small.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    files = {"code": "Q9", "kind": "evidence", "text": "材料", "required": False}
    document["sections"][1]["questions"].append(files)
    return publish(document)


@pytest.fixture
def things(cast, round_, submission, organisation, instrument_version, officer, enterprise):
    """What the addresses of the table are about."""
    from assessment.models import ConsultantGrant, Evidence, Membership, Round, Submission
    from questionnaires.models import Advice, Figure, Indicator, Policy, Source
    from scoring.jobs import enqueue, run
    from scoring.models import Flag

    source = Source.objects.create(code="a-source", title={"zh": "来源"})
    indicator = Indicator.objects.create(
        code="an-indicator", concept="a", name={"zh": "指标"}, level="both", source=source
    )
    figure = Figure.objects.create(
        code="a-figure", indicator=indicator, area="CN", period="2020", year=2020, value=1,
        kind="target", source=source, locator="表 1", status="official",
    )  # fmt: skip
    policy = Policy.objects.create(
        code="a-policy", title={"zh": "规则"}, source=source, locator="第一条", area="CN",
        audience="enterprise", kind="grant", valid_from="2024", inputs=["an-indicator"],
        conditions=[{"text": {"zh": "条件"}, "when": '"an-indicator" = 1'}],
    )  # fmt: skip
    advice = Advice.objects.create(
        code="an-advice", title={"zh": "建议"}, source=source, locator="第一条",
        audience="enterprise", nature="case",
    )  # fmt: skip
    earlier = Round.unguarded.create(
        title="2025 年", region=round_.region, instrument_version=instrument_version, year=2025,
        opens_on=round_.opens_on, closes_on=round_.closes_on, names_visible=True, opened_by=officer,
    )  # fmt: skip
    done = Submission.unguarded.create(
        round=earlier, organisation=organisation, state="submitted", receipt="SH-1",
        submitted_at=submission.started_at, submitted_by=enterprise, pledge_name="陈海",
        profile={"region": "330400", "industry": "C36", "size": "small", "year": 2025},
        answers_json={"Q1": ["B"], "Q2": 35, "S1": 1},
    )  # fmt: skip
    run(enqueue(done))
    flag = Flag.unguarded.create(
        submission=done, kind="pace", reason="fast", facts={"seconds": 1.0, "bound": 2.0},
        evidence={"questions": []}, found_at=done.submitted_at, changed_at=done.submitted_at,
    )  # fmt: skip
    evidence = Evidence.objects.create(
        submission=submission, question="Q9", file=ContentFile(b"%PDF-1.4", "a.pdf"), name="a.pdf",
        media_type="application/pdf", size=8, sha256="0" * 64, added_by=enterprise,
    )  # fmt: skip
    index = an_index(round_.region, officer)
    return {
        "org": organisation.pk,
        "member": Membership.objects.get(user=cast["viewer"]).pk,
        "grant": ConsultantGrant.objects.get().pk,
        "round": round_.pk,
        "index": index.pk,
        "round_before": earlier.pk,
        "flag": flag.pk,
        "invitation": round_.invitations.get().pk,
        "draft": submission.pk,
        "done": done.pk,
        "evidence": evidence.pk,
        "source": source.code,
        "indicator": indicator.code,
        "figure": figure.code,
        "policy": policy.code,
        "advice": advice.code,
        "instrument": instrument_version.instrument.code,
    }


def an_index(region, officer):
    """A computed index of a questionnaire that is all numbers."""
    from questionnaires.instruments import canonical, validate
    from questionnaires.models import Instrument, InstrumentVersion
    from scoring.regional.choices import Choices
    from scoring.regional.making import Wanted, compute, make
    from tests.scoring.regional.test_run import DOCUMENT

    version = InstrumentVersion.objects.create(
        instrument=Instrument.objects.create(code="tiny-region", title=DOCUMENT["title"]),
        version="1", status="own", title=DOCUMENT["title"], definition=canonical(validate(DOCUMENT)[0]),
        sha256="0" * 64,
    )  # fmt: skip
    data = "region,year,i-a,i-b,i-c\n330100,2024,20,120,40\n330400,2024,30,90,20\n"
    index = make(Wanted("两市", version, region, "年鉴", data, Choices(replications=0)), officer)
    compute(index.pk)
    return index


def fill(text: str, things: dict) -> str:
    for name, value in things.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def ask(user, method: str, address: str, sent: str, things: dict) -> int:
    """The status of one request, whose effects are undone."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    as_json, text = sent.startswith("json"), fill(sent.removeprefix("json"), things)
    data = json.loads(text) if text.strip() else {}
    body = {"data": data}
    if as_json or method not in {"GET", "POST"}:
        body = {"data": json.dumps(data), "content_type": "application/json"}
    cache.clear()  # rate limits are not the matter here
    with transaction.atomic():
        status = getattr(client, method.lower())(fill(address, things), **body).status_code
        transaction.set_rollback(True)
    return status


# Groups of addresses, so that the table is worked off side by side.
GROUPS = {
    "API": re.compile(r"/api/"),
    "catalogue": re.compile(r"/catalogue/"),
    "submissions and results": re.compile(r"/(submissions|evidence|results)/"),
    "the rest": re.compile(r"/"),
}


def group_of(action: str) -> str:
    return next(name for name, pattern in GROUPS.items() if pattern.search(action))


@pytest.mark.parametrize("group", GROUPS)
def test_everybody_may_do_what_the_table_says_and_no_more(group, cast, things):
    wrong = []
    for action, sent, expected in TABLE:
        if group_of(action) != group:
            continue
        method, address = action.split(" ")
        for role, status in zip(ROLES, expected.split(), strict=True):
            met = ask(cast[role], method, address, sent, things)
            if met != int(status):
                wrong.append(f"{action}: {role} met {met}, not {status}")
    assert not wrong, "\n".join(wrong)


def addresses(resolver, before: str = ""):
    """Every address of the site as a pattern of the table: parameters become ``*``."""
    for pattern in resolver.url_patterns:
        text = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield re.sub(r"<[^>]+>|\(\?P.*?\)(?=/|$)", "*", text.rstrip("$").removesuffix("/?"))
        elif not NOT_OURS.match(text):
            yield from addresses(pattern, text)


def test_every_address_of_the_site_stands_in_the_table():
    known = {re.sub(r"\{\w+\}", "*", action.split(" /")[1]) for action, _, _ in TABLE}
    patterns = {
        re.compile(re.escape(a).replace(r"\*", r"[^/]+") + "/?$"): a
        for a in addresses(get_resolver())
    }
    missing = [
        address
        for pattern, address in patterns.items()
        if not NOT_OURS.match(address) and not any(pattern.match(one) for one in known)
    ]
    assert not missing, missing
