"""The example in docs/instrument-format.md loads and scores as it says there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

from questionnaires.instruments import definition, points, questions
from questionnaires.instruments.expressions import _FUNCTIONS
from questionnaires.instruments.fields import Part
from scoring.one import score_one
from tests.scoring.engine.support import loaded, small

DOCS = Path(__file__).parents[2] / "docs"
FORMAT = (DOCS / "instrument-format.md").read_text(encoding="utf-8")
EXAMPLE = FORMAT[FORMAT.index("## A complete example") :]


def example():
    found = re.search(r"```yaml\n(.*?)```", EXAMPLE, re.S)
    assert found
    return loaded(yaml.safe_load(found[1]))


def test_the_example_scores_as_the_text_works_out():
    found = re.search(r"```json\n(.*?)```", EXAMPLE, re.S)
    assert found
    given = json.loads(found[1])
    result = score_one(example(), {}, given["answers"], given["id"])
    assert result["items"] == {
        "online": 10, "online_share": 10, "channels": 5, "stock": 2, "trained_share": 2,
    }  # fmt: skip
    assert result["nodes"] == {"selling": 25, "running": 4, "total": 57.666667}
    assert (result["level"], result["level_code"]) == (1, "starter")
    assert [(b["kind"], b["gap"]) for b in result["binding"]] == [
        ("score", 12.333333),
        ("rungs", 1),
    ]
    for number in ("57.666667", "12.333333"):
        assert number in EXAMPLE


def test_a_shop_that_is_not_online_is_judged_by_the_rest():
    result = score_one(example(), {}, {"online": False, "channels": ["live"]})
    assert result["not_asked"] == ["online_share"]
    assert result["nodes"]["selling"] == 4.5  # 2 of 16, stretched to 36


def test_the_example_refuses_more_trained_people_than_staff():
    result = score_one(example(), {}, {"staff": 2, "trained": 3})
    assert [e["code"] for e in result["errors"]] == ["more_trained_than_staff"]


def test_every_field_and_function_of_the_format_is_described():
    names = {
        name
        for module in (definition, points, questions)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Part)
        for name in thing.model_fields
    }
    missing = [name for name in names if not re.search(rf"\b{name}\b", FORMAT)]
    missing += [name for name in _FUNCTIONS.values() if name not in FORMAT]
    assert not missing


def test_the_kinds_of_the_table_are_those_that_load():
    rows = re.findall(r"^\| `(\w+)` \|", FORMAT, re.M)
    for kind in rows[:10]:
        question = {"code": "Q", "kind": kind, "text": "题"}
        question |= (
            {"options": [{"code": "A", "text": "甲"}]} if kind in ("single", "multiple") else {}
        )
        question |= {"rungs": [{"text": "零"}, {"text": "一"}]} if kind == "ladder" else {}
        small([question])
    assert len(rows) >= 10
