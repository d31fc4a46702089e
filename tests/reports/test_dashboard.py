"""The officer's dashboard: jurisdiction, state in the address, withheld cells, downloads."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessment.models import AuditEvent, Jurisdiction
from scoring.dashboard import overview
from tests.reports.sample_view import NOT_SHOWN, sample_view

STATUS = {
    "enterprise": 403,
    "colleague": 403,
    "viewer": 403,
    "consultant": 403,
    "officer": 200,
    "outsider": 404,
    "operator": 200,
    "visitor": 302,
}


@pytest.fixture
def with_sample(monkeypatch):
    monkeypatch.setattr("reports.views.dashboards.overview", sample_view)


@pytest.fixture
def invited(submission):
    """The cast's enterprise takes part, so that its people know the round."""
    return submission


def get(user, round_, query="", language="en"):
    client = Client(headers={"Accept-Language": language})
    if user is not None:
        client.force_login(user)
    return client.get(reverse("reports:dashboard", args=[round_.pk]) + query)


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def sheets_of(response):
    return load_workbook(io.BytesIO(response.content))


@pytest.mark.parametrize("who", STATUS)
def test_only_those_who_answer_for_the_region_see_the_dashboard(
    cast, invited, round_, with_sample, who
):
    assert get(cast[who], round_).status_code == STATUS[who]


@pytest.mark.parametrize(
    "query", ["?region=440000", "?region=440300&format=csv", "?region=999999&format=xlsx"]
)
def test_a_region_outside_the_jurisdiction_is_refused_in_words_and_noted(
    officer, round_, with_sample, query
):
    response = get(officer, round_, query)
    assert response.status_code == 403
    assert "no access" in body(response)
    event = AuditEvent.objects.get(verb="dashboard.refused")
    assert event.actor == officer
    assert event.data["region"] in query


def test_an_officer_of_a_city_sees_that_city_of_the_province_s_round(
    people, regions, round_, with_sample
):
    mayor = people("city@example.cn")
    Jurisdiction.objects.create(officer=mayor, region=regions["330100"])
    response = get(mayor, round_)
    assert response.status_code == 200
    assert "Hangzhou" in body(response)
    assert get(mayor, round_, "?region=330400").status_code == 403
    assert get(mayor, round_, "?region=330000").status_code == 403


def test_the_address_holds_the_whole_state(officer, round_, with_sample):
    query = "?region=330100&industry=&size=small&indicator=key-process-nc-rate"
    page = body(get(officer, round_, query))
    for chosen in [
        'value="330100" selected',
        'value="small" selected',
        'value="key-process-nc-rate" selected',
    ]:
        assert chosen in page
    kept = "region=330100&amp;size=small&amp;indicator=key-process-nc-rate"
    assert f"?{kept}&amp;format=xlsx" in page


def test_unknown_filters_fall_back_instead_of_failing(officer, round_, with_sample):
    assert get(officer, round_, "?industry=ZZ&size=giant&indicator=%00x").status_code == 200


def test_one_goes_down_to_a_region_and_up_again_by_links(officer, round_, with_sample):
    page = body(get(officer, round_))
    assert 'href="?region=330100"' in page
    down = body(get(officer, round_, "?region=330100"))
    assert 'href="?region=330000"' in down


def test_counts_come_with_their_rates(officer, round_, with_sample):
    page = body(get(officer, round_))
    assert "271" in page
    assert "77.9%" in page


