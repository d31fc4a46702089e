"""What an enterprise said before is proposed where another questionnaire asks the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assessment import prefill
from tests.scoring.shipped import definition

OWN, EU, SMART = "enterprise-digital-economy-2", "dmat-sme", "smart-enterprise"


@pytest.fixture
def proposed(monkeypatch):
    """Proposals for a questionnaire after earlier ones, the latest first."""

    def found(target: str, *earlier: tuple[str, dict]) -> dict:
        submissions = [
            SimpleNamespace(
                pk=number, answers_json=answers, round=SimpleNamespace(instrument_version=code)
            )
            for number, (code, answers) in enumerate(earlier, 1)
        ]
        monkeypatch.setattr(prefill, "_submitted", lambda submission: submissions)
        monkeypatch.setattr(prefill, "definition_of", definition)
        rows = prefill.proposals(definition(target), SimpleNamespace())
        return {question: (value, source) for question, value, source in rows}

    return found


def test_options_and_rungs_are_proposed_where_they_read_the_same(proposed):
    answers = {"sys_psi": 3, "ai_uses": ["B", "C"], "nc_rate": {"part": 1, "whole": 2}}
    found = proposed(SMART, (OWN, answers))
    assert found["sys_psi"] == (3, 1)
    assert sorted(found["ai_uses"][0]) == ["B", "C"]
    assert found["nc_rate"] == ({"part": 1, "whole": 2}, 1)


def test_what_follows_by_a_stated_rule_is_proposed_too(proposed):
    assert proposed(EU, (OWN, {"design_tool_kinds": ["C"]})) == {"Q18_1": (5, 1)}


def test_the_latest_of_several_submissions_counts_and_the_earlier_fill_what_it_left(proposed):
    found = proposed(OWN, (SMART, {"sys_psi": 2}), (OWN, {"sys_psi": 4, "sys_hr": 1}))
    assert found["sys_psi"] == (2, 1)
    assert found["sys_hr"] == (1, 2)


def test_not_known_and_not_applicable_are_not_proposed(proposed):
    assert proposed(OWN, (OWN, {"sys_psi": {"unknown": True}})) == {}
