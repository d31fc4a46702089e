"""Two rounds of the same enterprises, from stored results."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from scoring.aggregates import refresh
from scoring.models import PanelRegion
from scoring.panels import store
from scoring.panels.comparable import compare
from scoring.panels.compute import compute


@pytest.fixture
def earlier(round_, instrument_version, officer):
    """The same questionnaire a year before."""
    from assessment.models import Round

    return Round.unguarded.create(
        title="2025 年", region=round_.region, instrument_version=instrument_version, year=2025,
        opens_on=round_.opens_on, closes_on=round_.closes_on, opened_by=officer,
    )  # fmt: skip


@pytest.fixture
def both(score, round_, earlier):
    """``both(before, after, …)``: an enterprise's total in each round; None: not in it."""
    from assessment.models import Submission
    from scoring.models import Result

    def add(before, after, *, level=(1, 1), **where):
        if before is None:
            return score(after, level=level[1], **where)
        first = score(before, level=level[0], round=earlier, **where)
        if after is not None:
            submission = Submission.unguarded.create(
                round=round_, organisation=first.submission.organisation, state="submitted",
                submitted_at=timezone.now(), profile=first.submission.profile,
            )  # fmt: skip
            payload = {"total": after, "level": level[1], "nodes": {}, "values": {}}
            Result.unguarded.create(
                submission=submission, state="done", scored_at=timezone.now(),
                total=Decimal(after), level=level[1], payload=payload,
            )  # fmt: skip
        return first

    return add


def compared(earlier, round_, region="330000"):
    refresh(earlier)
    refresh(round_)
    return compute(earlier, round_)[region]


def test_change_is_of_the_same_enterprises_and_the_rest_is_composition(both, earlier, round_):
    """10 stay and gain 2; 5 of 10 points leave, 5 of 40 come: means 16.67 → 28.

    20 → 22 is a change of 2; entrants (5/15) · (40 − 22) = 6; leavers (5/15) · (20 − 10) = 3.33.
    """
    for _ in range(10):
        both(20, 22)
    for _ in range(5):
        both(10, None)
        both(None, 40)
    found = compared(earlier, round_)
    total = found["measures"]["total"]
    assert (found["matched"], found["earlier"], found["later"]) == (10, 15, 15)
    assert (total["n"], total["change"], total["matched"]) == (10, 2, 2)
    assert (total["entrants"], total["leavers"]) == (6, pytest.approx(10 / 3, abs=1e-6))
    assert total["difference"] == pytest.approx(34 / 3, abs=1e-6)
    assert (total["rose"], total["fell"]) == (10, 0)


def test_moves_between_levels_are_counted_by_row(both, earlier, round_):
    for _ in range(6):
        both(20, 22, level=(1, 1))
    for _ in range(14):
        both(20, 30, level=(1, 2))
    for _ in range(7):
        both(30, 30, level=(2, 2))
    moves = {(a, b): n for a, b, n in compared(earlier, round_)["moves"]}
    assert (moves["1", "1"], moves["1", "2"], moves["2", "2"]) == (6, 14, 7)
    assert (moves["1", ""], moves["", "2"], moves["", ""]) == (20, 21, 27)


def test_few_who_left_are_not_given_away_by_the_rest(both, earlier, round_):
    """What 12 of 14 had, beside the mean of 14, would tell what the two who left had."""
    for _ in range(12):
        both(20, 22)
    for _ in range(2):
        both(10, None)
    found = compared(earlier, round_)
    assert found["measures"]["total"] == {"n": 12, "withheld": "small"}
    assert found["moves"] is None


def test_changes_of_profile_are_counted(both, earlier, round_):
    for number in range(8):
        result = both(20, 22)
        if number < 3:
            again = round_.submissions.model.unguarded.get(
                round=round_, organisation=result.submission.organisation
            )
            again.profile = {**again.profile, "size": "medium", "industry": "C34"}
            again.save()
    assert compared(earlier, round_)["changed"] == {"region": 0, "industry": 3, "size": 3}


def test_who_moved_from_city_to_city_stays_in_the_province_only(both, earlier, round_):
    for _ in range(8):
        result = both(20, 22)
        again = round_.submissions.model.unguarded.get(
            round=round_, organisation=result.submission.organisation
        )
        again.profile = {**again.profile, "region": "330100"}
        again.save()
    assert compared(earlier, round_)["matched"] == 8
    assert compared(earlier, round_, "330100")["matched"] == 0


def test_versions_that_score_differently_compare_indicators_only(
    both, earlier, round_, publish, shared_small
):
    document = shared_small
    document["version"] = "2.0"
    reworded = publish(document)
    round_.instrument_version = reworded
    assert compare(earlier, round_).scores
    document["version"] = "3.0"
    document["sections"][0]["questions"][2]["points"]["linear"]["best"] = 30
    round_.instrument_version = publish(document)
    verdict = compare(earlier, round_)
    assert not verdict.scores
    assert not verdict.nothing
    assert "versions 1.0 and 3.0 score differently" in verdict.reason


@pytest.fixture
def shared_small():
    from pathlib import Path

    import yaml

    path = Path(__file__).parents[2] / "instruments" / "small.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_other_questionnaires_and_regions_are_not_comparable(
    earlier, round_, publish, shared_small, regions
):
    shared_small["code"] = "another"
    round_.instrument_version = publish(shared_small)
    assert compare(earlier, round_).nothing
    assert compute(earlier, round_) == {}
    round_.instrument_version = earlier.instrument_version
    round_.region = regions["440000"]
    assert "different regions" in compare(earlier, round_).reason


def test_a_comparison_is_kept_until_a_round_changes(both, earlier, round_):
    for _ in range(8):
        both(20, 22)
    refresh(earlier)
    refresh(round_)
    first = store.panel_of(earlier, round_, "330000")
    assert first.data["matched"] == 8
    assert store.panel_of(earlier, round_, "330000").pk == first.pk
    for _ in range(5):
        both(30, 40)
    refresh(earlier)
    refresh(round_)
    assert store.panel_of(earlier, round_, "330000").data["matched"] == 13


def test_a_large_comparison_is_noted_and_made_by_the_sweep(both, earlier, round_, monkeypatch):
    for _ in range(8):
        both(20, 22)
    refresh(earlier)
    refresh(round_)
    monkeypatch.setattr(store, "AT_ONCE", 3)
    assert store.panel_of(earlier, round_, "330000") is None
    assert PanelRegion.objects.get().computed_at is None
    assert store.renew_behind() == 1
    assert store.panel_of(earlier, round_, "330000").data["matched"] == 8
