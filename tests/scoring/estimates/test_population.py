"""Loading how many enterprises there are: checked as a whole, written as a whole."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from assessment.models import AuditEvent
from scoring.estimates.population import load, plan, stored
from scoring.models import Population

HEAD = "region,industry,size,enterprises,source,date\n"
YEARBOOK = "统计年鉴 2025 表 12-1,2025-12-31"
GOOD = (
    HEAD
    + f'330000,C36,small,"1,200",{YEARBOOK}\n330000,C36,micro,3400,{YEARBOOK}\n'
    + f"330000,I,all,800,{YEARBOOK}\n330400,C36,small,90,{YEARBOOK}\n"
)


def planned(round_, text, **options):
    return plan(round_, text.encode(), "table.csv", **options)


def faults(round_, *rows):
    return [str(one) for one in planned(round_, HEAD + "".join(f"{row}\n" for row in rows)).faults]


def test_a_table_is_read_compared_and_loaded(round_, officer, industries):
    found = planned(round_, GOOD)
    assert (found.faults, len(found.added), found.same) == ([], 4, 0)
    assert load(round_, found, officer) == 4
    assert stored(round_) == sorted(found.rows, key=lambda row: row.cell)
    assert AuditEvent.objects.get(verb="population.loaded").actor == officer
    again = planned(
        round_, GOOD.replace("3400", "3500").replace("330000,I,all,800", "330000,I,all,0")
    )
    assert [(b.enterprises, a.enterprises) for b, a in again.changed] == [(3400, 3500), (800, 0)]
    assert again.same == 2


def test_regions_that_a_table_does_not_name_stay(round_, officer, industries):
    load(round_, planned(round_, GOOD), officer)
    found = planned(round_, HEAD + f"330400,C,all,100,{YEARBOOK}\n")
    assert ([row.industry for row in found.removed], len(found.added)) == (["C36"], 1)
    load(round_, found, officer)
    assert Population.objects.filter(region="330000").count() == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"990000,C36,small,1,{YEARBOOK}", "table.csv:2:region: “990000” is no division code"),
        (f"440000,C36,small,1,{YEARBOOK}", "table.csv:2:region: “440000” is no division code"),
        (f"330000,Z99,small,1,{YEARBOOK}", "table.csv:2:industry: “Z99” is no section"),
        (f"330000,C36,huge,1,{YEARBOOK}", "table.csv:2:size: Expected large"),
        (f"330000,C36,small,-1,{YEARBOOK}", "table.csv:2:enterprises: Expected a whole number"),
        (f"330000,C36,small,1.5,{YEARBOOK}", "table.csv:2:enterprises:"),
        (f"330000,C36,small,²,{YEARBOOK}", "table.csv:2:enterprises:"),
        ("330000,C36,small,1,,2025-12-31", "table.csv:2:source: Name the source"),
        ("330000,C36,small,1,年鉴,last year", "table.csv:2:date: Expected the date"),
        ("330000,C36", "table.csv:2:enterprises:"),
    ],
)
def test_a_fault_names_file_line_and_column(round_, industries, row, said):
    assert any(one.startswith(said) for one in faults(round_, row))


def test_nobody_is_counted_twice(round_, industries):
    rows = [f"330000,C,all,100,{YEARBOOK}", f"330000,C36,small,5,{YEARBOOK}"]
    (said,) = faults(round_, *rows)
    assert said.startswith("table.csv:3:industry: Counts enterprises that line 2 counts already")
    (said,) = faults(round_, rows[1], f"330000,C36,small,6,{YEARBOOK}")
    assert "line 2" in said
    (said,) = faults(round_, f"330000,C36,all,9,{YEARBOOK}", f"330000,C,small,6,{YEARBOOK}")
    assert "line 2" in said
    assert not faults(round_, f"330000,C,all,9,{YEARBOOK}", f"330000,I,all,6,{YEARBOOK}")
    assert not faults(round_, f"330000,C36,small,9,{YEARBOOK}", f"330000,C34,small,6,{YEARBOOK}")


def test_the_parts_of_a_region_are_not_more_than_the_region(round_, industries):
    rows = [f"330000,C,all,100,{YEARBOOK}", f"330400,C,all,60,{YEARBOOK}"]
    assert not faults(round_, *rows)
    (said,) = faults(round_, *rows, f"330100,C,all,60,{YEARBOOK}")
    assert said.startswith("table.csv:2:enterprises: The regions below have 120")


@pytest.mark.parametrize(
    "text",
    ["", "region;industry\n", HEAD, "地区,行业,规模,企业数,来源\n", "\x00\x01", HEAD + '"330000'],
)
def test_what_is_no_table_is_refused_in_words(round_, industries, text):
    assert planned(round_, text).faults


def test_chinese_headings_and_the_encoding_of_old_spreadsheets_are_read(round_, industries):
    text = "地区,行业,规模,企业数,来源,日期,合成\n330000,C36,小型,120,统计年鉴,2025/12/31,是\n"
    found = plan(round_, text.encode("gb18030"), "表.csv")
    assert [(r.size, r.enterprises, r.synthetic) for r in found.rows] == [("small", 120, True)]


def test_a_region_of_somebody_else_is_refused(round_, industries):
    found = planned(round_, GOOD, allowed={"330400"})
    assert "does not answer for region 330000" in str(found.faults[0])


def test_faulty_tables_write_nothing(round_, industries, tmp_path, capsys):
    file = tmp_path / "table.csv"
    file.write_text(GOOD + f"330000,C36,huge,1,{YEARBOOK}\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("population", "load", file, "--round", round_.pk, "--language", "en")
    assert stopped.value.code == 1
    assert "table.csv:6:size" in capsys.readouterr().err
    assert not Population.objects.exists()


def test_the_command_checks_without_writing_and_loads(round_, industries, tmp_path, capsys):
    file = tmp_path / "table.csv"
    file.write_text(GOOD, encoding="utf-8")
    call_command("population", "check", file, "--round", round_.pk, "--language", "en")
    assert not Population.objects.exists()
    call_command("population", "load", file, "--round", round_.pk, "--language", "en")
    assert "4 new" in capsys.readouterr().out
    assert Population.objects.count() == 4


@pytest.mark.parametrize("file", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_named(round_, tmp_path, capsys, file):
    with pytest.raises(SystemExit) as stopped:
        call_command("population", "check", tmp_path / file, "--round", round_.pk)
    assert stopped.value.code == 2
    with pytest.raises(SystemExit) as stopped:
        call_command("population", "check", tmp_path / file, "--round", 987)
    assert stopped.value.code == 2
