"""Pages of targets over time: what they say, what they keep apart, and what they cost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questionnaires.models import Figure, Indicator, Source
from scoring.models import RoundAggregate

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(regions):
    """A small catalogue: a rate with targets, its other definition, a fall, a count."""
    plan = Source.objects.create(code="plan", title={"zh": "规划", "en": "Plan"})
    yearbook = Source.objects.create(code="yearbook", title={"zh": "年鉴", "en": "Yearbook"})

    def indicator(code, zh, en, **given):
        fields = {"concept": code, "unit": "%", "level": "both", "source": plan, **given}
        return Indicator.objects.create(code=code, name={"zh": zh, "en": en}, **fields)

    rate = indicator("cloud-use", "上云率", "Cloud rate", roll_up="share_of_firms")
    other = indicator("cloud-use-other", "上云率（另一口径）", "Other rate", concept="cloud-use")
    fall = indicator("energy-fall", "能耗降幅", "Fall of energy use", nature="fall")
    firms = indicator(
        "cloud-firms", "上云企业", "Firms in the cloud", unit="家", nature="flow",
        unit_name={"zh": "家", "en": "firms"},
    )  # fmt: skip

    def figure(of, area, period, value, kind, source=plan, **given):
        place = Figure.objects.count()
        return Figure.objects.create(
            code=f"f{place}", indicator=of, area=area, period=period, year=int(period[:4]),
            value=Decimal(str(value)), kind=kind, unit=of.unit, source=source,
            locator=f"表 {place}", status="official", **given,
        )  # fmt: skip

    figure(rate, "CN", "2015", 20, "observed")
    figure(rate, "CN", "2030", 50, "target", caveats={"zh": "仅供参考", "en": "Take care"})
    for period, value in (("2018", "24.5"), ("2019", "27"), ("2020", "28.5")):
        figure(rate, "CN", period, value, "observed", yearbook)
    figure(other, "330000", "2019", 70, "observed", yearbook)
    figure(other, "CN", "2020", 60, "target")
    figure(fall, "CN", "2020", 18, "target", form="change", base_year=2015)
    figure(fall, "CN", "2025", 34, "target", form="change", base_year=2015)
    figure(firms, "330000", "2019", 10000, "target", form="count", operator="≥")
    figure(firms, "330000", "2019-H1", 6000, "observed", form="count")
    return rate


def page(address: str, language: str = "en", user=None) -> str:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_says_state_gap_and_unit_of_every_target(known):
    html = page("/targets/")
    assert "5 targets" in html
    assert "Not yet observed" in html
    assert "+1.0" not in html
    assert "−21.5\xa0percentage points" in html
    assert "60.0% of the quota" in html


def test_every_state_is_a_word_and_a_mark_not_a_colour_alone(known):
    html = page("/targets/?area=330000")
    assert 'class="progress-state progress-state-on_track">On track' in html


def test_filters_by_area_concept_state_and_words(known):
    assert "1 target<" in page("/targets/?area=330000")
    assert "2 targets" in page("/targets/?concept=cloud-use")
    assert "2 targets" in page("/targets/?q=energy")
    assert "Nothing matches" in page("/targets/?state=met")
    assert "5 targets" in page("/targets/?state=nonsense&path=nonsense")


def test_what_has_no_target_is_listed_when_asked_for(known):
    html = page("/targets/?state=no_target")
    assert "No published target" in html
    assert "/targets/cloud-use-other/330000/" in html


def test_the_list_downloads_as_csv_that_agrees_with_the_page(known):
    answer = Client(headers={"accept-language": "zh"}).get("/targets/?area=CN&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = {(row["indicator"], row["target_period"]): row for row in rows}
    rate = found["cloud-use", "2030"]
    assert (rate["state"], rate["gap"], rate["latest"]) == ("off_track", "-21.5", "28.5")
    assert rate["state_name"] == "进度落后"
    assert found["energy-fall", "2025"]["target"] == "66"
    assert "filename" in answer["Content-Disposition"]


def test_nothing_is_interpolated_until_a_path_is_asked_for(known):
    plain, straight = page("/targets/cloud-use/CN/"), page("/targets/cloud-use/CN/?path=linear")
    assert "Interpolated" not in plain
    assert "Gap to the path" not in plain
    assert "Not published: computed because you asked for a path." in straight
    assert ">40.0<" in straight  # 20 + 30 · 10/15 in 2025
    assert "the path asks for 30.0 in 2020" in straight
    compound = page("/targets/cloud-use/CN/?path=compound")
    assert ">36.8<" in compound  # 20 · 2.5^(10/15)


def test_points_stand_with_source_place_and_caveat(known):
    html = page("/targets/cloud-use/CN/")
    for said in ("Plan", "Yearbook", "表 1", "Take care", "Break: the source changes here."):
        assert said in html


def test_the_projection_says_interval_level_and_assumption(known):
    html = page("/targets/cloud-use/CN/")
    assert "90% prediction interval" in html
    assert "assumes that the least-squares line goes on" in html
    assert "Withheld: fewer than three observations" in page("/targets/cloud-firms/330000/")


def test_falls_between_two_targets_compound_before_the_readers_eyes(known):
    html = page("/targets/energy-fall/CN/")
    assert "From 2020 to 2025: −19.5%" in html
    assert "index, 2015 = 100" in html
    assert "18% · Change against a base year (2015)" in html  # as the document has it


def test_another_definition_is_named_and_not_used(known):
    Figure.objects.filter(indicator=known, kind="observed").delete()
    html = page("/targets/cloud-use/CN/")
    assert "Not yet observed" in html  # the other definition was observed elsewhere only
    Figure.objects.filter(indicator__code="cloud-use-other", kind="observed").update(area="CN")
    html = page("/targets/cloud-use/CN/")
    assert "Not comparable" in html
    assert "Another definition: the observation is of the indicator “Other rate”." in html


def test_a_region_without_a_target_is_shown_the_one_above_by_name(known):
    html = page("/targets/cloud-use/330400/")
    assert "No target of this indicator is published for Jiaxing" in html
    assert "those of China" in html


def test_an_unknown_indicator_or_area_is_not_found(known):
    assert Client().get("/targets/none/CN/").status_code == 404
    assert Client().get("/targets/cloud-use/nowhere/").status_code == 404


def test_pages_in_chinese_hold_no_english_words(known):
    html = page("/targets/cloud-use/CN/?path=linear", "zh")
    for said in ("进度落后", "与路径之差", "插值", "断点：此处来源变化", "推算"):
        assert said in html
    for english in ("Off track", "Pace", "prediction", "percentage points", "Plan<"):
        assert english not in html


def test_the_pages_cost_the_same_however_many_targets_there_are(known):
    page("/targets/")  # the first page loads what is loaded once
    for address, most in (("/targets/", 3), ("/targets/cloud-use/CN/", 5)):
        with CaptureQueriesContext(connection) as before:
            page(address)
        assert len(before) <= most, [query["sql"] for query in before]
    figures = Figure.objects.filter(indicator__code="cloud-firms")
    for place, figure in enumerate(list(figures) * 20):
        figure.pk, figure.code, figure.area = None, f"more-{place}", f"X{place // 2}"
        figure.save()
    with CaptureQueriesContext(connection) as after:
        page("/targets/")
    assert len(after) <= 3


# --- The site's own rounds ------------------------------------------------------------------------
@pytest.fixture
def measured(known, round_, regions):
    """A round whose cell of Zhejiang shows that 40 % of ten enterprises use the cloud."""

    def keep(**statistics):
        return RoundAggregate.objects.create(
            round=round_, region="330000", invited=12, started=11, submitted=10, scored=10,
            statistics=statistics, computed_at=timezone.now(),
        )  # fmt: skip

    return keep


SHOWN = {
    "n": 10, "mean": 0.4, "q1": 0, "median": 0, "q3": 1, "p90": 1, "share": 40.0,
}  # fmt: skip


def test_a_rounds_value_stands_beside_the_series_for_the_officer_alone(measured, officer, outsider):
    measured(levels={}, counted=10, indicators={"cloud-use": SHOWN})
    html = page("/targets/cloud-use/330000/", user=officer)
    assert "This site&#x27;s round, 10 enterprises" in html or "This site's round, 10 ent" in html
    assert "in no series with them" in html
    for user in (None, outsider):
        assert "10 enterprises" not in page("/targets/cloud-use/330000/", user=user)


def test_a_withheld_value_of_a_round_is_not_shown(measured, officer):
    measured(withheld="small", indicators={"cloud-use": SHOWN})
    assert "in no series with them" not in page("/targets/cloud-use/330000/", user=officer)


def test_pages_of_the_catalogue_and_the_dashboard_lead_here(measured, officer):
    measured(levels={}, counted=10, indicators={"cloud-use": SHOWN})
    figure = Figure.objects.get(indicator__code="cloud-use", kind="target")
    for address in ("/catalogue/indicators/cloud-use/", f"/catalogue/figures/{figure.code}/"):
        assert 'href="/targets/cloud-use/CN/"' in page(address)
    (aggregate,) = RoundAggregate.objects.all()
    html = page(f"/rounds/{aggregate.round_id}/dashboard/", user=officer)
    assert 'href="/targets/cloud-use/330000/"' in html


def test_a_page_with_a_rounds_value_costs_a_few_queries_more(measured, officer):
    measured(levels={}, counted=10, indicators={"cloud-use": SHOWN})
    client = Client()
    client.force_login(officer)
    client.get("/targets/cloud-use/330000/")
    with CaptureQueriesContext(connection) as told:
        assert (
            b"10 enterprises"
            in client.get("/targets/cloud-use/330000/", headers={"accept-language": "en"}).content
        )
    assert len(told) <= 20, "\n".join(query["sql"][:150] for query in told)


# --- API and command ------------------------------------------------------------------------------
def test_the_api_gives_what_the_pages_show(known):
    client = Client()
    listed = client.get("/api/v1/targets/?area=CN").json()
    assert listed["count"] == 4
    told = client.get("/api/v1/targets/cloud-use/CN/").json()["results"][0]
    (target,) = told["targets"]
    assert (target["state"], target["gap"], target["asked"]) == ("off_track", -21.5, None)
    assert told["path"] is None
    assert target["source"] == "plan"
    asked = client.get("/api/v1/targets/cloud-use/CN/?path=linear").json()["results"][0]
    assert asked["targets"][0]["asked"] == 30
    assert [each["year"] for each in asked["path"]["interpolated"]][:2] == [2016, 2017]
    assert client.get("/api/v1/targets/cloud-use/ZZ/").status_code == 404


def test_the_api_is_documented(known):
    schema = Client().get("/api/schema/?format=json").json()
    assert "/api/v1/targets/" in schema["paths"]
    assert "/api/v1/targets/{indicator}/{area}/" in schema["paths"]


def told(capsys, *options) -> str:
    call_command("progress", *options)
    return capsys.readouterr().out


def test_the_command_tells_text_json_and_csv(known, capsys):
    text = told(capsys, "energy-fall", "CN", "--path", "compound", "--language", "en")
    assert "2020  82  Target" in text
    assert "interpolated, not published" in text
    assert "interpolated" not in told(capsys, "energy-fall", "CN", "--language", "en")
    assert '"value": 82' in told(capsys, "energy-fall", "CN", "--format", "json")
    assert told(capsys, "cloud-firms", "330000", "--format", "csv").startswith("indicator,name")


def test_the_command_names_what_it_does_not_know(known, capsys):
    for options in (("nothing", "CN"), ("cloud-use", "JP")):
        with pytest.raises(SystemExit) as stopped:
            call_command("progress", *options)
        assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "'nothing'" in said
    assert "areas with figures: CN" in said
