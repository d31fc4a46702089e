"""The provinces of GB/T 2260 that documents report on, and where each stands on the tile grid."""

from __future__ import annotations

# Code → (row, column). Equal squares, roughly by position; no boundary is drawn anywhere.
TILES: dict[str, tuple[int, int]] = {
    "110000": (2, 5), "120000": (2, 6), "130000": (3, 5), "140000": (3, 4), "150000": (1, 4),
    "210000": (2, 7), "220000": (1, 7), "230000": (0, 7), "310000": (5, 7), "320000": (4, 6),
    "330000": (5, 6), "340000": (4, 5), "350000": (6, 6), "360000": (5, 5), "370000": (3, 6),
    "410000": (4, 4), "420000": (5, 4), "430000": (6, 4), "440000": (6, 5), "450000": (6, 3),
    "460000": (7, 4), "500000": (4, 3), "510000": (4, 2), "520000": (5, 3), "530000": (6, 2),
    "540000": (4, 0), "610000": (3, 3), "620000": (2, 2), "630000": (3, 1), "640000": (2, 3),
    "650000": (2, 0), "710000": (6, 7), "810000": (7, 6), "820000": (7, 5),
}  # fmt: skip
NOT_COVERED = ("710000", "810000", "820000")  # the documents give no values for these
PROVINCES = tuple(sorted(code for code in TILES if code not in NOT_COVERED))
LONG_NAMES = ("内蒙古", "黑龙江")


def short_name(name: str) -> str:
    """浙江省 → 浙江, 内蒙古自治区 → 内蒙古; names in other letters stay."""
    if name.isascii():
        return name
    return next((long for long in LONG_NAMES if name.startswith(long)), name[:2])
