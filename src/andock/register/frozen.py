"""A declaration that was confirmed or withdrawn stays what it was; only the release of its evidence can change."""

from andock.kernel.immutability import Frozen

MESSAGE = "A declaration that is confirmed or withdrawn cannot change; hand in a new one."
CLOSED = "OLD.state IN ('confirmed', 'withdrawn')"
COLUMNS = (
    "organisation_id",
    "framework_id",
    "state",
    "basis",
    "day",
    "number",
    "evidence",
    "period_id",
    "handed_in_at",
)

_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in COLUMNS)

FROZEN = (
    Frozen("register_declaration", "UPDATE", f"({CLOSED} AND ({_CHANGED}))", MESSAGE),
    Frozen("register_declaration", "DELETE", CLOSED, MESSAGE),
)
