"""What the paper for the council says about a draft, and who shall decide on each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from andock.strategy.field_lock import Conflict, Submitted, settle

from ..choices import Weight
from .drafts import describe_version
from .storing import CannotChange, leave_trace, locked_for_editing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User

    from ..models import Version

HEAD = ("title", "committee", "meeting_on", "agenda_item", "responsible_office", "financial_impact", "resolution_text")
WEIGHT = "weight-"


def paper_fields(version: Version) -> dict[str, Any]:
    """Every value that is locked by itself: the head, and ``weight-<id>`` for every passage the version has a row of.

    An own passage that was taken out has none, and its class stays as proposed.
    """
    found = {name: getattr(version, name) for name in HEAD}
    found["meeting_on"] = version.meeting_on.isoformat() if version.meeting_on else ""
    rows = (*version.decisions.values_list("element", "weight"), *version.own_parts.values_list("identity", "weight"))
    return found | {f"{WEIGHT}{identity}": weight for identity, weight in rows}


@transaction.atomic
def prepare_paper(*, actor: User, version: Version, fields: Mapping[str, Submitted]) -> dict[str, Conflict]:
    """Write the head of the paper and the classes of changes; an empty class leaves it to what kind of change it is.

    Where somebody else has changed the same field meanwhile theirs stays and comes back as a conflict. Raises
    ``Denied`` or ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    saved = paper_fields(version)
    if not fields.keys() <= saved.keys():
        raise CannotChange(_("Somebody has removed a passage meanwhile. Look at the changes as they are now."))
    changes, conflicts = settle(saved, fields)
    weights = {name.removeprefix(WEIGHT): changes.pop(name) for name in list(changes) if name.startswith(WEIGHT)}
    for identity, weight in weights.items():
        _weigh(version, identity, weight)
    if weights:
        leave_trace(actor=actor, action="weighed", version=version, elements=len(weights))
    if "meeting_on" in changes:
        changes["meeting_on"] = parse_date(changes["meeting_on"]) if changes["meeting_on"] else None
    if changes:
        describe_version(actor=actor, version=version, values=changes)
    return conflicts


def _weigh(version: Version, identity: str, weight: str) -> None:
    if weight not in ("", *Weight.values):
        raise CannotChange(_("Choose editorial, administrative or substantial."))
    if not version.decisions.filter(element_id=UUID(identity)).update(weight=weight):
        version.own_parts.filter(identity=identity).update(weight=weight)
