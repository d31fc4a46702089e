"""Which cohort a result is compared with, and where it stands there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.aggregates import refresh
from scoring.benchmarks import standing
from scoring.models import Result

pytestmark = pytest.mark.django_db


def whole(result):
    return Result.unguarded.get(pk=result.pk)


def test_the_narrowest_group_that_is_large_enough_is_taken(score, round_):
    own = score(50)
    for total in (10, 20, 30, 60, 70):
        score(total)
    refresh(round_)
    found = standing(whole(own))
    assert (found.cohort.region, found.cohort.industry, found.cohort.size) == (
        "330400", "C36", "small",
    )  # fmt: skip
    assert found.cohort.reason == {}
    assert found.cohort.n == 6
    assert found.percentile == 60  # three of the five others are below


def test_the_place_widens_before_the_size_and_the_size_before_the_industry(score, round_):
    own = score(50)
    for total in (10, 20, 30, 60, 70):
        score(total, region="330100")
    refresh(round_)
    cohort = standing(whole(own)).cohort
    assert (cohort.region, cohort.industry, cohort.size) == ("330000", "C36", "small")
    assert "嘉兴市" in cohort.reason["zh"]
    assert "5" in cohort.reason["en"]
    assert cohort.description["zh"] == "汽车制造业·小型·浙江省"


def test_a_larger_group_of_another_size_comes_next(score, round_):
    own = score(50)
    for total in (10, 20, 30, 60, 70):
        score(total, size="large")
    refresh(round_)
    assert standing(whole(own)).cohort.size == ""


def test_the_own_enterprise_does_not_make_its_group_large_enough(score, round_):
    own = score(50)
    for total in (10, 20, 30, 60):
        score(total)
    refresh(round_)
    found = standing(whole(own))
    assert found.cohort is None
    assert found.percentile is None
    assert "浙江省" in found.missing["zh"]


def test_ties_count_half_and_the_own_enterprise_not_at_all(score, round_):
    own = score(50)
    for total in (50, 50, 10, 90, 90):
        score(total)
    refresh(round_)
    assert standing(whole(own)).percentile == Decimal(40)


def test_a_result_newer_than_the_aggregates_is_not_taken_out_of_them(score, round_):
    for total in (10, 20, 30, 40, 50):
        score(total)
    refresh(round_)
    own = score(30)
    found = standing(whole(own))
    assert found.cohort.n == 6
    assert found.percentile == 50


def test_before_the_aggregates_are_there_it_says_so(score):
    assert "统计" in standing(whole(score(50))).missing["zh"]


def test_a_result_that_is_not_scored_has_no_standing(score):
    own = score(50)
    Result.unguarded.filter(pk=own.pk).update(state="pending")
    assert standing(whole(own)).missing


def test_a_synthetic_cohort_says_so(score, round_):
    own = score(50)
    others = [score(total) for total in (10, 20, 30, 60, 70)]
    others[0].submission.synthetic = True
    others[0].submission.save()
    refresh(round_)
    assert standing(whole(own)).cohort.synthetic


def test_quartiles_of_nodes_come_in_percent(score, round_):
    own = score(40, foundation=20)
    for points in (4, 8, 12, 16, 20):
        score(40, foundation=points)
    refresh(round_)
    assert standing(whole(own)).nodes["foundation"].median == 35


def test_the_number_of_queries_does_not_grow_with_the_round(score, round_):
    def queries(result):
        result = Result.unguarded.select_related(
            "submission__round__region",
            "submission__organisation__region",
            "submission__organisation__industry",
        ).get(pk=result.pk)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert standing(result).cohort
        return len(caught)

    own = score(50)
    for total in range(10, 70, 10):
        score(total)
    refresh(round_)
    few = queries(own)
    for total in range(10, 70, 2):
        score(total)
    refresh(round_)
    assert queries(own) == few <= 8


def test_nodes_and_indicators_have_a_standing_of_their_own(score, round_):
    own = score(40, foundation=20, values={"cloud-use": True})
    for points in (4, 8, 12, 20, 24):
        score(30, foundation=points, values={"cloud-use": points > 10})
    refresh(round_)
    found = standing(whole(own))
    assert found.percentiles == {"foundation": 70}  # three below, one beside
    assert found.indicator_percentiles == {"cloud-use": 70}


def test_an_indicator_that_too_few_others_gave_is_not_compared(score, round_):
    own = score(40, values={"cloud-use": True})
    for number in range(6):
        score(20 + number, values={"cloud-use": number % 2 == 0} if number < 4 else {})
    refresh(round_)
    found = standing(whole(own))
    assert found.cohort.n == 7
    assert found.indicators == {}  # five gave it, one's own among them


def test_a_class_of_an_industry_is_tried_before_its_division(score, round_, industries):
    from questionnaires.models import Industry

    for code in ("C366", "C367"):
        name = {"zh": code, "en": code}
        Industry.objects.create(code=code, section="C", level="group", name=name)
        industries[code] = Industry.objects.get(code=code)
    own = score(20, industry="C366")
    for total in (10, 15, 25, 30, 35):
        score(total, industry="C366")
    for total in (5, 22, 27, 33, 41):
        score(total, industry="C367")
    refresh(round_)
    assert standing(whole(own)).cohort.industry == "C366"


@pytest.fixture
def elsewhere(round_, regions):
    """A second round of the same questionnaire and year, in Shenzhen."""
    from assessment.models import Round

    fields = {name: getattr(round_, name) for name in ("instrument_version", "year", "opened_by")}
    return Round.unguarded.create(
        title="深圳",
        region=regions["440300"],
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        **fields,
    )


def test_a_small_round_is_ranked_among_all_of_its_year(score, round_, elsewhere):
    own = score(30)
    for total in (10, 40):
        score(total)
    for total in (5, 20, 30, 45):
        score(total, region="440300", round=elsewhere)
    refresh(round_)
    refresh(elsewhere)
    found = standing(whole(own))
    assert (found.cohort.scope, found.cohort.region, found.cohort.n) == ("year", "CN", 7)
    assert float(found.percentile) == pytest.approx(100 * 3.5 / 6)
    assert found.total is None  # a distribution would be one more table to subtract from
    assert "2026" in found.cohort.description["en"]


def test_an_organisation_in_several_rounds_of_a_year_counts_once(score, round_, elsewhere):
    own = score(30)
    again = score(10)
    for total in (5, 20, 30, 45):
        score(total, region="440300", round=elsewhere)
    later = score(50, region="440300", round=elsewhere)
    spare = later.submission.organisation
    later.submission.organisation = again.submission.organisation
    later.submission.save()
    spare.invitations.all().delete()
    refresh(round_)
    refresh(elsewhere)
    found = standing(whole(own))
    assert found.cohort.n == 6  # not seven: the ten of the first round gave way to the fifty
    assert float(found.percentile) == pytest.approx(100 * 2.5 / 5)


def test_rounds_of_another_year_are_not_taken_in(score, round_, elsewhere):
    own = score(30)
    for total in (5, 20, 30, 45, 12):
        score(total, region="440300", round=elsewhere)
    elsewhere.year = 2025
    elsewhere.save()
    refresh(round_)
    refresh(elsewhere)
    assert standing(whole(own)).cohort is None
