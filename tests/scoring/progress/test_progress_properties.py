"""What must hold whatever the numbers are."""

from __future__ import annotations

import math
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.progress.bases import change_between, grown, index_of, rebase, yearly_rate
from scoring.progress.building import series_of
from scoring.progress.operators import surely_reaches
from scoring.progress.paths import Stop, between, path
from scoring.progress.projection import LEVEL, crossing, fit, project
from scoring.progress.shapes import Fact, Subject
from scoring.progress.standing import STATES, standings
from scoring.progress.times import moment, span, year_of

few = settings(max_examples=40, deadline=None)
values = st.decimals(min_value=1, max_value=10_000, places=2)
years = st.integers(min_value=2000, max_value=2030)


@st.composite
def facts(draw):
    """A handful of figures of one indicator, some of them targets."""

    def figure(kind, place):
        form = draw(st.sampled_from(["level", "level", "level", "change", "growth"]))
        year = draw(years)
        return Fact(
            f"{kind}-{place}", kind, form, str(year), draw(values),
            operator=draw(st.sampled_from(["=", "≥", "≈", "<"])), unit="%",
            base_year=year - 3 if form == "change" else None,
            sector=draw(st.sampled_from(["", "", "C39"])), source=draw(st.sampled_from("ab")),
        )  # fmt: skip

    targets = [figure("target", n) for n in range(draw(st.integers(0, 3)))]
    return targets + [figure("observed", n) for n in range(draw(st.integers(0, 5)))]


subjects = st.builds(
    Subject, st.just("x"), st.just("%"), st.sampled_from(["higher", "lower", "neutral"]),
    st.sampled_from(["level", "flow"]),
)  # fmt: skip
kinds = st.sampled_from(["linear", "compound"])


@few
@given(subjects, facts(), kinds)
def test_a_met_target_is_never_off_track(subject, known, kind):
    for series in series_of(subject, known):
        for found in standings(series, kind, Fraction(2020)):
            assert found.state in STATES
            if found.latest and found.aim and surely_reaches(
                found.latest, found.aim, series.direction
            ):  # fmt: skip
                assert found.state == "met"


@few
@given(subjects, facts(), kinds, st.randoms())
def test_the_order_of_the_facts_changes_nothing(subject, known, kind, random):
    mixed = list(known)
    random.shuffle(mixed)
    first, second = series_of(subject, known), series_of(subject, mixed)
    assert first == second
    assert [standings(s, kind, Fraction(2020)) for s in first] == [
        standings(s, kind, Fraction(2020)) for s in second
    ]


@few
@given(values, values, st.integers(1, 11), kinds)
def test_exactly_on_the_path_is_on_track(low, high, months, kind):
    low, high = sorted((low, high))
    start = Fact("o", "observed", "level", "2015", low, source="plan")
    aim = Fact("t", "target", "level", "2020", high + 1, source="plan")
    period = f"2018-{months:02d}"
    asked = path([Stop(Fraction(2015), low), Stop(Fraction(2020), high + 1)], kind).at(
        moment(period)
    )
    seen = Fact("p", "observed", "level", period, asked, source="statistics")
    (series,) = series_of(Subject("x"), [start, aim, seen])
    (found,) = standings(series, kind, Fraction(2020))
    assert found.state in ("on_track", "met")
    assert found.path_gap == 0


@few
@given(values, values, kinds)
def test_the_pace_so_far_is_judged_as_the_path_is(first, last, kind):
    """Two values of the plan's own source: the path begins at the second, the pace at the first."""
    known = [
        Fact("a", "observed", "level", "2013", first, source="plan"),
        Fact("b", "observed", "level", "2015", last, source="plan"),
        Fact("t", "target", "level", "2020", D(10_001), source="plan"),
    ]
    (series,) = series_of(Subject("x"), known)
    (found,) = standings(series, kind, Fraction(2020))
    so_far, needed = found.pace.so_far, found.pace.needed
    if kind == "compound":
        so_far, needed = found.pace.rate_so_far, found.pace.rate_needed
    if not math.isclose(so_far, needed, rel_tol=1e-9):
        assert (found.state == "on_track") == (so_far > needed)


@few
@given(values, values, st.integers(1, 9), kinds)
def test_a_path_stays_between_its_ends_and_keeps_them(a, b, tenths, kind):
    middle = between(a, b, Fraction(tenths, 10), kind)
    assert min(a, b) - D("1e-9") <= middle <= max(a, b) + D("1e-9")
    assert between(a, b, Fraction(0), kind) == a
    assert between(a, b, Fraction(1), kind) == b


