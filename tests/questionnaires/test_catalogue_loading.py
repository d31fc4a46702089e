"""Loading: what changes is shown, written whole, and a second time changes nothing."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from questionnaires.catalogue.loading import load_catalogue
from questionnaires.models import (
    Figure,
    Indicator,
    Industry,
    Instrument,
    InstrumentVersion,
    Region,
    Source,
)

SOURCE = "sources:\n  - {code: s, title: 甲, publisher: 乙, kind: book, published: 2019}\n"
INDICATOR = (
    "indicators:\n  - {code: i, name: 甲, definition: 乙, level: region, "
    "unit: {zh: 件/亿元, en: per CNY 100 m}, source: s}\n"
)
FIGURE = (
    "figures:\n  - {code: f, indicator: i, area: US, period: 2016-2020, value: 0.70, "
    "kind: target, form: growth, source: s, locator: x, status: press}\n"
)
INSTRUMENT = {
    "format": "shuheng.instrument/1",
    "code": "tiny",
    "version": "1.0",
    "status": "own",
    "title": {"zh": "小问卷", "en": "Tiny"},
    "notice": {"zh": "自定。", "en": "Own."},
    "sections": [
        {
            "code": "a",
            "title": {"zh": "甲", "en": "A"},
            "questions": [
                {"code": "Q1", "kind": "yes_no", "text": {"zh": "用吗？", "en": "Used?"}}
            ],
        }
    ],
}


def instrument(tmp_path, name="tiny.yaml", **changes):
    path = tmp_path / name
    path.write_text(yaml.safe_dump(INSTRUMENT | changes, allow_unicode=True), encoding="utf-8")
    return path


def parent_of(code: str) -> str:
    return Region.objects.get_parent(Region.objects.get(code=code)).code


def run(*args: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("catalog", *args, stdout=out, stderr=err)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_entries_are_written_with_what_they_point_at(write, db):
    outcome = load_catalogue([write(SOURCE + INDICATOR + FIGURE)])
    assert outcome.written
    figure = Figure.objects.get()
    assert figure.value == Decimal("0.7")
    assert (figure.year, figure.period, figure.operator) == (2020, "2016-2020", "=")
    assert figure.unit == "件/亿元"
    assert figure.unit_name == {"zh": "件/亿元", "en": "per CNY 100 m"}
    with translation.override("en"):
        assert figure.unit_label == "per CNY 100 m"
    assert figure.indicator.concept == "i"
    assert figure.indicator.source == figure.source


def test_loading_the_same_again_changes_nothing(write, db):
    path = write(SOURCE + INDICATOR + FIGURE)
    load_catalogue([path])
    again = load_catalogue([path])
    assert again.diff == []
    assert not again.written


def test_a_change_is_shown_field_by_field_and_written(write, db):
    load_catalogue([write(SOURCE + INDICATOR + FIGURE)])
    outcome = load_catalogue([write(SOURCE + INDICATOR + FIGURE.replace("0.70", "0.75"))])
    (change,) = outcome.diff
    assert (change.kind, change.key, change.action) == ("figures", "f", "changed")
    assert change.fields == (("value", Decimal("0.7"), Decimal("0.75")),)
    assert Figure.objects.get().value == Decimal("0.75")


def test_removing_an_optional_key_takes_its_value_back(write, db):
    load_catalogue([write(SOURCE.replace("2019}", "2019, number: N1}"))])
    load_catalogue([write(SOURCE)])
    assert Source.objects.get().number == ""


def test_a_dry_run_shows_the_same_difference_and_writes_nothing(write, db):
    path = write(SOURCE)
    outcome = load_catalogue([path], dry_run=True)
    assert [c.key for c in outcome.diff] == ["s"]
    assert Source.objects.count() == 0
    assert [c.key for c in load_catalogue([path]).diff] == ["s"]


def test_references_are_found_in_the_database(write, db):
    load_catalogue([write(SOURCE + INDICATOR)])
    assert load_catalogue([write(FIGURE, "two.yaml")]).problems == []


def test_a_shipped_entry_that_is_pointed_at_is_loaded_along(write, db):
    content = (
        "figures:\n  - {code: f, indicator: key-process-nc-rate, area: '330100', period: '2024', "
        "value: 70, kind: observed, source: mic2025, locator: x, status: press}\n"
    )
    outcome = load_catalogue([write(content)])
    assert outcome.problems == []
    assert {c.key for c in outcome.diff} == {
        "f", "key-process-nc-rate", "mic2025", "330100", "330000", "CN",
    }  # fmt: skip
    assert parent_of("330100") == "330000"


def test_regions_added_later_find_their_place_in_the_tree(write, db, shipped):
    load_catalogue([shipped / "regions"])
    content = "regions:\n  - {code: '330106', name: 西湖区}\n  - {code: '429004', name: 仙桃市}\n"
    load_catalogue([write(content)])
    assert Region.objects.find_problems() == ([], [], [], [], [])
    assert parent_of("330106") == "330100"
    assert parent_of("429004") == "420000"
    assert Region.objects.get(code="CN").covers(Region.objects.get(code="330106"))
    zhejiang = Region.objects.get(code="330000")
    codes = list(Region.objects.get_descendants(zhejiang).values_list("code", flat=True))
    assert codes == sorted(codes)


def test_a_published_version_cannot_change_and_says_what_to_do(tmp_path, db):
    load_catalogue([instrument(tmp_path)])
    published = InstrumentVersion.objects.get().sha256
    outcome = load_catalogue([instrument(tmp_path, title={"zh": "改过", "en": "Changed"})])
    (problem,) = outcome.problems
    assert problem.rule == "published-version"
    assert problem.code == "tiny@1.0"
    assert published in problem.expected
    assert "version" in problem.fix
    lines = (tmp_path / "tiny.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].startswith("version")
    assert InstrumentVersion.objects.get().sha256 == published


def test_rewriting_a_file_without_changing_what_it_says_is_no_change(tmp_path, db):
    load_catalogue([instrument(tmp_path)])
    text = yaml.safe_dump(INSTRUMENT, allow_unicode=True, sort_keys=True, default_flow_style=True)
    (tmp_path / "tiny.yaml").write_text(f"# a remark\n{text}", encoding="utf-8")
    outcome = load_catalogue([tmp_path / "tiny.yaml"])
    assert outcome.problems == []
    assert outcome.diff == []


def test_a_new_version_shows_what_differs_from_the_one_before(tmp_path, db):
    load_catalogue([instrument(tmp_path)])
    changed = {"version": "1.1", "title": {"zh": "改过", "en": "Changed"}}
    (change,) = load_catalogue([instrument(tmp_path, **changed)]).diff
    assert change.key == "tiny@1.1"
    assert ("title.en", "Tiny", "Changed") in change.fields
    assert Instrument.objects.get().title["zh"] == "改过"
    assert Instrument.objects.get().current.version == "1.1"


def test_versions_loaded_together_leave_the_highest_number_current(tmp_path, db):
    instrument(tmp_path, "a.yaml", version="1.10")
    instrument(tmp_path, "b.yaml", version="1.9")
    load_catalogue([tmp_path])
    assert Instrument.objects.get().current.version == "1.10"


def test_a_fault_in_an_instrument_names_its_line_and_question(tmp_path, db):
    path = instrument(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("yes_no", "yes_or_no"))
    problems = load_catalogue([path], dry_run=True).problems
    assert problems
    lines = path.read_text(encoding="utf-8").splitlines()
    assert any(p.code == "Q1" for p in problems)
    assert all(1 <= p.line <= len(lines) for p in problems)


def test_an_instrument_that_binds_to_an_unknown_indicator_is_refused(tmp_path, db):
    sections = json.loads(json.dumps(INSTRUMENT["sections"]))
    sections[0]["questions"][0]["indicator"] = "no-such-indicator"
    (problem,) = load_catalogue([instrument(tmp_path, sections=sections)], dry_run=True).problems
    assert problem.rule == "unknown-reference"
    assert "no-such-indicator" in problem.expected
    line = (tmp_path / "tiny.yaml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert "no-such-indicator" in line


def test_the_shipped_catalogue_loads_without_problems_and_twice_is_no_change(loaded, shipped):
    assert loaded.problems == []
    assert loaded.written
    assert load_catalogue([shipped]).diff == []
    assert load_catalogue().diff == []


def test_the_shipped_catalogue_needs_few_statements(db, shipped, django_assert_max_num_queries):
    # SQLite takes 999 values a statement, so thousands of entries need some hundred statements.
    with django_assert_max_num_queries(300):
        load_catalogue([shipped])


def test_a_load_of_a_thousand_figures_is_written_in_bulk(write, db, django_assert_max_num_queries):
    rows = "\n".join(
        f"  - {{code: f{n}, indicator: i, area: US, period: '2020', value: {n}, kind: target, "
        f"source: s, locator: x, status: press}}"
        for n in range(1000)
    )
    path = write(f"{SOURCE}{INDICATOR}figures:\n{rows}\n")
    with django_assert_max_num_queries(60):
        load_catalogue([path])
    assert Figure.objects.count() == 1000


# --- the command ------------------------------------------------------------------------------


def test_check_of_a_sound_file_ends_with_0_and_of_a_faulty_one_with_1(write, db):
    assert run("check", str(write(SOURCE)))[0] == 0
    path = write(SOURCE.replace("book", "magazine"), "bad.yaml")
    status, _out, err = run("check", str(path))
    assert status == 1
    assert f"{path}:3: s: [choice]" in err


def test_a_missing_path_ends_with_2(db):
    status, _out, err = run("load", "no/such/path")
    assert status == 2
    assert "no/such/path" in err


def test_load_prints_the_difference(write, db):
    with translation.override("en"):
        status, out, _err = run("load", str(write(SOURCE)))
        assert status == 0
        assert "+ sources s  甲" in out
        status, out, _err = run("load", str(write(SOURCE.replace("甲", "丙"))))
        assert "~ sources s" in out
        assert 'title: {"en": "甲", "zh": "甲"} → {"en": "丙", "zh": "丙"}' in out
        assert run("load", str(write(SOURCE.replace("甲", "丙"))))[1].strip() == "no changes"


def test_a_dry_run_says_that_nothing_was_written(write, db):
    with translation.override("en"):
        _status, out, _err = run("load", "--dry-run", str(write(SOURCE)))
    assert "nothing written (dry run)" in out
    assert Source.objects.count() == 0


def test_checking_needs_no_database_tables(write, db, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert run("check", str(write(SOURCE)))[0] == 0
    assert run("load", str(write(SOURCE)))[0] == 2


@pytest.mark.parametrize("kind", ["sources", "indicators", "regions", "industries", "instruments"])
def test_every_kind_can_be_exported_in_both_forms(loaded, kind):
    status, out, _err = run("export", kind, "--format", "json")
    assert status == 0
    rows = json.loads(out)
    assert rows
    status, out, _err = run("export", kind, "--format", "csv")
    assert len(out.splitlines()) >= len(rows) + 1


def test_counts_of_what_is_shipped(loaded):
    assert Region.objects.filter(level="province").count() == 34
    assert Region.objects.filter(level="city").count() == 333
    assert Industry.objects.filter(level="section").count() == 20
    assert Industry.objects.filter(level="division").count() == 97
    assert Indicator.objects.filter(code__startswith="zj-").count() == 30


@pytest.mark.parametrize(
    ("language", "said"), [((), "小写字母"), (("--language", "en"), "lower-case letters")]
)
def test_the_command_speaks_chinese_and_english_when_asked(tmp_path, db, language, said):
    with translation.override("zh-hans"):
        status, _, told = run("check", *language, str(instrument(tmp_path, code="Bad_One")))
    assert status == 1
    assert said in told
