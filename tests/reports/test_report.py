"""The report built from a scored result."""

from decimal import Decimal as D

import pytest

from reports import sentences
from reports.building.dimensions import strengths_and_weaknesses
from reports.charts.radar import radar
from reports.report import build
from tests.reports.sample import dimensions, is_sum_exact, sample_report


@pytest.fixture
def report(scored):
    return build(scored)


def test_the_parts_of_the_trace_add_up_exactly_to_the_total(report):
    assert is_sum_exact(report)
    assert report.trace_sum == report.total == D("32.5")


def test_answers_stand_in_the_trace_in_words_and_never_as_codes(report):
    by_code = {part.code: part for part in report.trace}
    assert by_code["Q1"].answer == {
        "zh": "办公网络；车间网络",
        "en": "Office network; Shop-floor network",
    }
    assert by_code["Q2"].answer["en"] == "35 / 100\u00a0processes = 35.0%"
    assert by_code["Q5"].rule["en"] == "the chosen option earns 5"


def test_the_report_names_the_level_the_next_one_and_what_binds(report):
    assert (report.level, report.level_count) == (1, 3)
    assert report.level_name["zh"] == "起步级"
    assert report.next_level_name["en"] == "Managed"
    assert report.score_suffices
    assert sentences.binding(report).startswith('The score is enough for "Managed"')


def test_the_report_speaks_of_the_enterprise_as_it_was_at_submission(scored, regions):
    organisation = scored.submission.organisation
    organisation.region = regions["440300"]
    organisation.size = "large"
    organisation.save()
    report = build(scored)
    assert report.region["en"] == "Jiaxing, Zhejiang"
    assert report.size["en"] == "Small"


def test_not_applicable_and_unanswered_are_kept_apart(report):
    assert [text["en"] for text in report.not_applicable] == ["Purchasing"]
    assert [text["en"] for text in report.unanswered] == ["Main difficulties"]


def test_without_peers_the_report_says_why(report):
    assert report.cohort is None
    assert report.standing is None
    assert sentences.standing(report) == report.cohort_missing["en"]


def test_every_hash_that_proves_the_result_is_in_the_report(report, scored):
    assert report.instrument_sha256 == scored.instrument_sha256
    assert report.inputs_sha256 == scored.inputs_sha256
    assert report.engine == scored.engine


def test_the_sample_adds_up_too():
    assert is_sum_exact(sample_report())


def test_strengths_and_weaknesses_are_told_against_the_median_of_the_peers():
    strong, weak = strengths_and_weaknesses(dimensions())
    assert [row.code for row in strong] == ["infrastructure", "design", "management"]
    assert [row.code for row in weak] == ["data"]


def test_the_radar_leaves_out_what_is_not_scored_instead_of_drawing_nought():
    rows = dimensions()
    import dataclasses

    rows[0] = dataclasses.replace(rows[0], percent=None, score=None)
    data = radar(sample_report(dimensions=rows))
    assert len(data["axes"]) == 5
    assert all(None not in series["values"] for series in data["series"])
    assert "not drawn" in sentences.radar(sample_report(dimensions=rows))


def test_a_target_that_only_some_dimensions_have_is_not_drawn_as_a_shape():
    assert [each["role"] for each in radar(sample_report())["series"]] == ["own", "cohort"]


def test_at_the_highest_level_nothing_binds():
    report = sample_report(level=4, binding=[])
    assert sentences.binding(report) == "This is the highest level."


def test_an_observed_figure_is_never_called_a_target():
    rows = [row for row in sample_report().targets if row.kind == "observed"]
    assert {sentences.target_state(row) for row in rows} == {"for reference, not a target"}
