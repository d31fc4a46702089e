"""A faulty instrument is refused with every fault named, whatever the file holds."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.instruments import canonical, load_definition, sha256_of, validate
from questionnaires.instruments.questions import unit_key
from tests.scoring.engine.support import HERE, everything

TEXT = (HERE / "everything.yaml").read_text(encoding="utf-8")
Q1, Q2, Q3, Q4, Q5 = (("sections", 0, "questions", n) for n in range(5))
S1 = ("sections", 1, "questions", 0)
CHILDREN = ("tree", "children")
L2, L3 = (("levels", "steps", n, "all") for n in (1, 2))


def document() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(TEXT)
    return data


def put(data: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    if value is ...:
        del data[path[-1]]
    else:
        data[path[-1]] = value


# path to change, new value (… deletes), expected code, where the problem is reported (None: there)
FAULTS = [
    (("format",), "other/1", "unknown_value", None),
    (("colour",), "red", "unknown_field", None),
    (("version",), 1.0, "bad_version", None),
    (("title",), ..., "missing_field", None),
    (("title",), {"en": "Only English"}, "no_chinese", None),
    (("title",), {"zh": 5}, "not_a_text", None),
    ((*Q4, "unit"), {"en": "machines"}, "no_chinese", None),
    ((*Q4, "unit"), 5, "not_a_text", None),
    (("notice",), ..., "missing_field", None),
    (("status",), "best", "unknown_value", None),
    (("sections",), [], "wrong_value", None),
    ((*Q1, "code"), "1Q", "bad_code", None),
    ((*Q1, "code"), True, "bad_code", None),
    ((*Q1, "code"), "profile", "reserved_code", None),
    ((*Q1, "kind"), "many", "unknown_value", Q1),
    ((*Q1, "kind"), ..., "unknown_value", Q1),
    ((*Q1, "relevent"), "Q5", "unknown_field", None),
    ((*Q1, "options", 1, "code"), "A", "duplicate_code", None),
    ((*Q1, "options", 1, "points"), -1, "points_out_of_range", None),
    ((*Q1, "options", 1, "points"), "viel", "not_a_number", None),
    ((*Q1, "options", 1, "points"), True, "not_a_number", None),
    ((*Q1, "options", 1, "points"), float("nan"), "too_large", None),
    ((*Q1, "options", 1, "points"), 0.1234567, "too_many_decimals", None),
    ((*Q1, "options", 1, "exclusive"), True, "exclusive_in_single", None),
    ((*Q1, "points"), {"expression": "1", "max": 2}, "points_twice", None),
    ((*Q1, "required"), "yes", "wrong_value", None),
    ((*Q2, "code"), "Q1", "duplicate_code", None),
    ((*Q2, "code"), "total", "duplicate_code", ("tree", "code")),
    ((*Q3, "max"), -5, "empty_range", None),
    ((*Q3, "points", "linear", "best"), 0, "flat_line", (*Q3, "points", "linear")),
    ((*Q3, "points"), {"curve": 1}, "unknown_value", (*Q3, "points")),
    ((*Q4, "points", "bands", 1, "interval"), "(10;20]", "bad_interval", None),
    ((*Q4, "points", "bands", 1, "interval"), "(20,10]", "empty_interval", None),
    ((*Q4, "points", "bands", 1, "interval"), "[10,20]", "bands_overlap", None),
    ((*Q4, "points", "bands", 1, "interval"), "(11,20]", "band_gap", None),
    ((*Q4, "points", "bands", 4, "interval"), "(60,90]", "band_gap", None),
    ((*Q4, "points", "bands", 0, "interval"), "(0,10]", "band_gap", None),
    ((*Q4, "relevant"), "Q5", "not_yet_asked", None),
    ((*Q4, "relevant"), "Q4 > 1", "not_yet_asked", None),
    ((*Q4, "relevant"), "share > 1", "not_yet_asked", None),
    ((*Q5, "relevant"), "Q4 = 'A'", "type_mismatch", None),
    ((*Q5, "relevant"), "Q4 + 1", "not_a_condition", None),
    ((*Q5, "relevant"), "Q1 = 'Z'", "unknown_option", None),
    ((*Q5, "relevant"), "SUM(Q4) > 1", "not_allowed", None),
    ((*Q5, "relevant"), "Q4 > (SELECT 1)", "not_allowed", None),
    ((*Q5, "relevant"), "Q4 >", "bad_expression", None),
    ((*Q5, "relevant"), 5, "not_an_expression", None),
    ((*Q5, "relevant"), "points.Q1 > 1", "unknown_name", None),
    ((*S1, "rungs"), [{"text": "一"}], "wrong_value", None),
    ((*S1, "advice"), [{"text": "做"}], "one_condition", (*S1, "advice", 0)),
    (
        (*S1, "advice"),
        [{"rung_below": 9, "text": "做"}],
        "unknown_rung",
        (*S1, "advice", 0, "rung_below"),
    ),
    (
        (*S1, "advice"),
        [{"lacking": "Z", "text": "做"}],
        "unknown_option",
        (*S1, "advice", 0, "lacking"),
    ),
    (("computed", 0, "value"), "N1 / nothing", "unknown_name", None),
    (("computed", 0, "value"), "N1 > N2", "not_a_number", None),
    (("computed", 0, "value"), "share + 1", "unknown_name", None),
    (("computed", 0, "points", "bands", 1, "interval"), "(10,100]", "band_gap", None),
    (("checks", 0, "questions"), ["Q99"], "unknown_question", ("checks", 0, "questions", 0)),
    (("checks", 1, "code"), "C1", "duplicate_code", None),
    (("checks", 0, "severity"), "fatal", "unknown_value", None),
    ((*CHILDREN, 0, "children", 0, "question"), "Q99", "unknown_question", None),
    ((*CHILDREN, 0, "children", 0, "question"), "T1", "no_points", None),
    (
        (*CHILDREN, 0, "children", 0, "question"),
        "Q2",
        "twice_in_tree",
        (*CHILDREN, 0, "children", 1, "question"),
    ),
    ((*CHILDREN, 0, "children", 0), ..., "not_in_tree", (*Q1, "code")),
    ((*CHILDREN, 0, "weight"), 0, "weight_not_positive", None),
    ((*CHILDREN, 0, "weight"), -1, "weight_not_positive", None),
    ((*CHILDREN, 0, "max"), 21, "max_mismatch", None),
    ((*CHILDREN, 0, "aggregate"), "median", "unknown_value", None),
    ((*CHILDREN, 0, "children"), [], "wrong_value", None),
    (("tree",), ..., "missing_field", None),
    ((*L2, 0, "score", "node"), "nowhere", "unknown_node", None),
    ((*L2, 0), {}, "one_condition", None),
    ((*L2, 0, "level"), "L1", "one_condition", (*L2, 0)),
    ((*L2, 1, "rungs", "at_least"), 4, "out_of_reach", None),
    ((*L2, 1, "rungs", "rung"), 9, "unknown_rung", None),
    ((*L2, 1, "rungs", "share"), 50, "one_condition", (*L2, 1, "rungs")),
    ((*L2, 1, "rungs", "tagged"), "nobody", "nothing_counted", (*L2, 1, "rungs")),
    ((*L2, 1, "rungs", "questions"), ["Q1"], "not_a_ladder", (*L2, 1, "rungs", "questions", 0)),
    ((*L2, 2, "minimum", "nodes"), ["sums", "x"], "unknown_node", (*L2, 2, "minimum", "nodes", 1)),
    ((*L3, 0, "level"), "L3", "unknown_level", None),
    ((*L3, 3, "any", 0, "holds", "when"), "points.T9 > 1", "unknown_name", None),
]


@pytest.mark.parametrize(("path", "value", "code", "place"), FAULTS)
def test_a_fault_is_named_where_it_stands(path, value, code, place):
    data = document()
    put(data, path, value)
    definition, problems = validate(data)
    assert definition is None
    assert (place or path, code) in [(p.path, p.code) for p in problems]
    assert all(str(p.expected) and str(p.fix) for p in problems)


def test_several_faults_are_all_reported_at_once():
    data = document()
    put(data, (*Q1, "options", 1, "points"), -1)
    put(data, (*Q3, "points", "linear", "best"), 0)
    put(data, (*CHILDREN, 0, "weight"), 0)
    put(data, ("colour",), "red")
    codes = [problem.code for problem in validate(data)[1]]
    expected = ["points_out_of_range", "flat_line", "weight_not_positive", "unknown_field"]
    assert codes == expected


def test_unknown_references_are_all_reported_at_once():
    data = document()
    put(data, (*L2, 0, "score", "node"), "nowhere")
    put(data, ("checks", 0, "when"), "N9 > 1")
    put(data, (*CHILDREN, 0, "children", 0, "question"), "Q99")
    codes = [problem.code for problem in validate(data)[1]]
    assert {"unknown_node", "unknown_name", "unknown_question", "not_in_tree"} <= set(codes)


def test_a_misspelt_field_is_met_with_the_right_one():
    data = document()
    put(data, (*Q1, "relevent"), "Q5")
    assert "relevant" in str(validate(data)[1][0].fix)


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just(10**400),
    st.just({}),
    st.just([]),
    st.just({1: {None: []}}),
    st.just([[[[]]]]),
    st.binary(max_size=3),
    st.dates(),
    st.just({"zh": None}),
    st.just({("a", "b"): 1}),
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in a document."""
    found = [path] if path else []
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        found += places(value, (*path, key))
    return found


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_junk_anywhere_never_breaks_the_check(data):
    damaged = document()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places(damaged)))
        put(damaged, place, copy.deepcopy(data.draw(JUNK)))
    definition, problems = validate(damaged)
    assert (definition is None) == bool(problems)


