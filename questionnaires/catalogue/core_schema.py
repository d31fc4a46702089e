"""YAML 1.2 core scalars: null, true/false, integers, decimals; everything else is text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

YAML = "tag:yaml.org,2002:"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_RESOLVERS = [
    (f"{YAML}null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    (f"{YAML}bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    (f"{YAML}int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    (
        f"{YAML}float",
        r"^[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,3})?"
        r"|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$",
        list("-+0123456789."),
    ),
]


class CoreLoader(_Base):
    """Composes nodes by the core schema; ``010`` and ``2015-05`` stay text."""

    yaml_implicit_resolvers: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in _RESOLVERS:
    CoreLoader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def scalar_value(tag: str, text: str) -> tuple[bool, Any]:
    """Whether ``tag`` is one of the core schema's, and the value; decimals keep their digits."""
    kind = tag.removeprefix(YAML)
    if kind == "str":
        return True, text
    if kind == "null":
        return True, None
    if kind == "bool":
        return True, text.lower() == "true"
    if kind in ("int", "float"):
        return _number(kind, text)
    return False, text


def _number(kind: str, text: str) -> tuple[bool, Any]:
    try:
        if kind == "int" and len(text) <= 40:
            return True, int(text)
        return True, Decimal(text.replace(".inf", "Infinity").replace(".nan", "NaN"))
    except (ValueError, ArithmeticError):
        return False, text
