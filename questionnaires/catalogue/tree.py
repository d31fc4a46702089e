"""Where a region stands in the tree, as its GB/T 2260 code says."""

from __future__ import annotations

NATION = "CN"
NATION_STEP = "0001"


def parent_code(code: str) -> str:
    """The code above ``code``: 330106 → 330100 → 330000 → CN.

    Counties without a city (…90xx, as in 429004) stand directly below their province.
    """
    if code.endswith("0000"):
        return NATION
    if code.endswith("00") or code[2:4] == "90":
        return code[:2] + "0000"
    return code[:4] + "00"


def step(code: str) -> str:
    """The last step of the tree path, four characters, in the order of the codes.

    Taken from the code, so that a region added later finds its place without moving others.
    """
    if code == NATION:
        return NATION_STEP
    parent = parent_code(code)
    digits = {NATION: code[:2], code[:2] + "0000": code[2:]}.get(parent, code[4:])
    return digits.rjust(4, "0")
