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