@pytest.mark.parametrize(
    "query", ["", "?format=csv", "?format=csv&table=by_region", "?format=csv&table=targets"]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_withheld_is_in_no_text_output(officer, round_, with_sample, query, language):
    assert str(NOT_SHOWN) not in get(officer, round_, query, language).content.decode()


def test_what_is_withheld_is_not_in_the_workbook(officer, round_, with_sample):
    book = sheets_of(get(officer, round_, "?format=xlsx"))
    cells = [str(c.value) for sheet in book for row in sheet for c in row]
    assert not [c for c in cells if c.startswith(str(NOT_SHOWN)[:4])]


def test_what_is_withheld_is_not_in_the_api(officer, round_, with_sample):
    client = Client()
    client.force_login(officer)
    answer = client.get(f"/api/v1/dashboards/{round_.pk}/").content.decode()
    assert str(NOT_SHOWN) not in answer


def test_withheld_missing_not_applicable_and_zero_are_four_things(officer, round_, with_sample):
    rows = {row[0]: row for row in rows_of(get(officer, round_, "?format=csv&table=by_region"))}
    assert rows["330900"][6:11] == ["c"] * 5
    assert rows["331100"][6:11] == ["x"] * 5
    assert rows["331100"][3] == "0"
    targets = {row[0]: row for row in rows_of(get(officer, round_, "?format=csv&table=targets"))}
    assert "z" in targets["cloud-adoption"]


def test_the_symbols_are_explained_on_the_page_beside_the_table(officer, round_, with_sample):
    page = body(get(officer, round_))
    table = page[page.index('id="by_region"') : page.index('id="by_industry"')]
    assert "<strong>c</strong> withheld to protect single enterprises" in table
    assert "Fewer than 5: withheld; this is not 0." in table


def test_a_withheld_group_says_so_instead_of_showing_levels(officer, round_, monkeypatch):
    def small(*args):
        why = {"zh": "不足 5 家。", "en": "Fewer than 5."}
        return sample_view(*args, withheld=True, reason=why, levels=None)

    monkeypatch.setattr("reports.views.dashboards.overview", small)
    page = body(get(officer, round_))
    assert "Fewer than 5." in page
    assert "Choose a wider group" in page


def test_the_csv_opens_with_chinese_intact_and_equals_the_screen(officer, round_, with_sample):
    response = get(officer, round_, "?format=csv&table=by_size", "zh-hans")
    assert response.content.startswith(b"\xef\xbb\xbf")
    page = body(get(officer, round_, "", "zh-hans"))
    table = page[page.index('id="by_size"') :]
    for row in rows_of(response)[1:]:
        for value in row[1:]:
            assert value in table


def test_no_cell_of_a_file_runs_as_a_formula(officer, round_, with_sample):
    names = [row[1] for row in rows_of(get(officer, round_, "?format=csv&table=by_industry"))]
    assert "'=cmd|'/c calc'!A1" in names
    book = sheets_of(get(officer, round_, "?format=xlsx"))
    cells = [c for sheet in book for row in sheet for c in row]
    assert not [c for c in cells if c.data_type == "f"]


def test_negative_numbers_stay_numbers(officer, round_, with_sample):
    rows = rows_of(get(officer, round_, "?format=csv&table=indicators"))
    assert "-6.5" in next(row for row in rows if row[0] == "energy-change")


def test_the_workbook_begins_with_filters_definitions_symbols_and_sources(
    officer, round_, with_sample
):
    book = sheets_of(get(officer, round_, "?format=xlsx&size=small"))
    about = [[str(c.value) for c in row] for row in book.worksheets[0]]
    subjects = {row[0] for row in about}
    assert {"Filter", "Symbol", "Definition", "Source"} <= subjects
    assert ["Filter", "Size class", "Small"] in about
    assert any("made up" in row[2] for row in about)


def test_a_sheet_has_one_header_row_no_merged_cells_and_no_blank(officer, round_, with_sample):
    book = sheets_of(get(officer, round_, "?format=xlsx"))
    assert len(book.worksheets) == 10
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert all(cell.value not in (None, "") for row in sheet for cell in row)


def test_numbers_in_the_workbook_equal_the_screen(officer, round_, with_sample):
    sheet = sheets_of(get(officer, round_, "?format=xlsx"))["By size"]
    page = body(get(officer, round_))
    large = next(list(row) for row in sheet.iter_rows(values_only=True) if row[0] == "large")
    assert large[1:8] == ["Large", 20, 18, 17, 85, 17, 68.9]
    assert "68.9" in page


def test_a_file_name_holds_region_round_year_and_day(officer, round_, with_sample):
    from urllib.parse import unquote

    from reports.exports.names import day

    header = get(officer, round_, "?format=xlsx", "zh-hans").headers["Content-Disposition"]
    name = f"数衡_浙江省_2026-年浙江省评估_2026_{day()}.xlsx"
    assert unquote(header).endswith(name)


def test_an_unknown_table_is_not_found(officer, round_, with_sample):
    assert get(officer, round_, "?format=csv&table=secrets").status_code == 404


def test_figures_show_their_source_and_its_place(officer, round_, with_sample):
    page = body(get(officer, round_))
    assert "Made in China 2025" in page
    assert "表1，第 9 页" in page
    assert "Reference profile: Zhejiang" in page


def test_synthetic_rounds_say_so(officer, round_, with_sample):
    assert "Synthetic data" in body(get(officer, round_))
    assert "合成数据" in body(get(officer, round_, "", "zh-hans"))


def test_the_api_gives_the_cells_of_the_page(officer, round_, with_sample):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(officer)
    data = json.loads(client.get(f"/api/v1/dashboards/{round_.pk}/?size=small").content)
    table = next(each for each in data["tables"] if each["key"] == "by_region")
    cells = {row["code"]: row["cells"] for row in table["rows"]}
    assert cells["330100"]["mean"] == {"value": 58.3, "symbol": ""}
    assert cells["330900"]["mean"] == {"value": None, "symbol": "c"}
    assert client.get(f"/api/v1/dashboards/{round_.pk}/?region=440000").status_code == 403


def test_the_page_costs_the_same_with_one_submission_and_with_many(
    officer, round_, organisations, django_assert_num_queries, scored
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from assessment.models import Invitation
    from scoring.aggregates import refresh

    def cost() -> int:
        refresh(round_)
        client = Client()
        client.force_login(officer)
        address = reverse("reports:dashboard", args=[round_.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    before = cost()
    for number in range(12):
        other = organisations(f"9135010000000{number:05d}", f"企业{number}")
        Invitation.objects.create(round=round_, organisation=other)
        copy(scored, other)
    assert cost() == before


def copy(result, organisation):
    """Another enterprise's submission with the same answers and result."""
    from assessment.models import Submission
    from scoring.models import Result

    submission = Submission.unguarded.get(pk=result.submission_id)
    submission.pk, submission.receipt, submission.organisation = None, None, organisation
    submission._state.adding = True
    submission.save()
    twin = Result.unguarded.get(pk=result.pk)
    twin.pk, twin.submission, twin._state.adding = None, submission, True
    Result.unguarded.filter(submission=submission).delete()
    twin.save()
    return twin


def test_the_real_view_of_a_round_without_results_is_a_page_too(officer, round_):
    assert overview(round_, round_.region).counts.scored == 0
    page = body(get(officer, round_))
    assert "Zhejiang" in page
