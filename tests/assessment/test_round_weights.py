"""An assessor chooses the weights of a round; every result says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.errors import Refused
from assessment.models import AuditEvent, Round, Submission
from assessment.open_round import change_round
from assessment.weigh_round import weigh_round
from questionnaires.instruments import validate
from questionnaires.instruments.canon import canonical
from questionnaires.instruments.weighting import sha256_of
from questionnaires.models import Instrument, InstrumentVersion
from reports.report import build
from scoring import jobs, rescoring
from scoring.models import Result

pytestmark = pytest.mark.django_db
CHOSEN = {"total": {"a": "3", "b": "1"}}
FORM = {"total.a": "3", "total.b": "1", "reason": "A counts more here."}


def edition(code: str, **extra) -> InstrumentVersion:
    questions = [
        {"code": one, "kind": "number", "text": f"Question {one}", "min": 0, "max": 10,
         "points": {"linear": {"worst": 0, "best": 10, "points": 10}}}
        for one in "ab"
    ]  # fmt: skip
    definition, problems = validate(
        {
            "format": "shuheng.instrument/1", "code": code, "version": "1", "status": "own",
            "title": "Weighed", "notice": {"zh": "自定。", "en": "Own."},
            "sections": [{"code": "s", "title": "S", "questions": questions}],
            "tree": {"code": "total", "title": "Total", "aggregate": "weighted_mean",
                     "children": [{"question": "a"}, {"question": "b"}]},
            **extra,
        }
    )  # fmt: skip
    assert definition is not None, problems
    return InstrumentVersion.objects.create(
        instrument=Instrument.objects.create(code=code, title={"zh": code}),
        version="1", status="own", title={"zh": code}, notice={"zh": "自定。", "en": "Own."},
        definition=canonical(definition), sha256=definition.sha256,
    )  # fmt: skip


@pytest.fixture
def weighed(round_) -> Round:
    """The round, of a questionnaire that leaves its weights to the assessor."""
    round_.instrument_version = edition("weighed", weights="assessor")
    round_.save()
    return round_


@pytest.fixture
def page(client, officer, weighed):
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    return reverse("assessment:round-weights", args=[weighed.pk])


@pytest.fixture
def handed_in(weighed, submission):
    submission.state, submission.submitted_at = "submitted", timezone.now()
    submission.receipt, submission.answers_json = "R-1", {"a": 10, "b": 0}
    submission.profile = {"region": "330400", "industry": "C36", "size": "small", "year": 2026}
    submission.save()
    return submission


def stored(weighed) -> Round:
    return Round.unguarded.get(pk=weighed.pk)


def test_the_page_stores_the_weights_with_who_when_and_why(client, page, weighed, officer):
    assert client.post(page, FORM).status_code == 302
    found = stored(weighed)
    assert found.weights == CHOSEN
    assert (found.weights_by, found.weights_reason) == (officer, "A counts more here.")
    assert found.weights_at is not None
    event = AuditEvent.objects.filter(verb="round.weighted").get()
    assert event.data == {"before": "", "after": sha256_of(CHOSEN)}


def test_the_round_shows_shares_chooser_reason_and_hash(client, page, weighed):
    client.post(page, FORM)
    html = client.get(reverse("assessment:round-detail", args=[weighed.pk])).content.decode()
    for part in ("75.0%", "25.0%", "A counts more here.", sha256_of(CHOSEN)):
        assert part in html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"total.a": "-1"}, "below 0"),
        ({"total.a": ""}, "is no number"),
        ({"total.a": "<b>"}, "is no number"),
        ({"total.a": "0", "total.b": "0"}, "all weights are 0"),
        ({"reason": "  "}, "Say why"),
        ({"reason": "x" * 1001}, "Say why"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, page, weighed, change, said):
    html = client.post(page, {**FORM, **change}).content.decode()
    assert said in html
    assert 'role="alert"' in html
    assert "<b>" not in html
    assert stored(weighed).weights == {}
    if "total.a" in change:
        assert "A counts more here." in html


def test_the_questionnaire_s_own_weights_come_back(client, page, weighed):
    client.post(page, FORM)
    client.post(page, {"own": "1", "reason": "Back to equal."})
    assert (stored(weighed).weights, stored(weighed).weights_reason) == ({}, "Back to equal.")


def test_after_the_first_draft_nobody_changes_them(client, page, weighed, submission):
    assert client.post(page, FORM).url == reverse("assessment:round-detail", args=[weighed.pk])
    with pytest.raises(Refused, match="begun"):
        weigh_round(weighed.opened_by, weighed, CHOSEN, "late")
    assert stored(weighed).weights == {}


def test_a_questionnaire_that_fixes_its_weights_is_left_alone(client, officer, round_):
    round_.instrument_version = edition("fixed")
    round_.save()
    client.force_login(officer)
    assert (
        client.post(reverse("assessment:round-weights", args=[round_.pk]), FORM).status_code == 302
    )
    with pytest.raises(Refused, match="fixes"):
        weigh_round(officer, round_, CHOSEN, "no")


def test_who_does_not_run_the_round_cannot_weigh_it(weighed, outsider, enterprise):
    for person in (outsider, enterprise):
        with pytest.raises(Refused, match="region"):
            weigh_round(person, weighed, CHOSEN, "mine")


def test_another_questionnaire_drops_the_weights_chosen_for_the_first(weighed, officer):
    weighed.opens_on = timezone.localdate() + dt.timedelta(days=1)
    weighed.save()
    coming = weigh_round(officer, weighed, CHOSEN, "mine")
    values = {
        name: getattr(coming, name)
        for name in ("title", "region", "year", "opens_on", "closes_on", "names_visible")
    }
    change_round(officer, coming, **values, instrument_version=edition("other"))
    assert (stored(weighed).weights, stored(weighed).weights_by) == ({}, None)


def test_results_of_the_round_carry_the_weights(weighed, handed_in):
    Round.unguarded.filter(pk=weighed.pk).update(weights=CHOSEN)
    result = Result.unguarded.create(submission=Submission.unguarded.get(pk=handed_in.pk))
    assert jobs.run(result.pk)
    result = Result.unguarded.get(pk=result.pk)
    assert result.total == 75
    assert result.payload["weights"] == {"sha256": sha256_of(CHOSEN), "values": CHOSEN}
    assert result.instrument_sha256 == weighed.instrument_version.sha256


def test_scoring_a_round_again_takes_its_weights(weighed, handed_in):
    result = Result.unguarded.create(submission=handed_in)
    jobs.run(result.pk)
    assert Result.unguarded.get(pk=result.pk).total == 50
    Round.unguarded.filter(pk=weighed.pk).update(weights=CHOSEN)
    rescoring.rescore(weighed, here=True)
    assert Result.unguarded.get(pk=result.pk).total == 75


def test_the_report_says_whose_weights_they_are(weighed, handed_in, officer):
    now = timezone.now()
    Round.unguarded.filter(pk=weighed.pk).update(
        weights=CHOSEN, weights_by=officer, weights_at=now, weights_reason="Because."
    )
    result = Result.unguarded.create(submission=Submission.unguarded.get(pk=handed_in.pk))
    jobs.run(result.pk)
    result = Result.unguarded.select_related("submission__round").get(pk=result.pk)
    report = build(result)
    assert report.notice["en"].startswith("Own. Weights chosen by the assessor of this round")
    assert "Because." in report.notice["zh"]
    assert sum((part.contribution or Decimal(0)) for part in report.trace) == 75
