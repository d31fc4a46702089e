"""Every kind of fault is named with file, line, code, what was expected and what to do."""

from __future__ import annotations

import pytest
from django.utils import translation

from questionnaires.catalogue.loading import load_catalogue
from questionnaires.catalogue.problems import Unusable
from questionnaires.models import Figure, Source

SOURCE = "sources:\n  - {code: s, title: 甲, publisher: 乙, kind: book, published: 2019}\n"
INDICATOR = "indicators:\n  - {code: i, name: 甲, definition: 乙, level: region}\n"


def figure(**changes: object) -> str:
    """A sound figure as one line of YAML, with ``changes`` (None drops a key)."""
    keys: dict[str, object] = {
        "code": "f",
        "indicator": "i",
        "area": "US",
        "period": "'2020'",
        "value": 1,
        "kind": "target",
        "source": "s",
        "locator": "x",
        "status": "official",
    }
    keys |= changes
    body = ", ".join(f"{key}: {value}" for key, value in keys.items() if value is not None)
    return f"{SOURCE}{INDICATOR}figures:\n  - {{{body}}}\n"


def source(**changes: object) -> str:
    keys: dict[str, object] = {
        "code": "s", "title": "甲", "publisher": "乙", "kind": "book", "published": 2019,
    }  # fmt: skip
    keys |= changes
    body = ", ".join(f"{key}: {value}" for key, value in keys.items() if value is not None)
    return f"sources:\n  - {{{body}}}\n"


def test_the_sound_entries_that_these_tests_spoil_have_no_problem(problems):
    assert problems(figure()) == []
    assert problems(source()) == []


FAULTS = [
    # content, rule, line, code
    ("sources:\n  - code: a\n    code: b\n", "duplicate-key", 4, ""),
    ("sources:\n\t- code: a\n", "yaml", 3, ""),
    ("sources: [\n", "yaml", 3, ""),
    ("sources: !!python/object/apply:os.system [ls]\n", "tag", 2, ""),
    ("sources: &a [*a]\n", "aliases", 2, ""),
    ("x: " + "[" * 80 + "]" * 80 + "\n", "too-deep", 2, ""),
    ("? [a, b]\n: c\n", "key", 2, ""),
    ("sources:\n  <<: {a: b}\n", "key", 3, ""),
    ("---\nsources: []\n", "yaml", 2, ""),
    ("sorces: []\n", "unknown-key", 2, ""),
    ("sources: {a: b}\n", "not-a-list", 2, ""),
    ("sources:\n  - just words\n", "not-a-map", 3, ""),
    ("defaults: [a]\n", "defaults", 2, ""),
    ("defaults: {figure: {area: CN}}\n", "unknown-key", 2, ""),
    (source(title=None), "missing", 3, "s"),
    (source(titel="甲"), "unknown-key", 3, "s"),
    (source(code="Bad Code"), "pattern", 3, "Bad Code"),
    (source(kind="magazine"), "choice", 3, "s"),
    (source(published="May 2015"), "pattern", 3, "s"),
    (source(url="ftp://x"), "pattern", 3, "s"),
    (source(title="{en: only}"), "missing", 3, "s"),
    (source(title="{zh: 甲, fr: c}"), "unknown-key", 3, "s"),
    (source(title="[a]"), "not-a-text", 3, "s"),
    (source(number="'" + "9" * 121 + "'"), "too-long", 3, "s"),
    (SOURCE + "  - {code: s, title: 甲, publisher: 乙, kind: book, published: 2019}\n",
     "duplicate-code", 4, "s"),
    (figure(value="abc"), "number", 7, "f"),
    (figure(value=".nan"), "number", 7, "f"),
    (figure(value=".inf"), "number", 7, "f"),
    (figure(value="1.1234567"), "number", 7, "f"),
    (figure(value="123456789012345"), "number", 7, "f"),
    (figure(value="true"), "number", 7, "f"),
    (figure(value=None), "missing", 7, "f"),
    (figure(area="'990000'"), "unknown-reference", 7, "f"),
    (figure(area="XX"), "area", 7, "f"),
    (figure(area="Zhejiang"), "pattern", 7, "f"),
    (figure(indicator="j"), "unknown-reference", 7, "f"),
    (figure(source="t"), "unknown-reference", 7, "f"),
    (figure(period="'20'"), "pattern", 7, "f"),
    (figure(period="2020-13"), "pattern", 7, "f"),
    (figure(period="2020-2016"), "period", 7, "f"),
    (figure(operator="'>='"), "choice", 7, "f"),
    (figure(operator="range"), "range", 7, "f"),
    (figure(value_high=2), "range", 7, "f"),
    (figure(operator="range", value_high=0), "range", 7, "f"),
    (figure(form="change"), "base-year", 7, "f"),
    (figure(form="change", base_year=2020), "base-year", 7, "f"),
    (figure(base_year=15), "number", 7, "f"),
    (figure(status="sure"), "choice", 7, "f"),
    (figure(locator="''"), "empty", 7, "f"),
    ("indicators:\n  - {code: i, name: 甲, definition: 乙, level: region, roll_up: sum}\n",
     "roll-up", 3, "i"),
    ("indicators:\n  - {code: i, name: 甲, definition: 乙, level: region, source: none}\n",
     "unknown-reference", 3, "i"),
    ("regions:\n  - {code: '33', name: 甲}\n", "pattern", 3, "33"),
    ("regions:\n  - {code: '990100', name: 甲}\n", "unknown-reference", 3, "990100"),
    ("industries:\n  - {code: '36', name: 甲}\n", "pattern", 3, "36"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "rule", "line", "code"), FAULTS)
