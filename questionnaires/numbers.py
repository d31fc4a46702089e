"""Published numbers as people read them: every digit that was published, and no other."""

from __future__ import annotations

from decimal import Decimal

from questionnaires.models import Figure


def shown(number: Decimal | int) -> str:
    """12075.8 → “12,075.8”, 0.950000 → “0.95”."""
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def value_of(figure: Figure) -> str:
    """A figure's value with its operator, without the unit: “≈ 7.5”, “5–7”, “50”."""
    low = shown(figure.value)
    if figure.value_high is not None:
        return f"{low}–{shown(figure.value_high)}"
    return low if figure.operator == "=" else f"{figure.operator} {low}"
