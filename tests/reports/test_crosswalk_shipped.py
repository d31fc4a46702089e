"""One answer set of a shipped questionnaire gives results under three others everywhere."""

from __future__ import annotations

from io import BytesIO

import pytest
import yaml

from reports.building.annexes import with_annexes
from reports.building.crosswalk import crosswalk, results_among
from reports.report import build
from tests.scoring.shipped import INSTRUMENTS
from tests.scoring.test_enterprise_digital_economy import FACTORY, MIDDLE

pytestmark = pytest.mark.django_db
THREE = ["miit-sme-2024", "smart-enterprise", "supply-chain-resilience"]


def document(code: str) -> dict:
    return yaml.safe_load((INSTRUMENTS / f"{code}.yaml").read_text("utf-8"))


@pytest.fixture
def instrument_version(publish):
    return publish(document("enterprise-digital-economy"))


@pytest.fixture
def answered(submitted, publish):
    """A factory's answers, scored, with three other shipped questionnaires published."""
    from scoring.jobs import outcome, score
    from scoring.models import Result

    for code in THREE:
        publish(document(code))
    submitted.profile, submitted.answers_json = FACTORY, MIDDLE
    submitted.save()
    return Result.unguarded.create(submission=submitted, **outcome(score(submitted)))


def test_one_answer_set_gives_results_under_three_others_on_page_api_and_paper(
    answered, enterprise, client
):
    rows = crosswalk(answered.submission)
    assert {row.code for row in results_among(rows)} == set(THREE)
    for row in rows:
        assert 0 < row.percent < 100
        assert 0 < row.low < row.high < row.max
        assert row.remaining
    client.force_login(enterprise)
    client.cookies["django_language"] = "en"
    html = client.get(f"/results/{answered.submission.pk}/crosswalk/").content.decode()
    assert "a result under 3 other questionnaires" in html
    assert html.count("Full score between") == html.count(" % of the points") == 3
    report = client.get(f"/api/v1/reports/{answered.submission.pk}/").json()
    told = {row["code"]: row for row in report["annexes"]["others"]}
    assert all(float(told[row.code]["low"]) == float(row.low) for row in rows)
    assert _printed(answered).count(" / 100") >= 3


def _printed(result) -> str:
    from pypdf import PdfReader

    from reports.pdf import render

    report = with_annexes(build(result), result, None)
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(render(report, "en"))).pages)
    return text[text.rindex("Other questionnaires") :] if "Other questionnaires" in text else text
