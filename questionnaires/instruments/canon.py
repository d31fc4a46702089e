"""The canonical form of an instrument: what is stored, hashed and read back."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from typing import Any

from questionnaires.instruments.definition import Definition

_CACHE: OrderedDict[str, Definition] = OrderedDict()
_CACHE_SIZE = 32


def canonical(definition: Definition) -> dict[str, Any]:
    """The definition as JSON-able data: texts as {zh, en}, numbers as shortest decimal text."""
    data: dict[str, Any] = definition.model_dump(mode="json", exclude_none=True)
    return data


def sha256_of(data: dict[str, Any]) -> str:
    """Hash of canonical data, independent of key order and white space."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def load_definition(data: dict[str, Any]) -> Definition:
    """Read canonical data back. It was validated when stored: only its shape is checked again."""
    key = sha256_of(data)
    found = _CACHE.get(key)
    if found is None:
        found = _CACHE[key] = Definition.model_validate(data)
        while len(_CACHE) > _CACHE_SIZE:
            _CACHE.popitem(last=False)
    return found
