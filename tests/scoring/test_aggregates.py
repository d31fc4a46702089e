"""What a round's cells say, and when they are behind."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assessment.models import Invitation, Submission
from scoring import aggregates
from scoring.aggregates import refresh, rounds_behind
from scoring.models import Publication, RoundAggregate
from scoring.numbers import distribution
from scoring.publishing import TOTAL_GRID

pytestmark = pytest.mark.django_db


def test_a_cell_counts_and_describes_its_enterprises(score, cell):
    for total in (10, 20, 30, 40, 50):
        score(total, level=total // 25, foundation=total * 0.8)
    found = cell("330400", "C36", "small")
    assert (found.invited, found.started, found.submitted, found.scored) == (5, 5, 5, 5)
    assert found.statistics["levels"] == {"0": 2, "1": 2, "2": 1}
    total = found.statistics["total"]
    assert {key: total[key] for key in ("n", "mean", "q1", "median", "q3", "p90")} == {
        "n": 5, "mean": 30, "q1": 20, "median": 30, "q3": 40, "p90": None,
    }  # fmt: skip
    # foundation's maximum is 40, so 10 × 0.8 is 20 %
    assert found.statistics["nodes"]["foundation"]["q1"] == 40


def test_every_level_of_region_industry_and_size_has_its_cell(score, cell):
    for _ in range(5):
        score(50)
    for key in [
        ("330000", "", ""),
        ("330400", "", ""),
        ("330000", "C", ""),
        ("330000", "C36", "small"),
    ]:
        assert cell(*key).scored == 5, key


def test_a_small_cell_keeps_its_counts_and_no_statistics(score, cell):
    for _ in range(4):
        score(50)
    found = cell("330400")
    assert found.scored == 4
    assert found.statistics == {"minimum": 5, "synthetic": 0, "withheld": "small"}


def test_a_neighbour_that_would_give_a_small_cell_away_is_withheld_too(score, cell):
    for _ in range(6):
        score(50, region="330100")
    for _ in range(2):
        score(90, region="330400")
    assert cell("330400").statistics["withheld"] == "small"
    assert cell("330100").statistics["withheld"] == "complementary"
    assert "total" in cell("330000").statistics


def test_an_indicator_that_few_answered_is_withheld_where_the_total_is_not(score, cell):
    for number in range(8):
        score(40, values={"cloud-use": True} if number < 3 else {})
    statistics = cell("330400").statistics
    assert statistics["total"]["n"] == 8
    assert statistics["indicators"]["cloud-use"] == {"withheld": "small"}


def test_yes_counts_as_one_and_gives_a_share(score, cell):
    for number in range(10):
        score(50, values={"cloud-use": number < 7})
    assert cell("330400").statistics["indicators"]["cloud-use"]["share"] == 70


def test_a_result_without_a_total_is_counted_but_not_averaged(score, cell):
    for total in (10, 20, 30, 40, 50, None):
        score(total)
    found = cell("330400")
    assert (found.scored, found.statistics["total"]["n"]) == (6, 5)


def test_only_the_invited_and_the_begun_are_counted_without_a_result(organisations, round_, cell):
    for number in range(3):
        Invitation.objects.create(
            round=round_, organisation=organisations(f"test-x{number}", f"企业 {number}")
        )
    begun = organisations("test-begun", "已开始")
    Submission.unguarded.create(round=round_, organisation=begun)
    found = cell("330400")
    assert (found.invited, found.started, found.submitted, found.scored) == (3, 1, 0, 0)


def test_refreshing_twice_gives_the_same_cells(score, round_):
    for total in range(10, 70, 10):
        score(total)

    def cells():
        fields = ("region", "industry", "size", "scored", "statistics")
        return list(RoundAggregate.objects.order_by(*fields[:3]).values(*fields))

    refresh(round_)
    first = cells()
    refresh(round_)
    assert cells() == first


def test_an_older_refresh_never_replaces_a_newer_one(score, round_, monkeypatch):
    score(50)
    refresh(round_)
    newer = RoundAggregate.objects.first().computed_at
    monkeypatch.setattr(aggregates.timezone, "now", lambda: newer - timezone.timedelta(seconds=9))
    assert refresh(round_) == 0
    assert RoundAggregate.objects.first().computed_at == newer


def test_a_new_result_puts_the_round_behind_until_it_is_refreshed(score, round_):
    assert rounds_behind() == []
    score(50)
    assert rounds_behind() == [round_.pk]
    refresh(round_)
    assert rounds_behind() == []
    score(60)
    assert rounds_behind() == [round_.pk]


def test_many_different_totals_become_a_grid_that_keeps_every_rank_to_a_thousandth():
    import numpy as np

    from scoring.benchmarks import rank

    values = np.sort(np.random.default_rng(1).normal(50, 15, 30_000).round(6))
    grid = distribution(values, TOTAL_GRID)
    assert len(grid) == TOTAL_GRID
    for value in values[::997]:
        below, equal = rank(grid, float(value))
        true = (values < value).sum() + (values == value).sum() / 2
        assert abs((below + equal / 2) - true) / len(values) < 0.0015


def published(round_, region="330000"):
    """Number behind the total, and its mean, as last published."""
    cell = RoundAggregate.objects.get(round=round_, region=region, industry="", size="")
    return cell.statistics["total"]["n"], cell.statistics["total"]["mean"]


def test_statistics_wait_for_as_many_new_results_as_the_smallest_group(score, round_):
    for total in (10, 20, 30, 40, 45):
        score(total)
    refresh(round_)
    for total in (15, 25, 35, 44):
        score(total)
    refresh(round_)
    assert published(round_) == (5, 29)
    assert RoundAggregate.objects.get(region="330000", industry="", size="").scored == 9
    score(33)
    refresh(round_)
    assert published(round_)[0] == 10
    assert Publication.objects.filter(round=round_).count() == 2


def test_a_cell_that_too_few_joined_keeps_saying_what_it_said(score, round_):
    for total in (10, 20, 30, 40, 45):
        score(total, region="330100")
        score(total, region="330400")
    refresh(round_)
    for total in (11, 22, 33, 44, 48, 7, 19):
        score(total, region="330100")
    for total in (5, 12):
        score(total, region="330400")
    refresh(round_)
    assert published(round_, "330400") == (5, 29)
    assert RoundAggregate.objects.get(region="330400", industry="", size="").scored == 7


def test_a_refresh_without_new_results_leaves_statistics_alone(score, round_, monkeypatch):
    for total in (10, 20, 30, 40, 45):
        score(total)
    refresh(round_)
    monkeypatch.setattr(aggregates, "publish", None)
    refresh(round_)
    assert published(round_) == (5, 29)


def test_results_scored_again_show_at_once(score, round_):
    results = [score(total) for total in (10, 20, 30, 40, 45)]
    refresh(round_)
    for result in results:
        result.total, result.scored_at = result.total / 2, timezone.now()
        result.save()
    refresh(round_)
    assert published(round_) == (5, 14.5)


def test_results_that_wait_put_the_round_behind_after_a_day(score, round_, monkeypatch):
    for number in range(60):
        score(10 + number / 2)
    refresh(round_)
    for number in range(5):
        score(20 + number)
    refresh(round_)
    assert published(round_)[0] == 60  # a twelfth more: not yet
    assert rounds_behind() == []
    later = timezone.now() + timezone.timedelta(days=1)
    monkeypatch.setattr(aggregates.timezone, "now", lambda: later)
    assert rounds_behind() == [round_.pk]
    refresh(round_)
    assert published(round_)[0] == 65


def test_levels_that_all_but_one_reached_are_withheld(score, cell):
    for number in range(8):
        score(20 + number, level=1 if number else 2)
    assert "withheld" in cell("330400").statistics["levels"]
    assert "n" in cell("330400").statistics["total"]


def test_a_yes_of_everybody_is_withheld(score, cell):
    for number in range(8):
        score(20 + number, values={"cloud-use": True})
    assert "withheld" in cell("330400").statistics["indicators"]["cloud-use"]
