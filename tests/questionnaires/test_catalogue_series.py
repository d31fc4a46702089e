"""Figures over time: what shares an axis, what is joined, and what only the table shows."""

from __future__ import annotations

import pytest

from questionnaires.models import Figure, Indicator, Source
from questionnaires.series import MOST_SERIES, as_data, charts, moment, sentence
from questionnaires.views.figures import shown_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(db):
    """``figures(("CN", "2019", 3, "observed"), …)`` → figures of one indicator, ready to show."""
    source = Source.objects.create(code="yearbook", title={"zh": "年鉴", "en": "Yearbook"})
    indicator = Indicator.objects.create(
        code="rate", concept="rate", name={"zh": "率", "en": "Rate"}, unit="%", level="both"
    )

    def make(*rows, **given) -> list[Figure]:
        made = [
            Figure.objects.create(
                code=f"f-{Figure.objects.count() + place}-{period.lower()}", indicator=indicator,
                area=area, period=period, year=int(period[-4:] if len(period) == 9 else period[:4]),
                value=value, kind=kind, unit="%",
                locator="1", status="official", **{"source": source, **given},
            )
            for place, (area, period, value, kind) in enumerate(rows)
        ]  # fmt: skip
        return shown_figures(made)

    return make


def test_targets_are_marks_of_their_own_and_never_joined_to_observed_values(figures):
    rows = figures(("CN", "2013", 27, "observed"), ("CN", "2015", 33, "observed"),
                   ("CN", "2020", 50, "target"))  # fmt: skip
    series = as_data(charts(rows)[0])["series"][0]
    assert [[point["y"] for point in line] for line in series["lines"]] == [[27.0, 33.0]]
    assert [point["y"] for point in series["targets"]] == [50.0]


def test_growth_changes_and_policy_parameters_are_on_no_axis(figures):
    rows = figures(("CN", "2013", 27, "observed"), ("CN", "2015", 33, "observed"))
    rows += figures(("CN", "2016", 9, "observed"), form="growth")
    rows += figures(("CN", "2017", 8, "policy"))
    assert len(charts(rows)) == 1
    assert len(charts(rows)[0].drawn[0].figures) == 2
    assert charts(rows[2:]) == []


def test_two_sources_are_never_joined_by_a_line(figures):
    other = Source.objects.create(code="press", title={"zh": "报道"})
    rows = figures(("CN", "2013", 27, "observed"), ("CN", "2015", 33, "observed"))
    rows += figures(("CN", "2016", 40, "observed"), source=other)
    lines = as_data(charts(rows)[0])["series"][0]["lines"]
    assert sorted(len(line) for line in lines) == [1, 2]


def test_units_do_not_share_an_axis(figures):
    rows = figures(("CN", "2013", 27, "observed"), ("CN", "2015", 33, "observed"))
    rows += figures(("CN", "2014", 5000, "observed"), ("CN", "2016", 6000, "observed"))
    for figure in rows[2:]:
        figure.unit = "万户"
    assert {chart.unit for chart in charts(rows)} == {"%", "万户"}


def test_areas_are_series_and_at_most_four_are_drawn(figures, regions):
    codes = ["CN", "330000", "440000", "330100", "330400", "440300"]
    rows = figures(*[(c, y, 10, "observed") for c in codes for y in ("2017", "2018")])
    chart = charts(rows)[0]
    assert len(chart.drawn) == MOST_SERIES
    assert len(chart.offered) == len(codes)
    assert chart.drawn[0].key == "CN"
    asked = charts(rows, ["440300", "no-such"])[0]
    assert [one.key for one in asked.drawn] == ["440300"]
    assert charts(rows, codes)[0].too_many


def test_one_point_in_time_is_no_chart(figures, regions):
    assert charts(figures(*[(c, "2018", 10, "observed") for c in ("330000", "440000")])) == []
    assert charts([]) == []


def test_the_sentence_names_areas_kinds_years_and_values(figures):
    rows = figures(("CN", "2013", 27, "observed"), ("CN", "2020", 50, "target"))
    assert sentence(charts(rows)[0]) == "China: Observed 2013 27%, Target 2020 50%."


@pytest.mark.parametrize(
    ("period", "place"),
    [("2018", 2018), ("2019-07", 2019.5), ("2017-H1", 2017.208), ("2015-2018", 2018)],
)
def test_periods_stand_where_they_belong(figures, period, place):
    (figure,) = figures(("CN", period, 1, "observed"))
    assert moment(figure) == pytest.approx(place, abs=0.001)
