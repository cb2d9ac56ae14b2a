"""Taking an element of a municipality up into a draft of the framework."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.docking import plain
from andock.kernel.pagecache.versions import public_transaction

from ..choices import LineageKind, Obligation
from ..models import Edition, Element, ElementVersion, Lineage
from .locking import CannotChange, leave_trace, locked_for_editing
from .structure import Structure

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.docking import values


@public_transaction()
def promote_element(*, actor: User, edition: Edition, element: values.Element, reason: str) -> ElementVersion:
    """Put it at the end of the draft with the identity it has: so the municipality is asked, not told.

    Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    identity = uuid.UUID(element.id)
    if edition.versions.filter(element=identity).exists():
        raise CannotChange(_("This element stands in the draft already."))
    known, _is_new = Element.objects.get_or_create(pk=identity, defaults={"framework_id": edition.framework_id})
    structure = Structure(edition)
    version = ElementVersion.objects.create(
        element=known, edition=edition, position=edition.versions.count(), title=element.title, type=element.type,
        obligation=Obligation.OPTIONAL, blocks=plain.plain(element.blocks), sources=plain.plain(element.sources),
    )  # fmt: skip
    structure.add(version, parent=None)
    structure.save()
    Lineage.objects.create(edition=edition, kind=LineageKind.PROMOTED, target=known, reason=reason)
    leave_trace(actor=actor, action="element_promoted", edition=edition, reason=reason, element=element.id)
    return version
