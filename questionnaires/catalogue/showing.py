"""The difference a load makes, in lines a person reads before saying yes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.catalogue.export import exact
from questionnaires.catalogue.loading import Outcome
from questionnaires.catalogue.store import Change
from questionnaires.texts import localized

SHOWN_OF_A_KIND = 20
SHOWN_OF_A_VALUE = 120


def diff_lines(outcome: Outcome, everything: bool = False) -> Iterator[str]:
    """``+`` new, ``~`` changed with its fields; long lists are cut unless ``everything``."""
    groups = groupby(outcome.diff, key=lambda change: change.kind)
    for kind, changes in groups:
        yield from _group(kind, list(changes), everything)
    if not outcome.diff:
        yield _("no changes")
    elif outcome.written:
        yield _("%(count)d changes written") % {"count": len(outcome.diff)}
    else:
        yield _("%(count)d changes; nothing written (dry run)") % {"count": len(outcome.diff)}


def _group(kind: str, changes: list[Change], everything: bool) -> Iterator[str]:
    shown = changes if everything else changes[:SHOWN_OF_A_KIND]
    for change in shown:
        sign = "+" if change.action == "added" else "~"
        yield f"{sign} {kind} {change.key}  {localized(change.title)}".rstrip()
        for name, old, new in change.fields:
            yield f"    {name}: {_value(old)} → {_value(new)}"
    hidden = len(changes) - len(shown)
    if hidden:
        yield _("  … and %(count)d more of these (--all lists them)") % {"count": hidden}


def _value(value: Any) -> str:
    if isinstance(value, Decimal):
        return exact(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text if len(text) <= SHOWN_OF_A_VALUE else text[: SHOWN_OF_A_VALUE - 1] + "…"
