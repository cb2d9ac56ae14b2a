"""What was told of a transfer stays what it was; a correction is a row of its own."""

from andock.kernel.immutability import Frozen

MESSAGE = "A stage of a transfer cannot change; write one that replaces it."

FROZEN = tuple(Frozen("knowledge_transferstage", event, "1 = 1", MESSAGE) for event in ("UPDATE", "DELETE"))
