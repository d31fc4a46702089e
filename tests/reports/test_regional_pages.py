"""Regional indices as people meet them: making one, reading it, who may see it."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from questionnaires.models import Indicator
from scoring.models import RegionalIndex
from scoring.regional import making
from tests.scoring.regional.test_run import DOCUMENT

pytestmark = pytest.mark.django_db
CSV = """region,year,i-a,i-b,i-c
330100,2024,20,120,40
330400,2024,30,,20
330100,2025,25,130,30
330400,2025,30,90,20
"""
NEW = reverse("reports:index-create")


@pytest.fixture(autouse=True)
def english_pages(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def version(publish, regions):
    for code, direction in (("i-a", "higher"), ("i-b", "higher"), ("i-c", "lower")):
        Indicator.objects.create(
            code=code, concept=code, name={"zh": code}, level="region", direction=direction
        )
    return publish(DOCUMENT)


@pytest.fixture
def sent(client, officer, version):
    """Send the form as the officer; what is not said has a sound value."""
    client.force_login(officer)

    def send(csv: str = CSV, address: str = NEW, **changed):
        values = {
            "title": "两市指数", "region": "330000", "source": "统计年鉴 2025 表 3",
            "scale": "reference", "weights": "questionnaire", "mean": "arithmetic",
            "available": "50", "replications": "0", "seed": "1", **changed,
        }  # fmt: skip
        if csv:
            values["file"] = SimpleUploadedFile("values.csv", csv.encode())
        return client.post(address, values)

    return send


@pytest.fixture
def index(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sent(replications="200")
    return RegionalIndex.unguarded.get()


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_uploaded_table_becomes_a_ranking_with_ranges(client, index):
    assert index.state == "done"
    shown = text(client.get(reverse("reports:index-detail", args=[index.pk])))
    assert "Regions in 2025" in shown
    # 330100: a 25/50, b 130/200 → 57.5; c (80-30)/80 = 62.5 → 60. 330400: 52.5 and 75 → 63.8
    assert shown.index("63.8") < shown.index("60.0")
    assert "Range of ranks" in shown


def test_the_method_page_tells_every_choice(client, index):
    shown = text(client.get(reverse("reports:index-method", args=[index.pk])))
    for said in (
        "统计年鉴 2025 表 3", "200, seed 1", "1 of 12. None is filled in", "Not treated",
        "less is better", index.data_sha256[:12], index.instrument_version.sha256[:12],
    ):  # fmt: skip
        assert said in shown, said


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_the_readers_language(client, index, language):
    client.cookies["django_language"] = language
    for name in ("index-detail", "index-method"):
        shown = text(client.get(reverse(f"reports:{name}", args=[index.pk])))
        assert ("Indices" in shown) == (language == "en")


def test_a_fault_in_the_table_is_told_by_line_and_what_was_typed_stays(sent):
    response = sent(CSV.replace("330400,2025,30", "330400,2025,many"))
    assert response.status_code == 422
    assert "Line 5, column i-a: Expected a number" in text(response)
    assert 'value="两市指数"' in text(response)
    assert not RegionalIndex.unguarded.exists()


def test_a_region_outside_ones_jurisdiction_is_refused(sent):
    assert "no division code" in text(sent(CSV.replace("330400", "440300")))
    assert sent(region="440000").status_code == 422


def test_own_weights_need_a_reason_and_something_above_zero(sent):
    own = {"weights": "own", "weight:i-a": "0", "weight:i-b": "0"}
    shown = text(sent(**own))
    assert "Say why" in shown
    assert "One of a group must weigh more than 0" in shown


def test_other_choices_make_another_index_and_leave_the_first(
    client, sent, index, django_capture_on_commit_callbacks
):
    address = f"{NEW}?from={index.pk}"
    assert 'value="两市指数"' in text(client.get(address))
    with django_capture_on_commit_callbacks(execute=True):
        own = {"weights": "own", "reason": "专家会议", "weight:up": "3"}
        assert sent("", address, **own).status_code == 302
    other = RegionalIndex.unguarded.exclude(pk=index.pk).get()
    assert other.data == index.data
    assert other.result["rows"] != index.result["rows"]
    assert RegionalIndex.unguarded.get(pk=index.pk).result == index.result


def test_choices_that_cannot_work_are_said_with_what_to_do(
    client, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sent(CSV.replace("2024,20", "2024,0"), mean="geometric")
    index = RegionalIndex.unguarded.get()
    assert index.state == "failed"
    assert "i-a" in text(client.get(reverse("reports:index-detail", args=[index.pk])))
    client.cookies["django_language"] = "zh-hans"
    assert index.error["zh"] in text(client.get(reverse("reports:index-detail", args=[index.pk])))


def test_a_lost_job_is_taken_up_by_the_sweep(sent):
    sent()
    assert RegionalIndex.unguarded.get().state == "pending"
    making.sweep()
    assert RegionalIndex.unguarded.get().state == "done"
    assert not making.compute(RegionalIndex.unguarded.get().pk)


def test_only_a_published_index_is_everybodys(client, index, outsider):
    address = reverse("reports:index-detail", args=[index.pk])
    client.post(reverse("reports:index-publish", args=[index.pk]), {"public": "yes"})
    client.force_login(outsider)
    assert client.get(address).status_code == 200
    again = client.post(reverse("reports:index-publish", args=[index.pk]), {"public": "no"})
    assert again.status_code == 403
    client.logout()
    assert client.get(address).status_code == 200
    RegionalIndex.unguarded.update(public=False)
    assert client.get(address).status_code == 404


def test_files_and_api_give_the_same_numbers(client, index):
    scores = client.get(reverse("reports:index-file", args=[index.pk, "scores"])).content.decode()
    record = client.get(reverse("reports:index-file", args=[index.pk, "record"]))
    row = json.loads(record.content)["result"]["rows"][-1]
    assert repr(row["scores"]["total"]) in scores
    data = client.get(f"/api/v1/indices/{index.pk}/").json()
    assert data["result"]["rows"][-1] == row


def test_the_template_comes_back_as_a_table_that_can_be_read(client, officer, version):
    client.force_login(officer)
    client.cookies["django_language"] = "zh-hans"
    given = client.get(reverse("reports:index-template"), {"year": "2024"}).content.decode()
    assert given.splitlines()[0] == "\ufeff地区,年份,指标a（%）,指标b（%）,指标c（%）"
    assert given.splitlines()[1] == "330100 杭州市,2024"


def test_a_page_costs_the_same_for_any_number_of_rows(client, index, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        client.get(reverse("reports:index-detail", args=[index.pk]))
