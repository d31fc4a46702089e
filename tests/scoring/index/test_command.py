"""``manage.py index``: the documented example, the record, refusals, and the public example."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "index-format.md"


def run(*arguments, out=None, err=None) -> str:
    out = out or io.StringIO()
    call_command("index", *map(str, arguments), stdout=out, stderr=err or io.StringIO())
    return out.getvalue()


@pytest.fixture
def example(tmp_path) -> dict[str, Path | str]:
    """The worked example of the document, as files, and the output it shows."""
    blocks = re.findall(r"```(yaml|csv)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    (_, spec), (_, data), (_, output) = blocks[:3]
    (tmp_path / "spec.yaml").write_text(spec, encoding="utf-8")
    (tmp_path / "data.csv").write_text(data, encoding="utf-8")
    return {"spec": tmp_path / "spec.yaml", "data": tmp_path / "data.csv", "output": output}


def test_the_documented_example_gives_the_documented_output(example):
    assert run(example["spec"], example["data"]) == example["output"]


def test_a_stage_shows_the_indicators_as_they_were(example):
    rows = list(csv.DictReader(io.StringIO(
        run(example["spec"], example["data"], "--stage", "denominated"))))  # fmt: skip
    assert rows[1] == {"region": "b", "fibre": "80.0", "price": "40.0", "patents": "40.0",
                       "shops": "30.0"}  # fmt: skip
    assert rows[2]["shops"] == ""
    rows = list(csv.DictReader(io.StringIO(
        run(example["spec"], example["data"], "--stage", "imputed"))))  # fmt: skip
    assert rows[2]["shops"] == "35.0"


def test_json_answers_for_the_result(example):
    found = json.loads(run(example["spec"], example["data"], "--format", "json"))
    for name in ("spec", "data"):
        assert found["files"][name]["sha256"] == hashlib.sha256(
            example[name].read_bytes()).hexdigest()  # fmt: skip
    assert found["steps"]["normalise"]["parameters"] == {"lowest": 1.0, "highest": 100.0}
    assert found["steps"]["treat"] is None
    assert found["imputed"] == [
        {"unit": "c", "name": "C", "indicator": "shops", "value": 35.0}]  # fmt: skip
    weights = {entry["code"]: entry["weight_effective"] for entry in found["tree"]}
    assert weights["price"] == pytest.approx(1 / 3)
    assert found["results"][1]["scores"]["access"] == pytest.approx(71.4)
    assert found["results"][1]["ranks"] == {"access": 2, "use": 2, "index": 2}


def test_the_record_is_written_beside_the_table(example, tmp_path):
    record = tmp_path / "record.json"
    table = run(example["spec"], example["data"], "--record", record)
    assert table == example["output"]
    assert json.loads(record.read_text(encoding="utf-8"))["format"] == "shuheng.index-result/1"


def test_uncertainty_adds_ranges_that_hold_the_index_and_can_be_repeated(example):
    arguments = (example["spec"], example["data"], "--uncertainty", "50", "--seed", "7")
    text = run(*arguments)
    assert text == run(*arguments)
    rows = {row["region"]: row for row in csv.DictReader(io.StringIO(text))}
    low, high = (float(rows["b"][f"index_score_{side}"]) for side in ("p5", "p95"))
    assert low < float(rows["b"]["index"]) < high
    assert rows["a"]["index_rank_p95"] == "1.0"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("range: [1, 100]", "range: [0, 100]", "not-positive"),
        ("fibre, parent: access", "fibre, parent: acess", "unknown-parent"),
        ("denominator: people", "denominator: peple", "missing-column"),
    ],
)
def test_what_cannot_be_computed_ends_with_status_2_and_prints_nothing(
    example, tmp_path, before, after, told
):
    text = example["spec"].read_text(encoding="utf-8")
    assert before in text
    example["spec"].write_text(text.replace(before, after), encoding="utf-8")
    out, err, record = io.StringIO(), io.StringIO(), tmp_path / "record.json"
    with pytest.raises(SystemExit) as stopped:
        run(example["spec"], example["data"], "--record", record, out=out, err=err)
    assert stopped.value.code == 2
    assert f"[{told}]" in err.getvalue()
    assert out.getvalue() == ""
    assert not record.exists()


@pytest.mark.shared
def test_the_public_example_gives_its_published_scores_and_ranks(shared, tmp_path):
    folder = shared / "data" / "asem"
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "format: shuheng.index/1\ndata: {unit: uCode, name: uName, time: Time}\n"
        f"metadata: {folder / 'asem_imeta.csv'}\nsteps: {{normalise: minmax}}\n",
        encoding="utf-8",
    )
    found = {row["uCode"]: row for row in csv.DictReader(
        io.StringIO(run(spec, folder / "asem_idata.csv")))}  # fmt: skip
    with (folder / "expected_raw_minmax_amean.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == len(found) == 51
    for row in expected:
        unit = row.pop("uCode")
        for code, value in row.items():
            assert float(found[unit][code]) == pytest.approx(float(value), abs=1e-9)
