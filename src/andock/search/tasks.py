"""Jobs of the search."""

from __future__ import annotations

from andock.kernel.jobs import job

from . import building, services


@job
def build() -> None:
    """Bring the whole index to what there is now: after a change that many documents show, such as a town's new name."""
    building.build(afresh=True)


@job
def renew(*, source: str, group: str) -> None:
    """File what citizens sent."""
    services.renew(source, group)
