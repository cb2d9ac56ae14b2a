"""Jobs of the maps."""

from __future__ import annotations

from datetime import timedelta

from andock.kernel.jobs import periodic

from .services.tidying import tidy


@periodic(every=timedelta(days=1))
def tidy_tiles() -> None:
    """Delete tiles that nobody has fetched for long, and the oldest where there are too many."""
    tidy()
