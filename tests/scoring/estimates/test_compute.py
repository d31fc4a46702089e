"""Estimates of a round's regions: from stored results, beside the published tables."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from scoring.aggregates import refresh
from scoring.estimates import store
from scoring.estimates.compute import compute
from scoring.models import Population, RegionEstimate


@pytest.fixture
def people_of(round_):
    """State how many enterprises there are: ``people_of("330000", C36_small=90)``."""

    def add(region, **cells):
        for name, enterprises in cells.items():
            industry, _, size = name.partition("_")
            Population.objects.create(
                round=round_, region=region, industry=industry, size=size, enterprises=enterprises,
                source="统计年鉴", dated=dt.date(2025, 12, 31), loaded_at=timezone.now(),
            )  # fmt: skip

    return add


@pytest.fixture
def two_sizes(score):
    """10 small ones near 20 points and 5 micro ones near 30."""
    for number in range(10):
        score(19 + number % 3, size="small", level=1, foundation=30)
    for number in range(5):
        score(29 + number % 3, size="micro", level=2, foundation=60)


def estimated(round_, region="330000"):
    refresh(round_)
    return compute(round_, timezone.now())[region]


def test_a_region_s_mean_weighs_what_there_is_and_not_who_answered(two_sizes, round_, people_of):
    """Small: 19 20 21 … mean 19.9; micro: 29 30 31 29 30, mean 29.8. With 100 and 300:

    0.25 · 19.9 + 0.75 · 29.8 = 27.325, where the plain mean of 15 is 23.2.
    """
    people_of("330000", C36_small=100, C36_micro=300)
    found = estimated(round_)
    assert found["measures"]["total"]["value"] == pytest.approx(27.325)
    assert found["population"] == 400
    assert found["respondents"] == 15
    assert [stratum["n"] for stratum in found["strata"]] == [5, 10]


def test_levels_are_shares_of_the_population(two_sizes, score, round_, people_of, settings):
    """Level 2 and above: 5 of 15 small ones, 5 of 5 micro ones: (5/15 · 90 + 30) / 120 = 50 %."""
    settings.ESTIMATE_POINTS = 50.0
    for _ in range(5):
        score(25, size="small", level=3, foundation=60)
    people_of("330000", C36_small=90, C36_micro=30)
    found = estimated(round_)["measures"]
    assert found["level:1"]["value"] == 100
    assert found["level:2"]["value"] == 50
    assert 0 < found["level:2"]["low"] < 50 < found["level:2"]["high"] < 100


def test_who_stands_outside_the_table_is_left_out_and_counted(two_sizes, round_, people_of):
    people_of("330000", C36_small=100)
    found = estimated(round_)
    assert (found["respondents"], found["outside"]) == (10, 5)
    assert found["measures"]["total"]["value"] == pytest.approx(19.9)


def test_classes_the_tables_withhold_are_one_stratum(score, two_sizes, round_, people_of):
    """Two medium ones are too few to show, and the micro ones are hidden for their sake."""
    for _ in range(2):
        score(40, size="medium")
    people_of("330000", C36_small=100, C36_micro=300, C36_medium=50)
    strata = [stratum["cells"] for stratum in estimated(round_)["strata"]]
    assert strata == [[["C36", "medium"], ["C36", "micro"]], [["C36", "small"]]]


def test_too_few_respondents_are_withheld_without_a_number(score, round_, people_of):
    for total in (10, 20, 30):
        score(total, region="330100")
    for _ in range(8):
        score(20, region="330400")
    people_of("330000", C36=500)
    people_of("330100", C36=50)
    refresh(round_)
    found = compute(round_, timezone.now())
    assert found["330100"]["measures"]["total"] == {"kind": "mean", "n": 3, "withheld": "small"}


def test_what_is_too_wide_is_withheld_without_a_number(score, round_, people_of, settings):
    for total in (1, 5, 10, 20, 40, 60):
        score(total)
    people_of("330000", C36=5000)
    assert estimated(round_)["measures"]["total"] == {"kind": "mean", "n": 6, "withheld": "wide"}
    settings.ESTIMATE_PERCENT = 500.0
    assert "value" in compute(round_, timezone.now())["330000"]["measures"]["total"]


def test_more_respondents_than_enterprises_give_no_estimate(two_sizes, round_, people_of):
    people_of("330000", C36=9)
    assert estimated(round_)["measures"]["total"]["withheld"] == "strata"


def test_a_stratum_that_would_give_a_small_city_away_is_not_used(score, round_, people_of):
    """Hangzhou's three are all large; Jiaxing's are small: the strata are the cities' sums."""
    for total in (10, 20, 30):
        score(total, region="330100", size="large")
    for _ in range(2):
        score(25, region="330400", size="large")
    for _ in range(9):
        score(20, region="330400", size="small")
    people_of("330000", C36_large=20, C36_small=200)
    people_of("330400", C36_small=120, C36_large=8)
    refresh(round_)
    found = compute(round_, timezone.now())
    shown = [code for code, data in found.items() if "value" in data["measures"]["total"]]
    assert "330400" not in shown


def test_without_a_population_there_is_no_estimate(two_sizes, round_):
    refresh(round_)
    assert compute(round_, timezone.now()) == {}
    assert store.estimates_of(round_) == {}


def test_estimates_are_kept_and_renewed_when_the_population_changes(
    two_sizes, round_, people_of, django_assert_max_num_queries
):
    people_of("330000", C36_small=100, C36_micro=300)
    refresh(round_)
    first = store.estimates_of(round_)["330000"]
    with django_assert_max_num_queries(4):
        assert store.estimates_of(round_)["330000"].pk == first.pk
    Population.objects.all().update(enterprises=200, loaded_at=timezone.now())
    second = store.estimates_of(round_)["330000"]
    assert second.data["measures"]["total"]["value"] == pytest.approx((19.9 + 29.8) / 2)


def test_an_estimate_is_not_renewed_for_a_few_more(score, two_sizes, round_, people_of):
    people_of("330000", C36_small=100, C36_micro=300)
    refresh(round_)
    first = store.estimates_of(round_)["330000"].data["measures"]["total"]
    for _ in range(4):
        score(25, size="small")
    refresh(round_)
    assert store.estimates_of(round_)["330000"].data["measures"]["total"] == first
    score(25, size="small")
    refresh(round_)
    assert store.estimates_of(round_)["330000"].data["measures"]["total"]["n"] == 20


def test_large_rounds_are_left_to_the_sweep(two_sizes, round_, people_of, monkeypatch):
    people_of("330000", C36_small=100, C36_micro=300)
    refresh(round_)
    monkeypatch.setattr(store, "AT_ONCE", 3)
    assert store.estimates_of(round_) == {}
    assert store.renew_behind() == 1
    assert RegionEstimate.objects.count() == 1
    assert store.renew_behind() == 0
