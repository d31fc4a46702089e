"""Worked by hand from the documents' own figures; the catalogue holds the same numbers."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import pytest

from scoring.progress.bases import change_between, grown, index_of, rebase
from scoring.progress.building import series_of
from scoring.progress.projection import of_series
from scoring.progress.shapes import Fact, Subject
from scoring.progress.standing import standings
from scoring.progress.times import moment

NOW = Fraction(2018)
LEVEL = Subject("rate", "%")


def target(period, value, **given):
    fact = {"code": f"t-{period}", "kind": "target", "form": "level", "source": "plan", **given}
    return Fact(period=period, value=D(str(value)), **fact)


def observed(period, value, **given):
    return target(period, value, **{"code": f"o-{period}", "kind": "observed", **given})


def one(subject, *facts, kind="linear", now=NOW, **given):
    """The standings of the only series."""
    (series,) = series_of(subject, facts, **given)
    return standings(series, kind, now)


def key_processes(*more):
    """Made in China 2025: numerical control of key processes, 33 % in 2015, 50 and 64 asked for."""
    plan = [observed("2013", 27), observed("2015", 33), target("2020", 50), target("2025", 64)]
    return [*plan, *more]


# --- Falls against a base year: Made in China 2025, energy per unit of value added ----------------
FALL = Subject("energy-intensity-fall", "%", nature="fall")
FALLS = [target(y, v, form="change", base_year=2015) for y, v in (("2020", 18), ("2025", 34))]


def test_falls_of_18_and_34_percent_leave_a_fall_of_19_5_between_them_not_16():
    first, second = one(FALL, *FALLS)
    assert (first.aim.value, second.aim.value) == (82, 66)
    assert round(change_between(first.aim.value, second.aim.value), 1) == D("-19.5")
    assert round(rebase(D(-34), D(-18)), 4) == D("-19.5122")


def test_the_other_falls_of_the_table_compound_too():
    # CO2 22 and 40 %: 60/78 − 1 = −23.1 %; water 23 and 41 %: 59/77 − 1 = −23.4 %
    assert round(rebase(D(-40), D(-22)), 1) == D("-23.1")
    assert round(rebase(D(-41), D(-23)), 1) == D("-23.4")


def test_a_fall_asks_for_less_so_more_of_it_is_met():
    seen = observed("2020", 20, form="change", base_year=2015)
    first, second = one(FALL, *FALLS, seen, now=Fraction(2021))
    assert first.state == "met"
    assert (second.latest.value, second.gap) == (80, 14)  # 80 of 100 left, 66 wanted


def test_the_pace_still_needed_of_a_fall_is_4_2_percent_a_year():
    seen = observed("2020", 18, form="change", base_year=2015)
    second = one(FALL, *FALLS, seen)[1]
    assert round(second.pace.rate_needed, 2) == D("-4.25")  # (66/82)^(1/5) − 1
    assert second.pace.needed == D("-3.2")  # 16 of the base year's 100 in five years


def test_a_change_against_another_base_is_converted_where_that_base_is_known():
    # 10 % less than 2015 in 2018, then 10 % less than 2018 in 2020: 81 of 100.
    seen = [
        observed("2018", 10, form="change", base_year=2015),
        observed("2020", 10, form="change", base_year=2018),
    ]
    first = one(FALL, *FALLS, *seen, now=Fraction(2021))[0]
    assert (first.latest.value, first.latest.derived) == (81, "rebased")
    assert first.state == "met"


def test_a_change_against_an_unknown_base_is_not_comparable_and_says_which_base():
    first = one(FALL, *FALLS, observed("2020", 20, form="change", base_year=2010))[0]
    assert (first.state, first.why) == ("not_comparable", "base")
    assert (first.obstacles[0].theirs, first.obstacles[0].ours) == ("2010", "2015")


def test_percentage_points_are_added_not_compounded():
    # Value-added rate: 2 points by 2020, 4 by 2025, both against 2015.
    subject = Subject("value-added-rate-rise", "个百分点")
    plan = [target(y, v, form="change", base_year=2015) for y, v in (("2020", 2), ("2025", 4))]
    seen = observed("2018", "1.2", form="change", base_year=2015)
    first = one(subject, *plan, seen)[0]
    assert (first.asked, first.state) == (D("1.2"), "on_track")  # 2 points · 3/5


def test_a_fall_below_a_base_level_uses_the_level_that_was_observed():
    # Japan: running cost 30 % below 2013 by 2021.
    subject = Subject("running-cost", "亿日元", "lower")
    plan = target("2021", -30, form="change", unit="%", base_year=2013)
    seen = [observed("2013", 4000), observed("2017", 3200)]
    (found,) = one(subject, plan, *seen)
    assert (found.latest.value, found.asked, found.state) == (80, 85, "on_track")


# --- Average growth -------------------------------------------------------------------------------
def test_average_growth_follows_on_period_after_period():
    # Labour productivity: about 7.5 % in 2016–2020, about 6.5 % in 2021–2025.
    subject = Subject("productivity-growth", "%")
    plan = [
        target("2016-2020", "7.5", form="growth", operator="≈"),
        target("2021-2025", "6.5", form="growth", operator="≈"),
    ]
    first, second = one(subject, *plan)
    assert round(first.aim.value, 2) == D("143.56")  # 100 · 1.075⁵
    assert round(second.aim.value, 2) == D("196.69")  # · 1.065⁵
    assert first.aim.derived == "growth"


def test_yearly_growth_is_chained_against_the_average_asked_for():
    subject = Subject("productivity-growth", "%")
    plan = target("2016-2020", 10, form="growth")
    seen = [observed("2016", 10, form="growth"), observed("2017", 12, form="growth")]
    (found,) = one(subject, plan, *seen, kind="compound")
    assert found.latest.value == D("123.2")
    assert (found.asked, found.state) == (D("121"), "on_track")


def test_growth_from_an_observed_level_is_a_level_and_says_that_it_is_derived():
    # Zhejiang: core value added 554.8 billion in 2018, at least 15 % more in 2019.
    subject = Subject("core-value-added", "亿元")
    seen = [observed("2018", 5548, source="book"), observed("2015", 3000, source="book")]
    (found,) = one(subject, target("2019", 15, form="growth", operator="≥"), *seen)
    assert (found.aim.value, found.aim.derived) == (D("6380.2"), "growth")
    assert found.start.period == "2018"
    assert grown(D(5548), D(15), Fraction(1)) == D("6380.2")


# --- Counting targets -----------------------------------------------------------------------------
CLOUD = Subject("new-cloud-firms", "家", nature="flow")


def test_a_counting_target_tracks_count_over_quota():
    # Jinan: at least 10,000 firms on the cloud in 2017–2019.
    plan = target("2017-2019", 10000, operator="≥")
    (found,) = one(CLOUD, plan, observed("2017", 2500), observed("2018", 4500))
    assert found.latest.value == 7000
    assert found.share == 70
    assert (found.gap, found.pace.needed) == (-3000, 3000)
    assert found.pace.rate_needed is None  # from zero there are no percentages
    assert found.state == "on_track"  # 6,667 asked for by a straight line


def test_half_a_year_counts_against_half_the_quota():
    # Zhejiang 2017: 37,658 of 100,000 firms by the end of June; Hangzhou 14,352 of 27,000.
    def half(quota, count):
        return one(CLOUD, target("2017", quota, form="count"),
                   observed("2017-H1", count, form="count"))[0]  # fmt: skip

    province, city = half(100000, 37658), half(27000, 14352)
    assert (province.state, province.asked, province.path_gap) == ("off_track", 50000, -12342)
    assert (round(province.share, 1), city.state) == (D("37.7"), "on_track")


def test_counts_with_different_beginnings_are_different_series():
    # 3,000 in 2019 alone, 10,000 from 2017 on: what was counted in 2019 is part of both.
    plan = [target("2019", 3000), target("2017-2019", 10000)]
    seen = [observed("2017", 4000), observed("2018", 3500), observed("2019", 2800)]
    told = {
        found.aim.period: (found.latest.value, found.state)
        for series in series_of(CLOUD, [*plan, *seen])
        for found in standings(series, "linear", NOW)
    }
    assert told == {"2019": (2800, "off_track"), "2017-2019": (10300, "met")}


def test_a_bound_is_the_latest_observation_but_numbers_are_about_the_latest_exact_one():
    seen = [observed("2015", 20), observed("2017", 24), observed("2018", 25, operator=">")]
    (found,) = one(LEVEL, target("2020", 30), *seen)
    assert (found.latest.period, found.measured.period, found.gap) == ("2018", "2017", -6)


def test_what_was_counted_in_another_period_says_nothing():
    # Chengdu: 4 unicorns added in 2018, at least 2 to be added in 2019.
    (found,) = one(CLOUD, target("2019", 2, operator="≥"), observed("2018", 4))
    assert (found.state, found.why) == ("not_comparable", "period")


# --- Levels ---------------------------------------------------------------------------------------
def test_with_nothing_seen_since_the_start_the_pace_before_it_decides():
    first, second = one(LEVEL, *key_processes())
    assert (first.state, first.why) == ("off_track", "pace_slow")
    assert first.asked is None  # the published value of 2015 is no interpolation
    assert second.state == "off_track"  # 3.1 a year needed
    assert (first.gap, first.pace.so_far, first.pace.needed) == (-17, 3, D("3.4"))
    assert round(first.pace.rate_so_far, 2) == D("10.55")  # (33/27)^½ − 1
    assert round(first.pace.rate_needed, 2) == D("8.67")  # (50/33)^⅕ − 1


def test_by_ratios_the_same_pace_can_be_enough():
    first = one(LEVEL, *key_processes(), kind="compound")[0]
    assert (first.state, first.why) == ("on_track", "pace_enough")  # 10.6 % against 8.7 % a year


def test_one_observation_alone_says_nothing_about_the_track():
    (found,) = one(LEVEL, observed("2024-12", 66), target("2027", 100, operator="≈"))
    assert (found.state, found.why) == ("not_observed", "only_start")
    assert round(found.pace.needed, 2) == D("11.33")


def test_the_path_goes_through_the_targets_of_its_source():
    second = one(LEVEL, *key_processes(observed("2022", 56)))[1]
    assert second.asked == D("55.6")  # 50 + 14 · 2/5, not 33 + 31 · 7/10
    assert second.state == "on_track"
    compound = one(LEVEL, *key_processes(observed("2022", 56)), kind="compound")[1]
    assert round(compound.asked, 3) == D("55.189")  # 50 · 1.28^0.4


def test_march_2025_stands_before_the_end_of_2025():
    # Design tools: 74.2 % at the end of October 2021, 83.5 % at the end of March 2025, 85 % asked.
    facts = [observed("2021-10", "74.2"), observed("2025-03", "83.5", source="ministry"),
             target("2025", 85)]  # fmt: skip
    (found,) = one(LEVEL, *facts, now=moment("2026"))
    assert found.years_left == Fraction(3, 4)
    assert round(found.asked, 3) == D("83.056")  # 10.8 · 41/50 on top
    assert (found.state, found.overdue, found.sources_differ) == ("on_track", True, True)


def test_a_due_year_missed_is_off_track_and_a_late_arrival_is_met():
    missed = one(LEVEL, target("2020", 50), observed("2015", 33), observed("2020", 48))[0]
    assert (missed.state, missed.why) == ("off_track", "missed")
    late = one(LEVEL, target("2020", 50), observed("2020", 48), observed("2021", 51))[0]
    assert late.state == "met"


def test_met_before_its_year_is_said_to_be():
    (found,) = one(LEVEL, target("2020", 50), observed("2018", 52))
    assert (found.state, found.why) == ("met", "met_early")


@pytest.mark.parametrize(
    ("operator", "high", "direction", "value", "state"),
    [
        ("≥", None, "higher", 50, "met"),
        (">", None, "higher", 50, "off_track"),
        (">", None, "higher", "50.1", "met"),
        ("≤", None, "higher", "50.1", "off_track"),
        ("<", None, "lower", 50, "off_track"),
        ("=", None, "lower", 49, "met"),
        ("=", None, "neutral", 49, "off_track"),
        ("≈", None, "neutral", 50, "met"),
        ("range", 60, "higher", 55, "met"),
        ("range", 60, "neutral", 61, "off_track"),
        ("range", 60, "lower", 61, "off_track"),
    ],
)
def test_the_operator_and_the_direction_decide(operator, high, direction, value, state):
    plan = target("2020", 50, operator=operator, high=high and D(high))
    (found,) = one(Subject("x", "%", direction), plan, observed("2020", value))
    assert found.state == state


def test_more_than_30_reaches_at_least_30_and_leaves_at_least_35_open():
    def seen(wanted):
        seen = observed("2018", 30, operator=">")
        return one(LEVEL, target("2020", wanted, operator="≥"), seen)[0]

    assert (seen(30).state, seen(30).gap) == ("met", None)
    assert (seen(35).state, seen(35).why) == ("not_observed", "only_bounds")


# --- What cannot be compared ----------------------------------------------------------------------
def test_another_sector_unit_or_definition_is_named():
    plan = target("2020", 50)
    sector = one(LEVEL, plan, observed("2018", 40, sector="C39"))[0]
    unit = one(LEVEL, plan, observed("2018", 40, unit="万户"))[0]
    relative = observed("2018", 40, indicator="other-rate")
    definition = one(LEVEL, plan, relatives=[relative])[0]
    states = {found.state for found in (sector, unit, definition)}
    assert states == {"not_comparable"}
    assert [found.why for found in (sector, unit, definition)] == ["sector", "unit", "definition"]
    assert definition.obstacles[0].theirs == "other-rate"


def test_a_relative_is_never_used_where_the_indicator_itself_was_observed():
    found = one(LEVEL, target("2020", 50), observed("2018", 52), relatives=[observed("2018", 1)])
    assert found[0].state == "met"


def test_without_a_target_or_an_observation_the_state_says_so():
    assert one(LEVEL, observed("2018", 40))[0].state == "no_target"
    assert one(LEVEL, target("2020", 50))[0].state == "not_observed"


def test_two_values_for_one_year_are_both_kept_but_only_one_counts():
    # 14.67 % by the data map, 14.7 % by the plan whose target it is.
    facts = [target("2025", 45), observed("2020", "14.7"),
             observed("2020", "14.67", code="o-map", source="map"),
             observed("2021", "17.5", source="map")]  # fmt: skip
    (series,) = series_of(LEVEL, facts)
    assert [point.value for point in series.observed] == [D("14.7"), D("17.5")]
    assert [point.value for point in series.rivals] == [D("14.67")]
    assert series.breaks() == [2021]
    (found,) = standings(series, "linear", NOW)
    assert (found.asked, found.state) == (D("20.76"), "off_track")  # 14.7 + 30.3/5
    assert of_series(series, series.aims[0], "linear").withheld == "broken"


def test_what_is_left_of_a_hundred():
    assert index_of(D(18), fell=True) == 82
    assert index_of(D(-30)) == 70
