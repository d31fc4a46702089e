"""The page of a result: who sees it, its states, what stands first."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from scoring.models import Result
from tests.reports.sample import in_order, sample_report

STATUS = {
    "enterprise": 200,
    "colleague": 200,
    "viewer": 200,
    "consultant": 200,
    "officer": 200,
    "outsider": 404,
    "operator": 200,
    "visitor": 302,
}


def page(user, submission, language="en", name="result-detail"):
    client = Client(headers={"Accept-Language": language})
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"reports:{name}", args=[submission.pk]))


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def with_sample(monkeypatch):
    """The page shows the sample report instead of the small instrument's."""
    monkeypatch.setattr("reports.views.results.build", lambda result: sample_report())


@pytest.mark.parametrize("who", STATUS)
@pytest.mark.parametrize("name", ["result-detail", "result-pdf"])
def test_only_those_with_a_view_of_the_submission_see_its_result(
    cast, scored, who, name, monkeypatch
):
    monkeypatch.setattr("reports.pdf.render", lambda report, language: b"%PDF")
    assert page(cast[who], scored.submission, name=name).status_code == STATUS[who]


def test_an_officer_sees_no_result_where_names_are_not_visible(scored, round_, officer):
    round_.names_visible = False
    round_.save()
    assert page(officer, scored.submission).status_code == 404


def test_a_revoked_consultant_loses_the_result_at_once(scored, consultant):
    from django.utils import timezone

    assert page(consultant, scored.submission).status_code == 200
    consultant.grants.update(revoked_at=timezone.now())
    assert page(consultant, scored.submission).status_code == 404


def test_a_draft_has_no_result_page(submission, enterprise):
    assert page(enterprise, submission).status_code == 404


def test_while_it_is_scored_the_page_polls_and_offers_a_way_without_scripts(submitted, enterprise):
    body = text(page(enterprise, submitted))
    address = reverse("reports:result-progress", args=[submitted.pk])
    assert f'hx-get="{address}"' in body
    assert "Your answers are being scored" in body
    assert reverse("reports:result-detail", args=[submitted.pk]) in body
    assert "SH-TEST-0001" in body


def test_when_the_score_is_there_the_poll_reloads_the_page(scored, enterprise):
    client = Client()
    client.force_login(enterprise)
    address = reverse("reports:result-progress", args=[scored.submission_id])
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert client.get(address).status_code == 302  # without scripts


def test_a_failure_is_told_in_plain_words_and_stops_the_polling(submitted, enterprise):
    Result.unguarded.create(submission=submitted, state="failed", error="Traceback: KeyError")
    body = text(page(enterprise, submitted))
    assert "This result could not be computed" in body
    assert "hx-get" not in body
    assert "Traceback" not in body


def test_what_scoring_found_is_told_in_the_language_of_the_page(submitted, enterprise):
    from scoring.jobs import outcome, score

    submitted.answers_json = {"Q2": {"part": 9, "whole": 3}}
    submitted.save()
    Result.unguarded.create(submission=submitted, **outcome(score(submitted)))
    found = Result.unguarded.get().payload["errors"][0]["message"]
    body = text(page(enterprise, submitted))
    assert found["en"] in body
    assert found["zh"] not in body


def test_the_first_screen_says_level_then_binding_then_standing_then_rows_then_steps(
    scored, enterprise, with_sample
):
    body = text(page(enterprise, scored.submission))
    screen = body[body.index("first-screen") : body.index("report-card")]
    said = [
        "Level 2: single applications",
        "2 more constrained scenarios must reach rung 2",
        "62.2% of 143 comparable enterprises",
        "Digital infrastructure and networked equipment",
        "Register the main business data",
        "+3.6 points",
        "Report (PDF)",
        "Why",
        "Peers",
    ]
    assert in_order([screen.index(each) for each in said])


def test_the_chinese_page_is_chinese(scored, enterprise, with_sample):
    body = text(page(enterprise, scored.submission, "zh-hans"))
    for said in [
        "二级：单项应用级",
        "约束性场景达到二级的还差 2 个",
        "143 家",
        "报告 PDF",
        "为什么",
        "合成数据",
    ]:
        assert said in body
    main = body[body.index("<main") : body.index("</main>")]
    words = re.sub(
        r"<code>.*?</code>|<script.*?</script>|<a [^>]*lang=\"en\".*?</a>|<[^>]*>", " ", main
    )
    english = set(re.findall(r"[A-Za-z]{4,}", words)) - {"shuheng", "engine"}
    assert not english


def test_every_dimension_shows_own_value_quartiles_median_target_and_n(
    scored, enterprise, with_sample
):
    body = text(page(enterprise, scored.submission))
    row = body[body.index('class="dimension"') :]
    for said in ["68.8%", "35.0%–62.0%", "48.0%", "143", "70.0%"]:
        assert said in row
    assert "own 68.8%; middle half of 143 peers from 35.0% to 62.0%, median 48.0%" in row


def test_published_targets_say_met_missing_and_unpublished_in_words(
    scored, enterprise, with_sample
):
    body = text(page(enterprise, scored.submission))
    for said in [
        "target met",
        "not met yet",
        "no published target",
        "not answered",
        "not comparable",
    ]:
        assert said in body


def test_the_trace_is_on_the_page_and_its_sum_is_the_total(scored, enterprise):
    body = text(page(enterprise, scored.submission))
    assert '<details id="why">' in body
    assert "Sum = total" in body
    assert "<strong>32.5</strong>" in body


def test_the_page_costs_the_same_number_of_queries_however_many_parts_it_has(
    scored, enterprise, with_sample, django_assert_max_num_queries
):
    client = Client()
    client.force_login(enterprise)
    with django_assert_max_num_queries(25):
        client.get(reverse("reports:result-detail", args=[scored.submission_id]))


def test_the_pdf_is_named_after_the_enterprise_and_the_year(scored, enterprise, monkeypatch):
    monkeypatch.setattr("reports.pdf.render", lambda report, language: f"%PDF {language}".encode())
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(enterprise)
    address = reverse("reports:result-pdf", args=[scored.submission_id])
    response = client.get(address)
    assert response.content == b"%PDF zh"
    assert "2026" in response.headers["Content-Disposition"]
    assert client.get(address + "?language=en").content == b"%PDF en"
