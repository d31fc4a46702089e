"""What must hold for any answers at all."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.one import score_one, score_rows
from tests.scoring.engine.support import answers_of, everything, miit, plain_node, top

SIZES = st.sampled_from([{}, {"size": "micro"}, {"size": "small", "industry": "C36"}])
QUICK = settings(max_examples=60, deadline=None)


def text(result: dict) -> str:
    return json.dumps(result, ensure_ascii=False)


@QUICK
@given(answers_of(everything()), SIZES)
def test_scores_are_what_plain_fractions_give(answers, profile):
    result = score_one(everything(), profile, answers)
    if result["errors"]:
        return
    for code, score in result["nodes"].items():
        expected = plain_node(everything(), code, result["items"])
        if expected is None or score is None:
            assert score is None
            assert expected is None
            continue
        # Nothing but a geometric mean may be off, and that by the last decimal only.
        tolerance = Fraction(2, 10**6) if code in ("geometric", "total") else 0
        assert abs(Fraction(Decimal(str(score))) - expected) <= tolerance


@QUICK
@given(answers_of(everything()), SIZES)
def test_scores_stay_between_nothing_and_their_maximum(answers, profile):
    result = score_one(everything(), profile, answers)
    for code, score in result["nodes"].items():
        if score is not None:
            assert (
                0
                <= Decimal(str(score))
                <= Decimal(float(top(everything(), everything().nodes[code])))
            )


@QUICK
@given(answers_of(everything()), SIZES)
def test_contributions_add_up_exactly_to_the_total(answers, profile):
    result = score_one(everything(), profile, answers)
    parts = [Decimal(str(part["contribution"])) for part in result["trace"]["parts"]]
    if result["total"] is None:
        assert not parts
        return
    assert sum(parts) == Decimal(str(result["trace"]["sum"])) == Decimal(str(result["total"]))


@QUICK
@given(st.lists(answers_of(everything()), min_size=1, max_size=8), st.randoms())
def test_neither_batch_nor_order_changes_a_byte(batch, random):
    rows = [(n, {}, answers) for n, answers in enumerate(batch)]
    alone = [text(score_one(everything(), p, a, n)) for n, p, a in rows]
    assert [text(r) for r in score_rows(everything(), rows)] == alone
    shuffled = random.sample(rows, len(rows))
    found = {r["id"]: text(r) for r in score_rows(everything(), shuffled)}
    assert [found[n] for n in range(len(rows))] == alone


@QUICK
@given(answers_of(everything()), st.randoms())
def test_the_order_of_answers_does_not_matter(answers, random):
    turned = dict(random.sample(list(answers.items()), len(answers)))
    assert text(score_one(everything(), {}, answers)) == text(score_one(everything(), {}, turned))


@QUICK
@given(answers_of(miit()), st.sampled_from([f"S{n}" for n in range(1, 17)]))
def test_one_rung_higher_never_lowers_the_level(answers, scenario):
    said = answers.get(scenario)
    rung = said if isinstance(said, int) and not isinstance(said, bool) else 0
    better = answers | {scenario: min(4, rung + 1)}
    before, after = score_rows(miit(), [(1, {}, answers), (2, {}, better)])
    assert after["level"] >= before["level"]
    assert after["total"] == before["total"]


@QUICK
@given(answers_of(miit()), st.sampled_from(["Q1", "Q4", "Q6", "Q7", "Q9", "Q10"]), st.data())
def test_choosing_one_more_never_lowers_the_total(answers, code, data):
    options = [o.code for o in miit().questions[code].options if not o.exclusive]
    said = answers.get(code)
    chosen = [c for c in said if c in options] if isinstance(said, list) else []
    better = answers | {code: sorted({*chosen, data.draw(st.sampled_from(options))})}
    before, after = score_rows(miit(), [(1, {}, answers), (2, {}, better)])
    assert after["total"] >= before["total"]
    assert after["level"] >= before["level"]


@QUICK
@given(answers_of(miit()))
def test_points_of_the_shipped_instrument_add_up_without_rounding(answers):
    result = score_one(miit(), {}, answers)
    items = sum(Decimal(str(points)) for points in result["items"].values())
    assert Decimal(str(result["total"])) == items
    for part in result["trace"]["parts"]:
        assert part["contribution"] == part["points"]


@pytest.mark.parametrize("instrument", [everything, miit])
def test_the_compiled_form_is_plain_json(instrument):
    compiled = instrument().compiled
    assert json.loads(json.dumps(compiled)) == compiled