@few
@given(values, values, st.integers(2, 20))
def test_equal_compound_steps_arrive(a, b, n):
    rate = yearly_rate(a, b, Fraction(n))
    assert math.isclose(grown(a, rate, Fraction(n)), b, rel_tol=1e-9)


@few
@given(*[st.decimals(min_value=-90, max_value=300, places=1)] * 2)
def test_changes_compound_over_any_base_between(first, second):
    through = index_of(first) * index_of(rebase(second, first)) / 100
    assert math.isclose(through, index_of(second), abs_tol=1e-8)
    assert rebase(second, D(0)) == second


def test_a_change_from_nothing_has_no_percentage():
    with pytest.raises(ZeroDivisionError):
        change_between(D(0), D(5))
    assert yearly_rate(D(0), D(5), Fraction(3)) is None


def test_a_compound_path_from_zero_is_drawn_straight_and_says_so():
    way = path([Stop(Fraction(2016), D(0)), Stop(Fraction(2019), D(9))], "compound")
    assert (way.kind, way.asked_kind, way.at(Fraction(2017))) == ("linear", "compound", 3)


def test_only_the_years_between_published_points_are_interpolated():
    way = path([Stop(Fraction(2015), D(33)), Stop(Fraction(2020), D(50))], "linear")
    assert [year for year, _value in way.years()] == [2016, 2017, 2018, 2019]
    assert way.at(Fraction(2014)) is None
    assert way.at(Fraction(2021)) is None


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2020", 2019, 2020),
        ("2016-2020", 2015, 2020),
        ("2017-H1", 2016, Fraction("2016.5")),
        ("2019-Q3", Fraction("2018.5"), Fraction("2018.75")),
        ("2025-03", Fraction(2024) + Fraction(1, 6), Fraction("2024.25")),
    ],
)
def test_periods_end_where_they_end(period, start, end):
    assert span(period) == (start, end)


def test_a_period_nobody_knows_is_refused_by_name():
    with pytest.raises(ValueError, match="spring"):
        span("spring 2020")


def test_a_moment_names_the_year_it_closes():
    assert (year_of(Fraction(2020)), year_of(Fraction("2019.5"))) == (2020, 2020)


# --- Projection -----------------------------------------------------------------------------------
def test_the_trend_is_the_textbooks():
    """x = 1…5, y = 2, 4, 5, 4, 5: the line is 2.2 + 0.6 x, the residual sum of squares 2.4."""
    trend = fit([1, 2, 3, 4, 5], [2, 4, 5, 4, 5])
    assert (trend.slope, trend.value(0)) == (pytest.approx(0.6), pytest.approx(2.2))
    assert trend.spread == pytest.approx(math.sqrt(2.4 / 3))
    # t(0.95; 3) = 2.353 · √0.8 · √(1 + 1/5 + 9/10)
    assert trend.half_width(6, 0.90) == pytest.approx(2.3534 * 0.894427 * math.sqrt(2.1), rel=1e-4)


def test_at_the_ends_of_the_interval_the_target_lies_on_the_edge_of_the_band():
    moments, seen = [2015, 2016, 2017, 2018, 2019], [30, 34.5, 37, 41.5, 45]
    trend = fit(moments, seen)
    early, late = crossing(trend, 60, LEVEL)
    for at, edge in ((early, 1), (late, -1)):
        assert trend.value(at) + edge * trend.half_width(at, LEVEL) == pytest.approx(60)
    found = project(moments, seen, 60, 2025)
    assert found.earliest == pytest.approx(early)
    assert found.earliest < found.met_at < found.latest
    # Σ(t−t̄)(v−v̄) = 37 over Σ(t−t̄)² = 10, mean 37.6: 2017 + 22.4/3.7
    assert found.met_at == pytest.approx(2017 + 22.4 / 3.7)


def test_equal_ratios_are_projected_by_the_compound_trend():
    found = project([2015, 2016, 2017], [100, 110, 121], 146.41, 2020, kind="compound")
    assert found.met_at == pytest.approx(2019)
    assert found.at_due == pytest.approx(100 * 1.1**5)


@pytest.mark.parametrize(
    ("seen", "wanted", "why"),
    [
        ([30, 33], 60, "too_few"),
        ([40, 38, 35], 60, "points_away"),
        ([30, 45, 31], 60, "unbounded"),
        ([30, 30.1, 30.2], 60, "too_far"),
    ],
)
def test_a_projection_is_withheld_with_its_reason(seen, wanted, why):
    found = project(range(2015, 2015 + len(seen)), seen, wanted, 2025)
    assert (found.withheld, found.met_at, found.latest) == (why, None, None)


def test_no_logarithm_of_zero_is_taken():
    assert project([1, 2, 3], [0, 1, 2], 5, 6, kind="compound").withheld == "logarithm"
