"""The trail only grows: the database refuses to change or delete an entry."""

from andock.kernel.immutability import Frozen

MESSAGE = "An entry of the audit trail cannot change."

FROZEN = tuple(Frozen("audit_entry", event, "1 = 1", MESSAGE) for event in ("UPDATE", "DELETE"))
