"""``manage.py index --format json``: what an index says about itself, and its series over years."""

import io
import json

import pytest
from django.core.management import call_command

SPEC = """\
format: shuheng.index/1
data: {unit: region, time: year}
indicators:
  - {code: fibre, parent: index, breaks: BREAKS}
  - {code: shops, parent: index}
nodes: [{code: index}]
steps: {normalise: minmax}
"""
DATA = "region,year,fibre,shops\n" + "".join(
    f"{region},{year},{start + 10 * place},{2 * start + place}\n"
    for region, start in (("a", 0), ("b", 40))
    for place, year in enumerate((2015, 2016, 2017, 2018, 2019, 2020))
)


def output(folder, breaks="[2018]", *arguments):
    (folder / "spec.yaml").write_text(SPEC.replace("BREAKS", breaks), encoding="utf-8")
    (folder / "data.csv").write_text(DATA, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(
            "index", str(folder / "spec.yaml"), str(folder / "data.csv"), "--format", "json",
            *arguments, stdout=out, stderr=err,
        )  # fmt: skip
    except SystemExit:
        return err.getvalue()
    return json.loads(out.getvalue())


def test_json_holds_correlations_alpha_and_strengths(tmp_path):
    found = output(tmp_path)["analysis"]
    assert found["groups"][0]["codes"] == ["fibre", "shops"]
    # Deviations ±20 + 10p and ±40 + p, Σp² = 35: (12 · 800 + 350) / √(8300 · 19235).
    assert found["groups"][0]["correlation"][0][1] == pytest.approx(9950 / (8300 * 19235) ** 0.5)
    assert 0 < found["reliability"][0]["alpha"] < 1
    assert {link["ancestor"] for link in found["links"]} == {"index"}
    first = found["units"][0]
    assert (first["unit"], first["time"]) == ("a", "2015")
    assert first["strengths"][0]["of"] == 2  # among the regions of 2015


def test_a_marked_break_divides_the_series_of_the_index(tmp_path):
    line = output(tmp_path)["series"][0]
    assert line["years"] == [2015, 2016, 2017, 2018, 2019, 2020]
    assert line["breaks"] == [2018]
    assert (line["growth"]["absolute"], line["growth"]["reason"]) == (None, "break")
    assert line["trend"]["slope"] is None
    assert [(one["start"], one["end"]) for one in line["segments"]] == [(2015, 2017), (2018, 2020)]
    assert line["segments"][0]["slope"] == pytest.approx(50 * (10 / 90 + 1 / 85))


def test_without_a_break_the_whole_series_has_one_trend(tmp_path):
    line = output(tmp_path, "[]")["series"][1]
    assert line["trend"]["n"] == 6
    assert line["growth"]["absolute"] == pytest.approx(5 * 50 * (10 / 90 + 1 / 85))


def test_a_break_that_is_no_year_is_told_with_its_line(tmp_path):
    told = output(tmp_path, "[since 2018]")
    assert "spec.yaml:4: fibre: [years]" in told


def test_a_stage_has_no_analysis(tmp_path):
    assert "analysis" not in output(tmp_path, "[]", "--stage", "normalised")
