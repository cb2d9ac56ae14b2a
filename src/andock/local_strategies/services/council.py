"""What the paper for the council says about a draft, and who shall decide on each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ..choices import Weight
from .drafts import describe_version
from .storing import CannotChange, leave_trace, locked_for_editing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User

    from ..models import Version


@transaction.atomic
def prepare_paper(
    *, actor: User, version: Version, values: Mapping[str, Any], weights: Mapping[str, str] | None = None
) -> Version:
    """Write the head of the paper and the classes of changes. Raises ``Denied`` or ``CannotChange``.

    ``weights`` are by element; an empty one leaves the class to what kind of change it is.
    """
    version = locked_for_editing(version, actor)
    for identity, weight in (weights or {}).items():
        _weigh(version, identity, weight)
    if weights:
        leave_trace(actor=actor, action="weighed", version=version, elements=len(weights))
    return describe_version(actor=actor, version=version, values=values)


def _weigh(version: Version, identity: str, weight: str) -> None:
    if weight not in ("", *Weight.values):
        raise CannotChange(_("Choose editorial, administrative or substantial."))
    rows = version.decisions.filter(element_id=UUID(identity)).update(weight=weight)
    if not rows and not version.own_parts.filter(identity=identity).update(weight=weight):
        raise CannotChange(_("Somebody has removed a passage meanwhile. Look at the changes as they are now."))
