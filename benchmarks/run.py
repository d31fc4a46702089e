"""``make bench``: measure, print, and write benchmarks/results.json.

Numbers are ratios within one run on one machine; no test depends on them. BENCH_ROWS sets how many
answer sets are scored (default one million).
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("results.json")
SEED = 20241


def measure(way: str, rows: int) -> dict[str, Any]:
    """One process of ``benchmarks.scoring``."""
    command = [sys.executable, "-m", "benchmarks.scoring", way, str(rows), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def scoring(rows: int) -> dict[str, Any]:
    """The engine beside numpy: same arrays, same scores, time and memory as ratios."""
    numpy, engine = measure("numpy", rows), measure("engine", rows)
    if numpy["digest"] != engine["digest"]:
        raise SystemExit("The engine and numpy do not agree: no ratio means anything.")
    return {
        "instrument": "miit-sme-2024",
        "answer_sets": rows,
        "seed": SEED,
        "numpy_seconds": round(numpy["seconds"], 4),
        "engine_seconds": round(engine["seconds"], 4),
        "engine_first_seconds": round(engine["first_seconds"], 4),
        "numpy_peak_mb": round(numpy["peak_mb"]),
        "engine_peak_mb": round(engine["peak_mb"]),
        "ratios": {
            "scoring_time_to_numpy": round(engine["seconds"] / numpy["seconds"], 2),
            "scoring_peak_memory_to_numpy": round(engine["peak_mb"] / numpy["peak_mb"], 2),
        },
        "targets": {"scoring_time_to_numpy": 5},
        "same_results": True,
    }


def aggregates(rows: int) -> dict[str, Any]:
    """A percentile table and a round's tables (``benchmarks.aggregates``)."""
    command = [sys.executable, "-m", "benchmarks.aggregates", str(rows), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def report() -> dict[str, Any]:
    """What ``benchmarks/report.py`` measures; it says what is missing when it cannot run."""
    command = [sys.executable, str(ROOT / "benchmarks" / "report.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return {}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def index() -> dict[str, Any]:
    """What ``benchmarks/index.py`` measures: the composite index beside numpy by hand."""
    command = [sys.executable, "-m", "benchmarks.index"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    rows = int(os.environ.get("BENCH_ROWS", "1000000"))
    results = {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "scoring": scoring(rows),
        "aggregates": aggregates(rows),
        **index(),
        **report(),
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    _show(results["scoring"])
    table, tables = (results["aggregates"][name] for name in ("percentiles", "tables"))
    print(f"Percentiles of {table['rows']:,} rows, time to numpy: {table['ratio_to_numpy']}")
    print(f"Tables of {tables['enterprises']:,} enterprises: {tables['seconds']} s")
    for name, found in results["index"]["tasks"].items():
        print(f"Index, {name}: {found['seconds']} s, time to numpy by hand: {found['ratio']}")
    for language, found in results.get("report", {}).items():
        print(f"Report ({language}), time to a bare canvas: {found['ratio']}")


def _show(found: dict[str, Any]) -> None:
    print(f"Scoring {found['answer_sets']:,} answer sets of {found['instrument']}, same results:")
    print(f"  numpy by hand  {found['numpy_seconds']:8.3f} s  {found['numpy_peak_mb']:6} MB peak")
    print(f"  engine         {found['engine_seconds']:8.3f} s  {found['engine_peak_mb']:6} MB peak")
    for name, value in found["ratios"].items():
        target = found["targets"].get(name)
        aim = f"  (target: at most {target})" if target else ""
        print(f"  {name}: {value}{aim}")


if __name__ == "__main__":
    main()
