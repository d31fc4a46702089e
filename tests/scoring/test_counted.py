"""Rounds that count verified submissions only: who stands in their statistics, and since when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from assessment.models import Round
from assessment.verify import verify
from reports.report import build
from scoring import aggregates, analyses
from scoring.aggregates import refresh, rounds_behind
from scoring.benchmarks import standing
from scoring.cells import scored
from scoring.counted import counted
from scoring.dashboard import overview
from scoring.items.reading import coded_round
from scoring.models import Result, RoundAggregate
from scoring.panels.comparable import compare
from scoring.panels.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(round_) -> Round:
    """The round, counting verified submissions only."""
    round_.counts = Round.Counts.VERIFIED
    round_.save()
    return round_


@pytest.fixture
def looked_into(officer, round_):
    """Verify results: ``looked_into(*results)``; ``back=True`` takes it back."""

    def do(*results, back=False):
        keys = [one.submission_id for one in results]
        verify(officer, round_, keys, verified=not back, note="note")

    return do


def total(round_):
    cell = RoundAggregate.objects.get(round=round_, region="330000", industry="", size="")
    return cell.scored, cell.statistics.get("total")


def whole(result):
    return Result.unguarded.get(pk=result.pk)


def test_only_verified_submissions_stand_in_the_tables(score, strict, looked_into):
    trusted = [score(each) for each in (10, 20, 30, 40, 45)]
    score(50)
    refresh(strict)
    assert total(strict) == (0, None)
    looked_into(*trusted)
    refresh(strict)
    n, stats = total(strict)
    assert (n, stats["n"], stats["mean"]) == (5, 5, 29)


def test_in_a_round_of_all_submitted_it_makes_no_difference(score, round_, looked_into):
    results = [score(each) for each in (10, 20, 30, 40, 45)]
    looked_into(results[0])
    refresh(round_)
    assert total(round_)[1]["n"] == 5
    assert counted(round_).count() == 5


def test_fewer_than_the_minimum_verified_since_wait(score, strict, looked_into):
    looked_into(*[score(each) for each in (10, 20, 30, 40, 45)])
    refresh(strict)
    looked_into(*[score(each) for each in (5, 6, 7, 8)])
    refresh(strict)
    assert total(strict)[1]["n"] == 5
    looked_into(score(9))
    refresh(strict)
    assert total(strict)[1]["n"] == 10


def test_taken_back_before_the_publication_it_is_not_counted(score, strict, looked_into):
    results = [score(each) for each in (10, 20, 30, 40, 45, 50)]
    looked_into(*results)
    looked_into(results[-1], back=True)
    refresh(strict)
    assert total(strict)[1]["n"] == 5
    assert whole(results[-1]).published is None


def test_taken_back_later_it_stays_so_that_no_two_dates_tell_it(score, strict, looked_into):
    results = [score(each) for each in (10, 20, 30, 40, 45, 50)]
    looked_into(*results)
    refresh(strict)
    before = total(strict)
    looked_into(results[-1], back=True)
    refresh(strict)
    assert total(strict) == before
    looked_into(*[score(each) for each in (11, 12, 13, 14, 15)])
    refresh(strict)
    assert total(strict)[1]["n"] == 11
    assert counted(strict).count() == 11


def test_a_verification_taken_back_while_tables_are_made_publishes_nothing(
    score, strict, looked_into, monkeypatch
):
    results = [score(each) for each in (10, 20, 30, 40, 45)]
    looked_into(*results)
    publish = aggregates.publish

    def slowly(*given):
        looked_into(results[0], back=True)
        return publish(*given)

    monkeypatch.setattr(aggregates, "publish", slowly)
    assert refresh(strict) == 0
    assert not Result.unguarded.exclude(published=None).exists()


def test_verifying_puts_the_round_behind_and_unverified_results_do_not(score, strict, looked_into):
    results = [score(each) for each in (10, 20, 30, 40, 45)]
    refresh(strict)
    assert strict.pk not in rounds_behind()
    looked_into(*results)
    assert strict.pk in rounds_behind()


def test_committing_a_verification_brings_the_tables_up_to_date(
    score, strict, looked_into, django_capture_on_commit_callbacks
):
    results = [score(each) for each in (10, 20, 30, 40, 45)]
    with django_capture_on_commit_callbacks(execute=True):
        looked_into(*results)
    assert total(strict)[1]["n"] == 5


def test_estimates_panels_and_items_count_what_was_published(score, strict, looked_into):
    results = [score(each, level=1) for each in (10, 20, 30, 40, 45, 50)]
    looked_into(*results[:5])
    ways = aggregates.chains(strict)
    stamp = analyses.stamp_of(strict)
    earlier = timezone.now()
    assert read(strict, ways, scores=True).firms == coded_round(strict)[0] == []
    refresh(strict)
    looked_into(results[5])
    now = timezone.now()
    assert len(read(strict, ways, scores=True).firms) == 5
    assert coded_round(strict)[0] == [one.submission_id for one in results[:5]]
    assert (len(scored(strict, now).keys), len(scored(strict, earlier).keys)) == (5, 0)
    assert analyses.stamp_of(strict) != stamp


def test_the_cohort_says_that_it_is_of_verified_ones(score, strict, looked_into):
    own = score(25)
    looked_into(*[score(each) for each in (10, 20, 30, 40, 45)])
    refresh(strict)
    found = standing(whole(own))
    assert found.percentile == 40  # of the five verified others; its own is not counted
    assert found.cohort.description["en"].endswith("verified only")
    assert "已核实" in found.cohort.description["zh"]


def test_rounds_of_a_year_are_pooled_with_their_like_only(score, strict, looked_into, regions):
    fields = {name: getattr(strict, name) for name in ("instrument_version", "year", "opened_by")}
    days = {"opens_on": strict.opens_on, "closes_on": strict.closes_on}
    elsewhere = Round.unguarded.create(
        title="深圳", region=regions["440300"], names_visible=True, **fields, **days
    )
    own = score(30)
    looked_into(own, score(10), score(40))
    for each in (5, 20, 30, 45):
        score(each, region="440300", round=elsewhere)
    refresh(strict)
    refresh(elsewhere)
    assert standing(whole(own)).cohort is None


def test_comparing_with_a_round_of_all_submitted_says_so(strict):
    fields = {name: getattr(strict, name) for name in ("instrument_version", "region")}
    assert "verified submissions only" in compare(Round(**fields), strict).reason
    assert compare(strict, strict).reason == ""


def test_dashboard_and_report_say_how_many_of_how_many(score, strict, looked_into):
    own = score(25)
    looked_into(*[score(each) for each in (10, 20, 30, 40, 45)])
    refresh(strict)
    said = "Only verified submissions are counted: 5 of 6 submitted."
    assert overview(strict, strict.region).counted["en"] == said
    report = build(whole(own))
    assert (report.counted["en"], report.verified) == (said, {})


def test_a_report_says_when_and_by_which_office_it_was_verified(score, round_, looked_into):
    own = score(25)
    looked_into(own)
    report = build(whole(own))
    assert report.verified["en"] == f"Verified on {timezone.localdate()} by the office of Zhejiang."
    assert "浙江省" in report.verified["zh"]
    assert report.counted == {}


def test_a_late_result_of_a_verified_submission_enters_later(score, strict, looked_into):
    results = [score(each) for each in (10, 20, 30, 40, 45)]
    late = score(50)
    late.scored_at = timezone.now() + timedelta(hours=1)
    late.save()
    looked_into(*results, late)
    refresh(strict)
    assert total(strict)[1]["n"] == 5
