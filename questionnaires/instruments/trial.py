"""Try an expression on an empty frame: the only sure way to find errors of type.

Polars is used here, so nothing in this module may run in a process that forks afterwards.
"""

from __future__ import annotations

from questionnaires.instruments.expressions import Expression, Fault, Scope, read_expression
from questionnaires.instruments.said import say
from questionnaires.instruments.scopes import DTYPES

NUMERIC = ("Float64", "Float32", "Int64", "Int32", "UInt32", "Int8", "Null")


def check_expression(text: str, scope: Scope, condition: bool) -> Expression:
    """Read ``text`` and try it; ``condition`` asks for true/false, else for a number."""
    found = read_expression(text, scope)
    if not found.faults:
        fault = _try(found, condition)
        if fault:
            found.faults.append(fault)
    return found


def _try(found: Expression, condition: bool) -> Fault | None:
    import polars as pl

    schema = {name: getattr(pl, DTYPES[coding]) for name, coding in found.columns.items()}
    schema["#"] = pl.Boolean
    try:
        kind = str(pl.DataFrame(schema=schema).select(pl.sql_expr(found.sql)).dtypes[0])
    except (pl.exceptions.PolarsError, pl.exceptions.PolarsInefficientMapWarning) as error:
        return _mismatch(str(error))
    except BaseException as error:  # a panic of the library is no ordinary Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return _mismatch(type(error).__name__)
    if condition and kind not in ("Boolean", "Null"):
        return Fault(
            "not_a_condition", say("a condition, true or false"), say("compare it with something")
        )
    if not condition and kind not in NUMERIC:
        return Fault("not_a_number", say("a number"), say("make the expression a number"))
    return None


def _mismatch(reason: str) -> Fault:
    reason = reason.strip().splitlines()[0][:120] if reason.strip() else "not evaluable"
    expected = say("values that go together (%(said)s)", said=reason)
    return Fault("type_mismatch", expected, say("compare like with like"))
