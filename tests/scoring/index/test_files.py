"""Spec and data files: what they may hold, and how each fault is told."""

from __future__ import annotations

import textwrap

import pytest

from scoring.index_files.specs import parse_spec, read_spec
from scoring.index_files.tables import read_table

HEAD = "format: shuheng.index/1\ndata: {unit: id}\n"
TREE = """
indicators:
  - {code: a, parent: top}
  - {code: b, parent: top}
nodes:
  - {code: top}
"""


def spec(text: str, tmp_path=None, head: str = HEAD):
    return parse_spec((head + textwrap.dedent(text)).encode(), "spec.yaml", tmp_path)


def faults(problems) -> set[tuple[int, str, str]]:
    return {(problem.line, problem.code, problem.rule) for problem in problems}


@pytest.fixture
def data(tmp_path):
    def write(text: str, name: str = "data.csv"):
        path = tmp_path / name
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    return write


def test_a_spec_without_steps_takes_given_weights_and_arithmetic_means():
    found, problems = spec(TREE)
    assert problems == []
    assert found.recipe.methods == ("arithmetic",)
    assert found.recipe.weights.tolist() == [1, 1, 1]
    assert found.recipe.normalise is None


def test_everything_wrong_is_told_at_once_with_line_and_code():
    _, problems = spec("""
    colour: blue
    indicators:
      - {code: a, parent: top, direction: 2}
      - {code: b, parent: tip, weight: -1}
      - {code: a, parent: top}
      - {code: c, parent: b, goalposts: [5, 1]}
      - {parent: top}
    nodes:
      - {code: top}
    steps:
      impute: group_mean
      treat: {winsorise: 1.5, skew: 2}
      normalise: {method: minmax, range: [100, 0]}
      aggregate: geometrick
      weigh: ahp
    """)
    assert faults(problems) == {
        (4, "", "unknown-key"),
        (6, "a", "direction"),
        (7, "b", "unknown-parent"),
        (7, "b", "number"),
        (8, "a", "duplicate-code"),
        (9, "c", "indicator-as-parent"),
        (9, "c", "goalposts"),
        (10, "", "missing-key"),
        (14, "", "missing-key"),
        (15, "", "number"),
        (15, "", "unknown-key"),
        (16, "", "number"),
        (17, "", "choice"),
        (18, "", "ahp"),
    }


@pytest.mark.parametrize(
    ("nodes", "fault"),
    [
        ("[{code: top}, {code: other}]", "several-roots"),
        ("[{code: top}, {code: top_rank, parent: top}]", "code"),
        ("[{code: top, parent: top}]", "no-root"),
        ("[{code: top}, {code: x, parent: top}]", "childless"),
        ("[{code: top}, {code: x, parent: y}, {code: y, parent: x}]", "loop"),
    ],
)
def test_what_is_no_tree_is_told(nodes, fault):
    _, problems = spec(TREE.split("nodes:")[0] + f"nodes: {nodes}")
    assert [problem.rule for problem in problems] == [fault]


@pytest.mark.parametrize("method", ["target", "goalposts"])
def test_normalising_by_values_needs_them(method):
    _, problems = spec(TREE + f"steps: {{normalise: {method}}}")
    assert [problem.rule for problem in problems] == [f"missing-{method}"] * 2


def test_settings_by_level_and_node_overrule_the_step(tmp_path):
    found, problems = spec("""
    indicators:
      - {code: a, parent: p}
      - {code: b, parent: q}
    nodes: [{code: p, parent: top}, {code: q, parent: top}, {code: top}]
    steps:
      aggregate: {method: median, availability: 0.5, levels: {2: harmonic},
                  nodes: {q: {availability: 1}}}
      weigh: {method: equal, nodes: {top: {method: ahp, children: [q, p],
                                           matrix: [[1, 3], [1/3, 1]]}}}
    """)
    assert problems == []
    assert found.recipe.methods == ("harmonic", "harmonic", "median")
    assert found.recipe.availability == (0.5, 1.0, 0.5)
    assert [weigh.method for weigh in found.recipe.weigh] == ["equal", "equal", "ahp"]
    # in the order of the tree's children, p before q
    assert found.recipe.weigh[2].parameters["matrix"] == ((1, 1 / 3), (3, 1))


def test_a_table_of_metadata_is_read_and_the_spec_overrules_it(tmp_path, data):
    data("""\
        Level,iCode,iName,Direction,Weight,Target,Denominator,Parent,Type
        1,a,A,-1,2,9,pop,top,Indicator
        1,b,B,1,1,,,top,Indicator
        2,top,Top,1,1,,,,Aggregate
        ,pop,People,,,,,,Denominator
    """, "meta.csv")  # fmt: skip
    found, problems = spec("metadata: meta.csv\nindicators: [{code: a, weight: 5}]", tmp_path)
    assert problems == []
    first = found.recipe.indicators[0]
    assert (first.direction, first.target, first.denominator) == (-1, 9, "pop")
    assert found.recipe.weights.tolist() == [5, 1, 1]
    assert found.recipe.tree.codes == ("a", "b", "top")


