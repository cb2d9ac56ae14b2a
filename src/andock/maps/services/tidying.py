"""Keeping the folder of fetched tiles small."""

from __future__ import annotations

import time
from contextlib import suppress

from ..basemap import KEEP, folder

MOST = 500_000_000  # bytes


def tidy(most: int = MOST) -> int:
    """Delete files older than three times what a tile is kept, then the oldest above ``most`` bytes. Returns how many went."""
    found = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in folder().rglob("*") if path.is_file())
    too_old, total, gone = time.time() - 3 * KEEP, sum(size for _time, size, _path in found), 0
    for changed, size, path in found:
        if changed >= too_old and total <= most:
            break
        with suppress(OSError):
            path.unlink()
        total, gone = total - size, gone + 1
    return gone
