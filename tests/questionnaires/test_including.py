"""An instrument takes in another as a module, by content and not by name alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from questionnaires.catalogue.documents import read_document
from questionnaires.catalogue.instrument_files import read
from questionnaires.catalogue.modules import find_module
from questionnaires.instruments import canonical, load_definition, sha256_of, validate
from scoring.one import score_one

OUTCOMES = "outcomes-before-after@1.0"
MODULE = {
    "format": "shuheng.instrument/1",
    "code": "module",
    "version": "1",
    "status": "official",
    "title": "模块",
    "sections": [
        {
            "code": "m",
            "title": "模块",
            "questions": [
                {
                    "code": "m1",
                    "kind": "yes_no",
                    "text": "甲？",
                    "points": {"yes": 4, "no": 0},
                    "advice": [{"points_below": 4, "text": "做甲。"}],
                },
                {
                    "code": "m2",
                    "kind": "single",
                    "text": "乙？",
                    "options": [
                        {"code": "A", "text": "否", "points": 0},
                        {"code": "B", "text": "是", "points": 1},
                    ],
                },
            ],
        }
    ],
    "checks": [{"code": "mc", "when": "m1 AND m2 = 'A'", "message": "请核对。"}],
    "tree": {
        "code": "mtree",
        "title": "模块",
        "aggregate": "sum",
        "children": [{"question": "m1"}, {"question": "m2"}],
    },
}


def module() -> dict[str, Any]:
    definition, problems = validate(MODULE)
    assert definition is not None, problems
    return canonical(definition)


def find(label: str) -> dict[str, Any] | None:
    return module() if label == "module@1" else None


def own(**more: Any) -> dict[str, Any]:
    question = {"code": "q1", "kind": "yes_no", "text": "丙？", "points": {"yes": 1, "no": 0}}
    base = {key: MODULE[key] for key in ("format", "version", "status", "title")}
    tree = {"code": "total", "title": "总分", "aggregate": "weighted_mean"}
    tree["children"] = [{"question": "q1"}]
    sections = [{"code": "s", "title": "自己", "questions": [question]}]
    return (
        base | {"code": "own", "include": ["module@1"], "sections": sections, "tree": tree} | more
    )


def defined(**more: Any) -> Any:
    definition, problems = validate(own(**more), find)
    assert definition is not None, problems
    return definition


def codes(**more: Any) -> list[tuple[Any, str]]:
    return [(p.path, p.code) for p in validate(own(**more), find)[1]]


def test_sections_and_checks_are_taken_in_after_the_own_ones():
    definition = defined()
    assert [section.code for section in definition.sections] == ["s", "m"]
    assert [check.code for check in definition.checks] == ["mc"]


def test_the_hash_of_the_module_is_part_of_the_canonical_form():
    data = canonical(defined())
    recorded = {"code": "module", "version": "1", "sha256": sha256_of(module())}
    assert data["included"] == [recorded]
    assert "include" not in data
    assert load_definition(data).sha256 == sha256_of(data) == defined().sha256


def test_an_instrument_without_modules_keeps_its_canonical_form():
    definition, _ = validate(MODULE)
    assert "included" not in canonical(definition)


def test_what_the_tree_does_not_name_is_asked_without_points():
    definition = defined()
    assert [q.code for q in definition.questions.values() if q.points is not None] == ["q1"]
    assert definition.questions["m2"].option_points() is None
    assert definition.questions["m1"].advice == ()
    assert score_one(definition, {}, {"q1": True, "m1": False})["total"] == 100


def test_the_tree_of_a_module_can_stand_in_the_own_tree():
    children = [{"question": "q1", "weight": 3}, {"module": "module@1", "weight": 1}]
    tree = {"code": "total", "title": "总分", "aggregate": "weighted_mean", "children": children}
    definition = defined(tree=tree)
    # three quarters from q1, and of the last quarter 4 of 5 points
    assert score_one(definition, {}, {"q1": True, "m1": True, "m2": "A"})["total"] == 95
    assert len(definition.questions["m1"].advice) == 1


def test_single_questions_of_a_module_can_be_scored():
    children = [{"question": "q1"}, {"question": "m1"}]
    tree = {"code": "total", "title": "总分", "aggregate": "sum", "children": children}
    assert score_one(defined(tree=tree), {}, {"q1": True, "m1": True})["total"] == 5


@pytest.mark.parametrize(
    ("named", "place"),
    [
        (["nowhere@1"], ("include", 0)),
        (["module"], ("include", 0)),
        ([7], ("include", 0)),
        (["module@1", "module@1"], ("include", 1)),
        ([], ("include",)),
        ("module@1", ("include",)),
    ],
)
def test_a_module_that_cannot_be_taken_in_is_named(named, place):
    assert [path for path, _ in codes(include=named)] == [place]


def test_a_tree_may_only_name_a_module_that_is_included():
    tree = {"code": "total", "title": "总分", "aggregate": "sum"}
    wrong = tree | {"children": [{"question": "q1"}, {"module": "other@1"}]}
    assert codes(tree=wrong) == [(("tree", "children", 1, "module"), "unknown_module")]
    odd = tree | {"children": [{"question": "q1"}, {"module": "module@1", "scale": 9}]}
    assert codes(tree=odd) == [(("tree", "children", 1, "scale"), "unknown_field")]


def test_a_code_that_both_use_is_refused():
    question = {"code": "m1", "kind": "yes_no", "text": "丙？"}
    sections = [{"code": "s", "title": "自己", "questions": [question]}]
    found = codes(sections=sections, tree=None) + codes(sections=sections)
    assert found


def test_what_was_included_is_never_written_by_hand():
    forged = [{"code": "module", "version": "1", "sha256": "0" * 64}]
    assert codes(included=forged) == [(("included",), "unknown_field")]


def test_without_a_catalogue_nothing_is_included():
    definition, problems = validate(own())
    assert definition is None
    assert [problem.code for problem in problems] == ["unknown_module"]


def write(folder: Path, name: str, data: Any) -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return path


def test_the_outcomes_module_is_found_among_the_shipped_files(tmp_path):
    path = write(tmp_path, "own.yaml", own(include=[OUTCOMES]))
    document = read_document(path)
    edition = read(document)
    assert document.problems == []
    assert edition is not None
    definition = load_definition(edition.definition)
    assert len(definition.questions) == 28
    assert definition.included[0].sha256 == sha256_of(find_module(OUTCOMES))
    answers = {"q1": True, "design_cycle": {"before": 7, "after": 1}}
    assert score_one(definition, {}, answers)["errors"] == []


def test_a_module_beside_the_file_is_found(tmp_path):
    write(tmp_path, "other-name.yaml", MODULE)
    document = read_document(write(tmp_path, "own.yaml", own()))
    assert read(document) is not None
    assert document.problems == []


def test_a_module_that_includes_others_is_no_module(db, tmp_path):
    write(tmp_path, "inner.yaml", own(code="inner"))
    path = write(tmp_path, "own.yaml", own(include=["inner@1"]))
    document = read_document(path)
    assert read(document) is None
    assert [problem.rule for problem in document.problems] == ["unknown_module"]


def test_a_published_module_serves_where_its_file_is_gone(db, tmp_path):
    from questionnaires.catalogue.loading import load_catalogue

    outcome = load_catalogue([write(tmp_path, "module.yaml", MODULE)])
    assert outcome.problems == []
    (tmp_path / "module.yaml").unlink()
    outcome = load_catalogue([write(tmp_path, "own.yaml", own())])
    assert (outcome.problems, outcome.written) == ([], True)
