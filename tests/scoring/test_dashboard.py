"""What an officer's view of a round shows, and what it leaves out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from questionnaires.models import Figure, Indicator, Source
from scoring.aggregates import refresh
from scoring.dashboard import overview
from scoring.models import Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(score, round_):
    for total in (10, 20, 30, 40, 50, 60):
        score(total, foundation=total / 2, values={"cloud-use": total > 20})
    for total in (20, 40, 60, 80, 90, 90):
        score(total, region="330100", industry="I65", size="large", values={"cloud-use": True})
    refresh(round_)
    return round_


def by_code(cells):
    return {cell.code: cell for cell in cells}


def test_the_round_as_a_whole_is_counted_and_described(filled, regions):
    view = overview(filled, regions["330000"])
    assert (view.counts.invited, view.counts.scored, view.withheld) == (12, 12, False)
    assert view.total.stats.n == 12
    assert view.total.max == 50
    assert [node.code for node in view.nodes] == ["foundation", "governance"]


def test_tables_show_the_chosen_measure_by_region_industry_and_size(filled, regions):
    view = overview(filled, regions["330000"], measure="foundation")
    assert view.measure.code == "foundation"
    cells = by_code(view.by_region)
    assert cells["330400"].stats.mean == 43.75  # 17.5 of 40 points
    assert cells["330400"].stats.median == 45  # of six: to five points
    assert cells["330100"].state == "none"  # no enterprise there gave a value
    assert set(by_code(view.by_industry)) == {"C", "I"}
    assert by_code(view.by_size)["large"].counts.scored == 6


def test_an_unknown_measure_means_the_total(filled, regions):
    assert overview(filled, regions["330000"], measure="' or 1=1").measure.code == "total"


def test_a_section_drills_down_to_its_divisions(filled, regions):
    view = overview(filled, regions["330000"], industry="C")
    assert set(by_code(view.by_industry)) == {"C36"}
    assert view.counts.scored == 6


def test_a_small_cell_is_withheld_and_said_to_be(score, round_, regions):
    for total in range(10, 90, 10):
        score(total, region="330100")
    for total in (10, 90):
        score(total)
    refresh(round_)
    cells = by_code(overview(round_, regions["330000"]).by_region)
    small, beside = cells["330400"], cells["330100"]
    assert (small.stats, small.withheld, small.state) == (None, True, "withheld")
    assert "不是 0" in small.reason["zh"]
    assert (beside.stats, beside.state) == (None, "withheld")
    assert small.reason != beside.reason
    assert small.counts.submitted == 2


def test_a_place_where_nobody_answered_is_not_withheld_but_empty(filled, regions, score):
    view = overview(filled, regions["330000"], size="micro")
    assert {cell.state for cell in view.by_region} == {"none"}
    assert not view.withheld
    assert view.reason


def test_the_own_cell_of_a_small_place_shows_neither_levels_nor_means(score, round_, regions):
    for _ in range(3):
        score(50, level=1)
    refresh(round_)
    view = overview(round_, regions["330400"])
    assert view.withheld
    assert view.levels is None
    assert all(m.stats is None and m.withheld for m in (view.total, *view.nodes))


def test_levels_are_counted_with_those_nobody_reached(score, round_, regions):
    definition = round_.instrument_version.definition
    definition["levels"] = {
        "none": {"name": {"zh": "无", "en": "None"}},
        "steps": [
            {"code": f"L{n}", "name": {"zh": f"{n} 级", "en": f"Level {n}"},
             "all": [{"score": {"node": "total", "at_least": str(n * 10)}}]}
            for n in (1, 2)
        ],
    }  # fmt: skip
    round_.instrument_version.save()
    for level in (0, 0, 0, 2, 2, 2):
        score(50, level=level)
    refresh(round_)
    levels = overview(round_, regions["330000"]).levels
    assert [(level.rank, level.n, level.share) for level in levels] == [
        (0, 3, 50),
        (1, 0, 0),
        (2, 3, 50),
    ]


def test_raising_the_minimum_withholds_at_once_what_was_computed_before(filled, regions):
    with override_settings(MINIMUM_CELL=7):
        view = overview(filled, regions["330000"])
    assert {cell.state for cell in view.by_region if cell.counts.scored} == {"withheld"}
    assert view.total.stats is not None


def test_regional_values_stand_beside_published_targets(filled, regions):
    source = Source.objects.create(code="plan", title={"zh": "规划", "en": "Plan"})
    cloud = Indicator.objects.create(
        code="cloud-use", concept="cloud", name={"zh": "上云", "en": "Cloud"}, unit="%",
        level="both", roll_up="share_of_firms",
    )  # fmt: skip
    Figure.objects.create(
        code="cloud-2025", indicator=cloud, area="330000", period="2025", year=2025,
        value=Decimal(90), unit="%", kind="target", source=source, locator="表", status="official",
    )  # fmt: skip
    (row,) = overview(filled, regions["330000"]).figures
    # ten of twelve use the cloud
    assert (row.state, str(row.own), str(row.gap)) == ("gap", "83.333333", "-6.666667")


@pytest.fixture
def profile(db):
    source = Source.objects.create(code="book", title={"zh": "书", "en": "Book"})
    for number in range(12):
        indicator = Indicator.objects.create(
            code=f"zj-{number}", concept=f"zj-{number}", name={"zh": f"指标 {number}"}, unit="%",
            level="region", position=12 - number, groups=[{"zh": "组", "en": "Group"}],
        )  # fmt: skip
        Figure.objects.create(
            code=f"zj-{number}-2017", indicator=indicator, area="330000", period="2017", year=2017,
            value=number, kind="observed", source=source, locator="表", status="transcribed",
        )  # fmt: skip


def test_the_own_provinces_observed_figures_are_its_reference_profile(profile, filled, regions):
    found = overview(filled, regions["330400"]).profile
    assert (found.area, found.own_region, len(found.lines)) == ("330000", True, 12)
    assert found.lines[0].indicator == "zj-11"  # in the order of its system
    assert found.lines[0].group["zh"] == "组"


def test_a_province_without_one_borrows_a_profile_and_names_its_region(profile, filled, regions):
    from scoring.profiles import reference_profile

    found = reference_profile(regions["440300"])
    assert (found.area_name["zh"], found.own_region) == ("浙江省", False)


def test_a_dashboard_costs_the_same_however_many_answered(filled, regions, score):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            overview(filled, regions["330000"])
        return len(caught)

    few = queries()
    for total in range(10, 90):
        score(total)
    refresh(filled)
    assert queries() == few <= 14
    assert Result.unguarded.count() == 92


def test_levels_that_nearly_all_reached_are_withheld_and_said_to_be(score, round_, regions):
    for number in range(8):
        score(20 + number, level=1)
    refresh(round_)
    view = overview(round_, regions["330000"])
    assert (view.withheld, view.levels, view.levels_withheld) == (False, None, True)


def test_results_that_wait_to_be_published_are_said_to(score, round_, regions):
    for number in range(8):
        score(20 + number, region="330100")
    refresh(round_)
    score(30)
    refresh(round_)
    view = overview(round_, regions["330400"])
    assert view.withheld
    assert "difference" in view.reason["en"]
    assert by_code(overview(round_, regions["330000"]).by_region)["330400"].state == "withheld"


def test_of_a_yes_or_no_the_share_is_shown_in_percent(score, round_, regions):
    Indicator.objects.create(
        code="cloud-use", concept="cloud", name={"zh": "上云"}, level="both", unit="%",
        roll_up="share_of_firms",
    )  # fmt: skip
    for number in range(20):
        score(10 + number, values={"cloud-use": number < 13})
    refresh(round_)
    view = overview(round_, regions["330000"], measure="cloud-use")
    assert view.measure.stats.mean == 65
    assert (view.measure.is_share, view.measure.unit) == (True, "%")
    shown = {cell.stats.mean for cell in (*view.by_region, *view.by_size) if cell.stats}
    assert shown == {65}
