"""How often each option, rung, yes or no was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

Option = dict[str, Any]
YES_NO = (("yes", {"zh": "是", "en": "Yes"}), ("no", {"zh": "否", "en": "No"}))


def frequencies(question: dict[str, Any], coded: pl.DataFrame) -> list[Option]:
    """Each option with ``n`` and its ``share`` of those who answered; empty for numbers and texts.

    Shares of a question with several choices may add up to more than one.
    """
    kind, values = question["kind"], coded[question["code"]].drop_nulls()
    if kind == "single":
        named = [(o["code"], o["text"]) for o in question["options"]]
        counts = [int((values == place).sum()) for place in range(len(named))]
    elif kind == "multiple":
        named = [(o["code"], o["text"]) for o in question["options"]]
        counts = [int(((values // 2**place) % 2).sum()) for place in range(len(named))]
    elif kind == "ladder":
        named = [(str(at), r["name"] or r["text"]) for at, r in enumerate(question["rungs"])]
        counts = [int((values == place).sum()) for place in range(len(named))]
    elif kind == "yes_no":
        named, counts = list(YES_NO), [int(values.sum()), int((~values).sum())]
    else:
        return []
    return [
        {"code": code, "text": text, "n": n, "share": n / len(values) if len(values) else None}
        for (code, text), n in zip(named, counts, strict=True)
    ]