def test_each_fault_is_found_where_it_stands(problems, content, rule, line, code):
    found = problems(content)
    first = [p for p in found if p.rule == rule]
    assert first, f"no {rule!r} among {[str(p) for p in found]}"
    assert first[0].line == line
    assert first[0].code == code
    assert first[0].file.endswith("one.yaml")
    assert first[0].expected
    assert first[0].fix


@pytest.mark.parametrize(
    ("raw", "rule", "line"),
    [
        (b"", "empty", 1),
        (b"# nothing but a remark\n", "empty", 1),
        (b"- a\n", "not-a-map", 1),
        (b"sources: []\n", "format", 1),
        (b"\nformat: shuheng.catalogue/9\n", "format", 2),
        (b"format: shuheng.catalogue/1\nnote: \xff\xfe\n", "encoding", 2),
        (b"format: shuheng.catalogue/1\nnote: a\x00b\n", "yaml", 1),
        (b"x" * (5 * 1024 * 1024 + 1), "too-large", 1),
    ],
)
def test_a_file_that_is_no_catalogue_file_says_why(tmp_path, db, raw, rule, line):
    path = tmp_path / "one.yaml"
    path.write_bytes(raw)
    (problem,) = load_catalogue([path], dry_run=True).problems
    assert (problem.rule, problem.line) == (rule, line)


def test_aliases_that_would_fill_the_memory_are_refused_quickly(problems):
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for before, name in zip("abcdefghij", "bcdefghijk", strict=True):
        lines.append(f"{name}: &{name} [{','.join(['*' + before] * 9)}]")
    assert any(problem.rule == "aliases" for problem in problems("\n".join(lines) + "\n"))


def test_all_faults_are_reported_at_once_in_the_order_of_the_lines(problems):
    found = problems(figure(value="abc", kind="goal", status="sure", titel=1))
    assert [p.rule for p in found].count("choice") == 2
    assert {p.rule for p in found} == {"choice", "number", "unknown-key"}


def test_a_misspelt_word_is_answered_with_the_right_one(problems):
    with translation.override("en"):
        assert "“observed”" in problems(figure(kind="observd"))[0].fix
        assert "“title”" in next(
            p.fix for p in problems(source(titel=1)) if p.rule == "unknown-key"
        )


def test_a_fault_in_the_defaults_is_shown_in_the_defaults(problems):
    content = f"defaults:\n  figures:\n    kind: goal\n{figure(kind=None)}"
    (problem,) = problems(content)
    assert (problem.rule, problem.line, problem.code) == ("choice", 4, "f")


def test_with_any_problem_nothing_of_any_file_is_written(write, db):
    good = write(SOURCE, "good.yaml")
    bad = write(figure(value="abc").replace(SOURCE, ""), "bad.yaml")
    outcome = load_catalogue([good, bad])
    assert outcome.problems
    assert not outcome.written
    assert Source.objects.count() == Figure.objects.count() == 0


def test_the_same_code_in_two_files_names_the_other_place(write, db):
    first, second = write(SOURCE, "a.yaml"), write(SOURCE, "b.yaml")
    (problem,) = load_catalogue([first, second], dry_run=True).problems
    assert problem.rule == "duplicate-code"
    assert "a.yaml:3" in problem.expected


def test_a_path_that_is_not_there_or_holds_no_file_is_unusable(tmp_path, db):
    with pytest.raises(Unusable, match="nowhere"):
        load_catalogue([tmp_path / "nowhere"])
    with pytest.raises(Unusable, match=r"\.yaml"):
        load_catalogue([tmp_path])


def test_one_file_given_twice_is_read_once(write, db):
    path = write(SOURCE)
    outcome = load_catalogue([path, path.parent])
    assert outcome.problems == []
    assert outcome.files == 1


def test_problems_are_told_in_chinese_on_a_chinese_site(problems):
    with translation.override("zh-hans"):
        (problem,) = problems(source(title=None))
    assert "必须有" in problem.expected
