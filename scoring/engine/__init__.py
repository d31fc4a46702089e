"""The engine: a compiled instrument and a coded frame in, a frame of results out.

Pure: no Django, no database, no sibling room. Everything is column arithmetic, so one submission
and a million take the same path. Points and scores are whole numbers of millionths (Int64), so
sums are exact. Polars is imported but not used until ``score`` is called: a process that has used
it must not fork.
"""

from scoring.engine.explaining import explain
from scoring.engine.running import score

ENGINE = "shuheng-engine/1"

__all__ = ["ENGINE", "explain", "score"]
