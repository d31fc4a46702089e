"""What the engine is told about an enterprise, beside its answers."""

from __future__ import annotations

from decimal import Decimal

from assessment.models import Organisation, Round


def profile_of(organisation: Organisation, round_: Round) -> dict[str, object]:
    """Region and industry codes, size class, persons, CNY 10,000, and the round's year."""
    return {
        "region": organisation.region.code,
        "industry": organisation.industry.code,
        "size": organisation.size or None,
        "employees": organisation.employees,
        "revenue": _number(organisation.revenue),
        "assets": _number(organisation.assets),
        "year": round_.year,
    }


def _number(value: Decimal) -> int | float:
    """Two decimals survive a float's shortest text; whole amounts stay whole."""
    value = Decimal(value)
    return int(value) if value == value.to_integral() else float(value)
