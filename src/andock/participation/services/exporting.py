"""Files that leave the house stand in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.audit.services import record

from .. import rules

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from ..models import Process


def note_table(
    *, actor: User, process: Process, office: Organisation, name: str, with_names: bool, with_unpublished: bool
) -> None:
    """Somebody takes the table of this office along. Raises ``Denied``."""
    rules.may_take_table(actor, process, office).demand()
    record(
        actor=actor, action="participation.table_made", thing=process, organisation=office,
        data={"file": name, "names": with_names, "unpublished": with_unpublished},
    )  # fmt: skip