def test_faults_of_the_metadata_table_name_its_own_lines(tmp_path, data):
    path = data("iCode,Parent,Direction\na,top,up\nb,tap,1\ntop,,\n", "meta.csv")
    _, problems = spec("metadata: meta.csv", tmp_path)
    assert {(problem.file, problem.line, problem.rule) for problem in problems} == {
        (str(path), 2, "number"),
        (str(path), 3, "unknown-parent"),
    }


def test_a_missing_spec_is_told(tmp_path):
    found, problems = read_spec(tmp_path / "none.yaml")
    assert found is None
    assert problems[0].rule == "unreadable"


def test_the_table_has_its_columns_in_the_order_of_the_spec(data):
    found, _ = spec(TREE)
    read, problems = read_table(found, data("id,b,x,a\nu1,2,?,1\nu2,NA,?,\n"))
    assert problems == []
    assert read.table.units == ("u1", "u2")
    assert read.table.values[0].tolist() == [1, 2]
    assert read.table.values.tolist()[1] != read.table.values.tolist()[1]  # both unknown


def test_faults_of_the_data_name_line_and_column(data):
    found, _ = spec(TREE)
    path = data('id,a,b\nu1,1,2\nu2,x,1e999\nu1,3,4\n,5,6\nu5,1\nu6,"1,5",12%\n')
    read, problems = read_table(found, path)
    assert read is None
    assert faults(problems) == {
        (3, "a", "number"),
        (3, "b", "number"),
        (4, "u1", "duplicate-unit"),
        (5, "", "empty-cell"),
        (6, "", "cells"),
        (7, "a", "number"),
        (7, "b", "number"),
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id,a\nu1,1\n", (1, "b", "missing-column")),
        ("id,a,b,b\nu1,1,2,3\n", (1, "", "duplicate-column")),
        ("", (1, "", "empty")),
        ("id,a,b\n", (1, "", "empty")),
    ],
)
def test_a_table_without_what_the_spec_names_is_told(data, text, fault):
    found, _ = spec(TREE)
    _, problems = read_table(found, data(text))
    assert faults(problems) == {fault}


DIVIDED = TREE.replace("code: a,", "code: a, denominator: pop,")


def test_denominators_come_from_a_second_table_by_unit(tmp_path, data):
    data("who,pop\nz,9\nu2,4\nu1,\n", "people.csv")
    found, _ = spec(DIVIDED + "steps: {denominate: {file: people.csv, unit: who}}", tmp_path)
    read, problems = read_table(found, data("id,a,b\nu1,1,2\nu2,3,4\n"))
    assert problems == []
    assert repr(read.table.denominators["pop"].tolist()) == "[nan, 4.0]"


def test_the_step_may_list_what_is_divided_by_what():
    found, problems = spec(
        DIVIDED + "steps: {denominate: {indicators: {b: {denominator: area, scale: 1000}}}}"
    )
    assert problems == []
    assert [(one.denominator, one.scale) for one in found.recipe.indicators] == [
        (None, 1.0), ("area", 1000.0),
    ]  # fmt: skip
    _, problems = spec(DIVIDED + "steps: {denominate: {indicators: {c: area}}}")
    assert faults(problems) == {(9, "", "unknown-key")}


def test_denominators_that_are_zero_or_absent_are_told(tmp_path, data):
    found, _ = spec(DIVIDED + "steps: {denominate: true}")
    table = data("id,a,b,pop\nu1,1,2,0\nu2,3,4,1\n")
    _, problems = read_table(found, table)
    assert faults(problems) == {(2, "pop", "zero-denominator")}
    _, problems = read_table(found, table, data("id,pop\nu1,1\n", "people.csv"))
    assert faults(problems) == {(3, "u2", "no-denominators")}


def test_a_unit_that_screening_names_must_exist(data):
    found, _ = spec(TREE + "steps: {screen: {include: [u9]}}")
    _, problems = read_table(found, data("id,a,b\nu1,1,2\n"))
    assert faults(problems) == {(9, "u9", "unknown-unit")}


def test_options_of_the_uncertainty_analysis_are_read_and_checked():
    found, problems = spec(TREE + "uncertainty: {treat: [none, {winsorise: 2}], weigh: pca, "
                           "noise: {levels: {1: 0.5}}, aggregate: [median], first: 3}")  # fmt: skip
    assert problems == []
    options = found.uncertainty
    assert (options.treat[0], options.treat[1].points, options.first) == (None, 2, 3)
    assert (options.weigh[0].method, options.aggregate) == ("pca", ("median",))
    assert options.noise.levels == {1: 0.5}
    _, problems = spec(TREE + "uncertainty: {noise: {levels: {1: 1.5, 7: 0.1}}}")
    assert faults(problems) == {(9, "", "number"), (9, "", "unknown-key")}
