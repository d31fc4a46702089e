"""Flags are kept: found once, recomputed without loss of what was decided, shown to few."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.errors import Refused
from assessment.models import Answer, AuditEvent, Jurisdiction
from scoring.integrity import keeping, words
from scoring.integrity.deciding import decide
from scoring.models import FillTime, Flag, Result, RoundAnalysis


@pytest.fixture
def flags(answered, round_):
    keeping.refresh(round_)
    return Flag.objects.unscoped("a test looks at all")


def of(flags, kind):
    return flags.filter(kind=kind)


def test_fakes_in_the_database_are_found_as_in_memory(flags, answered):
    for kind in ("contradiction", "counts", "move", "twin"):
        fakes = {submission.pk for firm, submission in answered if firm.fake == kind}
        found = set(of(flags, kind).values_list("submission", flat=True))
        assert len(fakes & found) >= 0.8 * len(fakes), kind


def test_evidence_names_the_earlier_submission_and_the_twins(flags, answered, before):
    moved = of(flags, "move").first()
    earlier = before.submissions.model.unguarded.get(pk=moved.evidence["before"])
    assert earlier.round == before
    assert earlier.organisation_id == moved.submission.organisation_id
    twin = of(flags, "twin").first()
    assert twin.facts["hand"] == "person"
    assert twin.evidence["others"]


def test_rounds_that_name_nobody_are_not_compared_with(answered, before, round_):
    """A flag would tell the officer what a firm said where it was promised not to be named."""
    before.names_visible = False
    before.save()
    analysis = keeping.refresh(round_)
    assert not Flag.unguarded.filter(kind="move").exists()
    assert analysis.content["move"] == len(answered)


def test_every_reason_has_words_that_name_its_facts(flags):
    for flag in flags:
        text = words.reason(flag)
        assert text
        assert "%(" not in text
        assert text != flag.get_kind_display()


def test_finding_again_changes_nothing(flags, round_):
    first = list(flags.order_by("pk").values())
    keeping.refresh(round_)
    assert list(flags.order_by("pk").values()) == first


def test_what_was_decided_survives_and_undecided_flags_go_with_their_cause(flags, round_, officer):
    decided, left = of(flags, "contradiction").order_by("pk")[:2]
    decide(officer, decided.pk, "set_aside", "企业说明属实")
    for flag in (decided, left):
        submission = flag.submission
        submission.answers_coded = ""
        submission.answers_json = {}
        submission.save()
    keeping.refresh(round_)
    decided.refresh_from_db()
    assert (decided.state, decided.holds) == ("set_aside", False)
    assert decided.decisions.get().note == "企业说明属实"
    assert not flags.filter(pk=left.pk).exists()


def test_evidence_that_changes_after_a_decision_says_so(flags, round_, officer):
    flag = of(flags, "twin").first()
    decide(officer, flag.pk, "set_aside", "同一集团")
    flag.refresh_from_db()
    assert not flag.has_changed
    Flag.unguarded.filter(pk=flag.pk).update(evidence={"questions": [], "others": []})
    keeping.refresh(round_)
    flag.refresh_from_db()
    assert flag.has_changed
    assert flag.state == "set_aside"


def test_scores_do_not_change(flags, round_, answered):
    rows = Result.objects.unscoped("a test").filter(submission__round=round_)
    before = list(rows.order_by("pk").values_list("total", "level"))
    keeping.refresh(round_)
    assert list(rows.order_by("pk").values_list("total", "level")) == before


def test_a_decision_leaves_a_trail_of_who_when_and_why(flags, officer):
    flag = flags.first()
    decide(officer, flag.pk, "asked", "已电话核实")
    decide(officer, flag.pk, "set_aside", "数据已更正")
    notes = [(one.state, one.note, one.by) for one in flag.decisions.all()]
    assert notes == [("set_aside", "数据已更正", officer), ("asked", "已电话核实", officer)]
    verbs = AuditEvent.objects.filter(target_kind="flag").values_list("verb", "actor")
    assert list(verbs) == [("flag.set_aside", officer.pk), ("flag.asked", officer.pk)]


@pytest.mark.parametrize(
    ("state", "note"), [("guilty", "x"), ("asked", "  "), ("asked", "长" * 2001)]
)
def test_a_decision_needs_a_known_state_and_a_note(flags, officer, state, note):
    with pytest.raises(Refused):
        decide(officer, flags.first().pk, state, note)
    assert not AuditEvent.objects.filter(target_kind="flag").exists()


def test_only_officers_of_named_rounds_see_flags(flags, round_, officer, operator, people, regions):
    elsewhere = people("guangdong@example.cn")
    Jurisdiction.objects.create(officer=elsewhere, region=regions["440000"])
    submitter = flags.first().submission.submitted_by
    assert Flag.objects.visible_to(officer).count() == flags.count() > 0
    assert Flag.objects.visible_to(operator).count() == flags.count()
    for person in (elsewhere, submitter):
        assert not Flag.objects.visible_to(person).count()
    round_.names_visible = False
    round_.save()
    assert not Flag.objects.visible_to(officer).count()
    with pytest.raises(Flag.DoesNotExist):
        decide(officer, flags.first().pk, "asked", "x")


def fill_in(submission, seconds, **fields):
    start = timezone.now()
    codes = list(submission.answers_json)
    Answer.objects.bulk_create(
        Answer(
            submission=submission, question=code, value=1, saved_by=submission.submitted_by,
            saved_at=start + dt.timedelta(seconds=seconds * place), **{"device": "page", **fields},
        )
        for place, code in enumerate(codes)
    )  # fmt: skip


def test_pace_is_judged_of_answers_given_on_the_page_only(answered, round_):
    quick, sent, taken, slow = (submission for _, submission in answered[:4])
    fill_in(quick, 1)
    fill_in(sent, 1, device="")
    fill_in(taken, 1, prefilled_from=quick)
    fill_in(slow, 20)
    analysis = keeping.refresh(round_)
    assert list(Flag.unguarded.filter(kind="pace").values_list("submission", flat=True)) == [
        quick.pk
    ]
    assert FillTime.objects.get(submission=slow).seconds == 20
    assert FillTime.objects.get(submission=sent).seconds is None
    assert analysis.content["pace"] == len(answered) - 2


def test_a_page_finds_the_kept_flags_until_further_results_arrive(answered, round_):
    first = keeping.current(round_)
    with CaptureQueriesContext(connection) as found:
        assert keeping.current(round_) == first
    assert len(found) == 2  # the stored analysis, the latest results
    Result.unguarded.filter(submission=answered[0][1]).update(scored_at=timezone.now())
    assert keeping.current(round_).computed_at > first.computed_at


def test_a_large_round_is_left_to_the_background(answered, round_, monkeypatch, settings):
    settings.TASK_RUNNER = "thread"
    asked = []
    monkeypatch.setattr("scoring.analyses.AT_ONCE", 3)
    monkeypatch.setattr("scoring.runners.refresh_soon", asked.append)
    assert keeping.current(round_) is None
    assert asked == [round_.pk]


def test_the_background_brings_both_analyses_up_to_date(answered, round_, settings):
    from scoring import runners

    settings.TASK_RUNNER = "thread"
    runners.refresh_now(round_.pk)
    kinds = RoundAnalysis.objects.filter(round=round_).values_list("kind", flat=True)
    assert sorted(kinds) == ["integrity", "items"]


def test_a_round_without_answers_has_no_flags(round_):
    assert keeping.refresh(round_).content["n"] == 0