@given(st.recursive(JUNK, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
@settings(max_examples=100, deadline=None)
def test_any_document_is_answered_with_problems(data):
    assert validate(data)[0] is None
    assert validate(data)[1]


@pytest.mark.parametrize("place", [("title",), (*Q1, "options", 1, "points"), (*Q1, "code")])
def test_a_number_of_thousands_of_digits_is_only_a_fault(place):
    data = document()
    put(data, place, 10**5000)
    assert [p.path for p in validate(data)[1]] == [place]


def test_a_document_that_contains_itself_is_refused():
    data = document()
    data["sections"][0]["intro"] = data
    assert [p.code for p in validate(data)[1]] == ["too_deep"]


def test_a_document_of_exploding_aliases_is_refused():
    data: Any = ["x"]
    for _ in range(60):
        data = [data, data]
    assert validate({"format": data})[0] is None


def test_the_canonical_form_reads_back_the_same():
    again = load_definition(canonical(everything()))
    assert again == everything()
    assert sha256_of(canonical(again)) == everything().sha256


def test_what_is_written_differently_but_means_the_same_has_one_hash():
    data = document()
    put(data, (*Q1, "required"), True)
    put(data, (*Q1, "options", 1, "points"), 2.50)
    put(data, (*Q1, "text"), {"zh": "单选", "en": "单选"})
    put(data, (*Q4, "points", "bands", 0, "interval"), "[ 0 , 10.0 ]")
    definition, _ = validate(dict(reversed(data.items())))
    assert definition is not None
    assert definition.sha256 == everything().sha256


def test_a_problem_speaks_the_language_of_whoever_reads_it():
    data = document()
    put(data, (*Q3, "max"), -5)
    (problem,) = [p for p in validate(data)[1] if p.code == "empty_range"]
    with override("en"):
        assert str(problem.expected) == "max not below min"
        assert str(problem).endswith("expected max not below min; swap min and max")
    with override("zh-hans"):
        assert str(problem.fix) == "把 min 与 max 对调"


@pytest.mark.parametrize(("path", "value", "code", "where"), FAULTS)
def test_every_problem_is_said_in_chinese_too(path, value, code, where):
    data = document()
    put(data, path, value)
    with override("zh-hans"):
        texts = [str(words) for p in validate(data)[1] for words in (p.expected, p.fix)]
    spoken = [text for text in texts if not re.search("[\u4e00-\u9fff]", text)]
    assert not [text for text in spoken if re.search("[a-z]{2,} [a-z]{2,}", text)]


def test_a_unit_is_a_text_in_one_or_two_languages():
    data = document()
    for written in ("台", {"zh": "台", "en": "台"}):
        put(data, (*Q4, "unit"), written)
        definition, problems = validate(data)
        assert definition is not None, problems
        question = list(definition.questions.values())[3]
        assert (question.unit, unit_key(question)) == ({"zh": "台", "en": "台"}, "台")


def test_an_empty_unit_is_none():
    data = document()
    put(data, (*Q4, "unit"), "")
    definition, problems = validate(data)
    assert definition is not None, problems
    assert "unit" not in canonical(definition)["sections"][0]["questions"][3]


def test_any_change_of_meaning_changes_the_hash():
    changes = [
        ((*Q1, "options", 1, "points"), 2.6),
        ((*Q1, "missing"), "full"),
        (("title",), "别的"),
    ]
    hashes = {everything().sha256}
    for path, value in changes:
        data = copy.deepcopy(document())
        put(data, path, value)
        definition, problems = validate(data)
        assert definition is not None, problems
        hashes.add(definition.sha256)
    assert len(hashes) == len(changes) + 1


def test_a_definition_cannot_be_changed():
    with pytest.raises(Exception, match="frozen"):
        everything().code = "other"
