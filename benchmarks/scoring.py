"""Score synthetic answer sets of miit-sme-2024, by the engine or by hand-written numpy.

Run as ``python -m benchmarks.scoring engine|numpy ROWS SEED``: a process each, so that the peak of
memory is its own. Prints one JSON object. Both read the same seeded arrays; making them is not
measured.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml

INSTRUMENT = Path(__file__).parent.parent / "questionnaires/catalog/instruments/miit-sme-2024.yaml"
REPEATS = 5
Arrays = dict[str, np.ndarray]


def compiled_instrument() -> dict[str, Any]:
    """The shipped instrument as the engine reads it."""
    from questionnaires.instruments import validate

    definition, problems = validate(yaml.safe_load(INSTRUMENT.read_text(encoding="utf-8")))
    assert definition is not None, problems
    return definition.compiled


def synthetic(compiled: dict[str, Any], rows: int, seed: int) -> Arrays:
    """Coded answers: every option, percentage (some on band edges) and rung occurs."""
    random = np.random.default_rng(seed)
    arrays: Arrays = {}
    for question in compiled["questions"]:
        code, options = question["code"], len(question["options"])
        if question["kind"] == "single":
            arrays[code] = random.integers(0, options, rows, dtype=np.uint8)
        elif question["kind"] == "multiple":
            chosen = random.integers(0, 2 ** (options - 1), rows, dtype=np.int64) << 1
            arrays[code] = np.where(chosen == 0, 1, chosen)
        elif question["kind"] == "ratio":
            arrays[f"{code}.whole"] = random.choice([50.0, 120.0, 1000.0], rows)
            arrays[f"{code}.part"] = np.floor(random.random(rows) * (arrays[f"{code}.whole"] + 1))
            arrays[code] = 100 * arrays[f"{code}.part"] / arrays[f"{code}.whole"]
        else:
            arrays[code] = random.integers(0, 5, rows, dtype=np.uint8)
    return arrays


def by_engine(compiled: dict[str, Any], arrays: Arrays) -> tuple[float, Arrays]:
    """Seconds of one run through the engine, and what came out."""
    import polars as pl

    from scoring.engine import score

    frame = pl.DataFrame(arrays)
    start = time.perf_counter()
    result = score(compiled, frame)
    seconds = time.perf_counter() - start
    names = [name for name in result.columns if name.startswith(("node.", "item."))]
    return seconds, {name: result[name].to_numpy() for name in ["total", "level", *names]}


def by_numpy(compiled: dict[str, Any], arrays: Arrays) -> tuple[float, Arrays]:
    """Seconds of the same arithmetic written out by hand for this one instrument."""
    tables = _tables(compiled)
    start = time.perf_counter()
    item = {code: _points(tables[code], arrays[code]) for code in tables}
    node = _nodes(item)
    level = _level(node["total"], arrays)
    seconds = time.perf_counter() - start
    found = {"total": node["total"], "level": level}
    found |= {f"node.{code}": scores for code, scores in node.items()}
    return seconds, found | {f"item.{code}": points for code, points in item.items()}


def _tables(compiled: dict[str, Any]) -> dict[str, Any]:
    """Points by option index, by bit mask, or by band."""
    tables: dict[str, Any] = {}
    for question in compiled["questions"]:
        plan = question["plan"]
        if not plan:
            continue
        if plan["how"] == "bits":
            sums = np.zeros(1, dtype=np.int64)
            for points in plan["points"]:
                sums = np.concatenate([sums, sums + points])
            tables[question["code"]] = ("look up", sums)
        elif plan["how"] == "choice":
            tables[question["code"]] = ("look up", np.array(plan["points"]))
        else:
            edges = np.array([band["high"] for band in plan["bands"]][:-1])
            points = np.array([band["points"] for band in plan["bands"]])
            tables[question["code"]] = ("bands", (edges, points))
    return tables


def _points(table: tuple[str, Any], values: np.ndarray) -> np.ndarray:
    if table[0] == "look up":
        return table[1][values]
    edges, points = table[1]
    return points[np.searchsorted(edges, values, side="left")]


def _nodes(q: Arrays) -> Arrays:
    n: Arrays = {}
    n["equipment"] = q["Q1"] + q["Q2"] + q["Q3"]
    n["data_collection"] = q["Q4"]
    n["systems"] = q["Q5"]
    n["security"] = q["Q6"] + q["Q7"]
    n["foundation"] = n["equipment"] + n["data_collection"] + n["systems"] + n["security"]
    n["planning"] = q["Q8"] + q["Q9"]
    n["support"] = q["Q10"] + q["Q11"]
    n["management"] = n["planning"] + n["support"]
    n["green"] = q["Q12"]
    n["quality"] = q["Q13"]
    n["market"] = q["Q14"] + q["Q15"]
    n["outcome"] = n["green"] + n["quality"] + n["market"]
    n["total"] = n["foundation"] + n["management"] + n["outcome"]
    return n


CONSTRAINED = (1, 3, 6, 7, 8, 9, 10, 11, 12, 13)
RULE = ((20, 6, 3), (40, 6, 3), (60, 8, 5), (80, 10, 6))  # points, scenarios, constrained


def _level(total: np.ndarray, arrays: Arrays) -> np.ndarray:
    level = np.zeros(len(total), dtype=np.int16)
    for rank, (points, scenarios, constrained) in enumerate(RULE, 1):
        every = np.zeros(len(total), dtype=np.uint8)
        marked = np.zeros(len(total), dtype=np.uint8)
        for number in range(1, 17):
            at = arrays[f"S{number}"] >= rank
            every += at
            if number in CONSTRAINED:
                marked += at
        holds = (total >= points * 10**6) & (every >= scenarios) & (marked >= constrained)
        level[holds] = rank
    return level


def digest(found: Arrays) -> str:
    """Hash of all scores, to compare the two ways."""
    whole = hashlib.sha256()
    for name in sorted(found):
        whole.update(name.encode() + np.ascontiguousarray(found[name], dtype=np.int64).tobytes())
    return whole.hexdigest()


def peak_mb() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(way: str, rows: int, seed: int) -> None:
    compiled = compiled_instrument()
    arrays = synthetic(compiled, rows, seed)
    before = peak_mb()
    run = {"engine": by_engine, "numpy": by_numpy}[way]
    seconds, found = run(compiled, arrays)
    peak = peak_mb()
    times = [seconds, *(run(compiled, arrays)[0] for _ in range(REPEATS - 1))]
    print(
        json.dumps(
            {
                "seconds": min(times),
                "first_seconds": times[0],
                "peak_mb": peak,
                "inputs_mb": before,
                "digest": digest(found),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
