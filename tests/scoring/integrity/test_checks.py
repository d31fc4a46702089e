"""Single checks at their bounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from questionnaires.answers import decode_many, encode, read_answers, read_profile
from scoring.integrity.batch import Batch
from scoring.integrity.bounds import BOUNDS
from scoring.integrity.counts import counts
from scoring.integrity.lines import lines
from scoring.integrity.moves import moves
from scoring.integrity.pace import seconds_per_answer
from scoring.integrity.twins import equal_share, said_matrix, twins
from tests.scoring.integrity.firms import Firm, batch, firms, instrument

PROFILE = {"employees": 100, "revenue": 6000, "assets": 5000}
START = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)


def one(**answers) -> Batch:
    profile = read_profile(PROFILE)[0]
    return Batch(
        instrument(), encode(instrument(), [(profile, read_answers(instrument(), answers).answers)])
    )


def reasons(found) -> list[str]:
    return [finding.reason for finding in found]


@pytest.mark.parametrize(("people", "found"), [(150, []), (151, ["beyond_staff"])])
def test_people_counted_are_held_against_the_staff(people, found):
    assert reasons(counts(one(s1_r={"part": 1, "whole": people}), BOUNDS)) == found


@pytest.mark.parametrize(("amount", "found"), [(60_000, []), (60_001, ["beyond_money"])])
def test_amounts_are_held_against_revenue_and_assets(amount, found):
    assert reasons(counts(one(s0_n=amount), BOUNDS)) == found


@pytest.mark.parametrize(("other", "found"), [(95, []), (94, ["totals_differ"])])
def test_the_same_total_must_be_told_alike(other, found):
    said = {"s0_r": {"part": 1, "whole": 100}, "s3_r": {"part": 1, "whole": other}}
    assert reasons(counts(one(**said), BOUNDS)) == found


def test_a_percentage_that_is_not_that_of_its_counts_is_found():
    """The form refuses it; a file from elsewhere may hold it."""
    made = one(s0_r={"part": 30, "whole": 100})
    off = replace(made, coded=made.coded.with_columns(pl.lit(31.0).alias("s0_r")))
    assert reasons(counts(off, BOUNDS)) == ["percent_off"]
    above = replace(made, coded=made.coded.with_columns(pl.lit(130.0).alias("s0_r.part")))
    assert "part_above_whole" in reasons(counts(above, BOUNDS))


def test_what_is_unknown_is_never_flagged():
    made = one()
    assert list(counts(made, BOUNDS)) == []
    assert list(twins(replace(made, hands=[("a",)]), BOUNDS)) == []


def test_moves_are_measured_for_each_year_between():
    made = batch([firm for firm in firms(11) if firm.fake == "move"])
    found = list(moves(made, BOUNDS))
    assert found
    assert all(finding.before == 1000 + finding.row for finding in found)
    later = replace(made, earlier=[replace(made.earlier[0], years=2)])
    assert len(list(moves(later, BOUNDS))) < len(found)


def times(*gaps: float) -> list[dt.datetime]:
    at = START
    return [at] + [at := at + dt.timedelta(seconds=gap) for gap in gaps]


def test_the_pace_is_the_median_time_between_answers():
    assert seconds_per_answer(times(1, 1, 1, 1, 1, 3, 3, 3, 500)) == 1
    assert seconds_per_answer(times(*[1.9] * 5, *[2.1] * 6)) == 2.1


@pytest.mark.parametrize(
    "gaps", [[1] * 8, [0.001] * 40, [0.001] * 20 + [5] * 10, []],
    ids=["too few", "sent in one go", "mostly in one go", "one"],
)  # fmt: skip
def test_without_times_of_single_answers_pace_is_not_judged(gaps):
    assert seconds_per_answer(times(*gaps)) is None


def copies(*changes: int, hands=None) -> Batch:
    """One honest firm and a copy for each number, so many of its ladders answered otherwise."""
    made: list[Firm] = [firms(11)[0]]
    for change in changes:
        answers = dict(made[0].answers)
        for code in [code for code in answers if "_q" in code][:change]:
            answers[code] = (answers[code] + 1) % 5
        made.append(replace(made[0], answers=answers))
    return replace(batch(made), hands=hands or [("one",)] * len(made))


def test_twins_share_at_least_the_bound_of_their_answers():
    # 40 questions: four differing answers leave 90 %, five leave less.
    assert reasons(twins(copies(0), BOUNDS)) == ["identical"] * 2
    assert reasons(twins(copies(4), BOUNDS)) == ["nearly_identical"] * 2
    assert reasons(twins(copies(5), BOUNDS)) == []


def test_the_same_answers_of_two_hands_are_no_twins():
    assert list(twins(copies(0, hands=[("one",), ("other",)]), BOUNDS)) == []


def test_no_pair_above_the_bound_is_missed_by_comparing_bands_only():
    made = batch(firms(12)[:120])
    everybody = replace(made, hands=[("one",)] * made.height)
    said = said_matrix(everybody)
    pairs = {
        (a, b)
        for a in range(made.height)
        for b in range(a + 1, made.height)
        if equal_share(said[a], said[b]) >= BOUNDS.alike
    }
    found = {
        tuple(sorted((finding.row, other)))
        for finding in twins(everybody, BOUNDS)
        for other in finding.others
    }
    assert found == pairs


def test_where_many_answer_straight_it_says_nothing_of_one():
    made = firms(11)[:60]
    for firm in made[:20]:
        firm.answers |= {f"s2_q{n}": 2 for n in range(8)}
    assert not [f for f in lines(batch(made), BOUNDS) if f.key == "s2"]


def test_whoever_has_nothing_anywhere_is_not_flagged_for_a_straight_line():
    made = firms(11)[:60]
    made[0].answers |= {code: 0 for code in made[0].answers if "_q" in code}
    assert not [finding for finding in lines(batch(made), BOUNDS) if finding.row == 0]


def test_stored_and_fresh_answers_make_the_same_answer_vectors():
    from questionnaires.answers import to_coded

    made = firms(11)[:10]
    rows = [
        (read_profile(firm.profile)[0], read_answers(instrument(), firm.answers).answers)
        for firm in made
    ]
    stored = decode_many(instrument(), [to_coded(instrument(), *row) for row in rows])
    fresh = encode(instrument(), rows)
    a, b = (said_matrix(Batch(instrument(), frame)) for frame in (stored, fresh))
    assert np.array_equal(a, b)
