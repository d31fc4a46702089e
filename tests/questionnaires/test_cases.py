"""One enterprise cited as a case is told as such, and compared with nobody."""

from __future__ import annotations

import csv
import io

import pytest

from questionnaires.catalogue.export import EXPORTS, as_csv
from questionnaires.models import Figure, Indicator, Region
from scoring.profiles import reference_profile
from scoring.targets import compare

pytestmark = pytest.mark.django_db

CODE = "case-dalian-design-cycle-before"


@pytest.fixture
def case(loaded) -> Figure:
    return Figure.objects.get(code=CODE)


def test_the_two_cases_have_a_value_before_and_one_after_for_each_indicator(loaded):
    cases = Figure.objects.exclude(case={})
    assert cases.count() == 2 * (20 + 7)
    assert set(cases.values_list("kind", "source__code")) == {
        ("observed", "jin-2019-digital-economy")
    }
    pairs = cases.values_list("indicator", "case__zh").distinct()
    assert pairs.count() == 27


def test_a_firm_in_the_same_city_is_not_measured_by_the_case(case):
    dalian = Region.objects.get(code=case.area)
    [row] = compare({case.indicator.code: 9}, dalian, year=2026)
    assert (row.state, row.figure) == ("no_target", "")


def test_a_city_with_cases_only_has_no_profile_of_its_own(case):
    found = reference_profile(Region.objects.get(code="210200"))
    assert found is None or found.area != "210200"


def test_the_export_keeps_its_columns_and_names_the_enterprise_as_sector(case):
    rows = list(csv.DictReader(io.StringIO(as_csv("figures", [case]))))
    assert list(rows[0]) == list(EXPORTS["figures"])
    assert rows[0]["sector"] == "大连升降机械有限公司（信息化前）"


def test_its_page_says_that_it_is_one_enterprise(client, case):
    client.cookies["django_language"] = "en"
    html = client.get(f"/catalogue/figures/{CODE}/").content.decode()
    assert "Dalian Elevating Machinery (before)" in html
    assert "never a target or a benchmark" in html
    html = client.get(f"/catalogue/indicators/{case.indicator.code}/").content.decode()
    assert 'class="card figure-chart"' not in html
    assert Indicator.objects.get(code=case.indicator.code).figures.count() == 2
