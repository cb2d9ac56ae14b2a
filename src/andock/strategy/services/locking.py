"""What every act on an edition begins and ends with: one writer at a time, and a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump

from ..documents import renew_framework
from ..models import Edition, ElementVersion
from ..rules import may_edit_edition

if TYPE_CHECKING:
    from uuid import UUID

    from andock.accounts.models import User


class CannotChange(Exception):
    """The act does not fit what stands in the draft; the message says why and what to do."""


def locked(edition: Edition) -> Edition:
    """The edition as it is now, its row locked to the end of the transaction. Raises ``CannotChange``."""
    found = (
        Edition.objects.select_for_update(of=("self",)).select_related("framework__owner").filter(pk=edition.pk).first()
    )
    if found is None:
        raise CannotChange(_("Somebody has deleted this draft meanwhile. Nothing was saved; begin a new draft."))
    return found


def locked_for_editing(edition: Edition, actor: User) -> Edition:
    """As ``locked``, for somebody who may edit it. Raises ``Denied`` or ``CannotChange``."""
    found = locked(edition)
    may_edit_edition(actor, found).demand()
    return found


def version_in(edition: Edition, element_id: UUID) -> ElementVersion:
    """How an element reads in the edition. Raises ``CannotChange`` where it no longer stands in it."""
    found = edition.versions.filter(element=element_id).first()
    if found is None:
        raise CannotChange(
            _("This element no longer stands in the draft; somebody has taken it out. You can bring it back.")
        )
    return found


def leave_trace(
    *,
    actor: User,
    action: str,
    edition: Edition,
    reason: str = "",
    before: Any = None,
    after: Any = None,
    concerns_readers: bool = False,
    **data: Any,
) -> None:
    """Write the act into the audit trail; readers see and find it at once where the edition is or was public.

    The last thing an act does: what the search is told is what stands there then.
    """
    record(
        actor=actor, action=f"strategy.{action}", thing=edition, organisation=edition.framework.owner,
        before=before, after=after, reason=reason, data=data,
    )  # fmt: skip
    if edition.is_public or concerns_readers:
        bump("strategy")
        renew_framework(edition.framework)
