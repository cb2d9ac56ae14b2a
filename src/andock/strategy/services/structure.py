"""The structure of a draft: order, nesting, numbers, new elements."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction

from ..arrangement import Arrangement, CannotMove, numbered
from ..choices import ElementType, LineageKind
from ..models import Edition, Element, ElementVersion, Lineage
from ..queries import previous_edition
from .locking import CannotChange, leave_trace, locked_for_editing, version_in

if TYPE_CHECKING:
    from andock.accounts.models import User


class Structure:
    """The versions of an edition with their arrangement; ``save`` writes what moved."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.versions: dict[uuid.UUID, ElementVersion] = {
            version.element_id: version for version in edition.versions.order_by("position")
        }
        self.arrangement: Arrangement[uuid.UUID] = Arrangement(
            (version.element_id, version.parent_id) for version in self.versions.values()
        )

    def __contains__(self, element_id: uuid.UUID) -> bool:
        return element_id in self.versions

    def add(self, version: ElementVersion, *, parent: uuid.UUID | None, after: uuid.UUID | None = None) -> None:
        """Put a new version, already stored, in its place."""
        self.versions[version.element_id] = version
        self.arrangement.add(version.element_id, parent, after=after)

    def take_out(self, element_id: uuid.UUID) -> None:
        """Delete a version; what stood below it moves up one level. Call ``save`` afterwards."""
        self.arrangement.take_out(element_id)
        self.versions.pop(element_id).delete()

    def save(self) -> None:
        """Write position and parent of every element that moved."""
        moved = []
        for position, element_id in enumerate(self.arrangement.order()):
            version, parent = self.versions[element_id], self.arrangement.parent_of(element_id)
            if (version.position, version.parent_id) != (position, parent):
                version.position, version.parent_id = position, parent
                moved.append(version)
        ElementVersion.objects.bulk_update(moved, ["position", "parent"])


@public_transaction()
def move_element(*, actor: User, edition: Edition, element_id: uuid.UUID, step: str) -> None:
    """One step up, down, in or out, with everything below. Raises ``Denied`` or ``CannotChange``."""
    edition = locked_for_editing(edition, actor)
    version_in(edition, element_id)
    structure = Structure(edition)
    try:
        structure.arrangement.step(element_id, step)
    except CannotMove as reason:
        raise CannotChange(str(reason)) from reason
    structure.save()
    leave_trace(actor=actor, action="element_moved", edition=edition, element=str(element_id), step=step)


@public_transaction()
def put_element(
    *, actor: User, edition: Edition, element_id: uuid.UUID, parent: uuid.UUID | None, reason: str = ""
) -> None:
    """Put an element with everything below at the end of another, or of the edition (None).

    A reason becomes part of the lineage, for elements the previous edition had. Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    version_in(edition, element_id)
    structure = Structure(edition)
    if parent is not None and parent not in structure:
        raise CannotChange(_("The chosen place no longer exists in this draft. Choose another one."))
    try:
        structure.arrangement.put(element_id, parent)
    except CannotMove as refused:
        raise CannotChange(str(refused)) from refused
    structure.save()
    if reason.strip():
        Lineage.objects.update_or_create(
            edition=edition,
            source_id=element_id,
            target_id=element_id,
            kind=LineageKind.MOVED,
            defaults={"reason": reason},
        )
    leave_trace(
        actor=actor, action="element_moved", edition=edition, reason=reason, element=str(element_id),
        parent=str(parent or ""),
    )  # fmt: skip


@public_transaction()
def add_element(
    *,
    actor: User,
    edition: Edition,
    title: str,
    element_type: str = ElementType.SECTION,
    parent: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
) -> ElementVersion:
    """A new element with a new identity and one empty paragraph. Raises ``Denied`` or ``CannotChange``."""
    edition = locked_for_editing(edition, actor)
    structure = Structure(edition)
    for place in (parent, after):
        if place is not None and place not in structure:
            raise CannotChange(_("The chosen place no longer exists in this draft. Choose another one."))
    version = new_version(edition, title=title, type=element_type)
    structure.add(version, parent=structure.arrangement.parent_of(after) if after else parent, after=after)
    structure.save()
    leave_trace(actor=actor, action="element_added", edition=edition, element=str(version.element_id))
    return version


def new_version(edition: Edition, **fields: object) -> ElementVersion:
    """A version with a new identity, last in the edition until it is put in its place."""
    element = Element.objects.create(framework_id=edition.framework_id)
    fields.setdefault("blocks", [{"id": str(uuid.uuid4()), "kind": "paragraph", "text": ""}])
    return ElementVersion.objects.create(element=element, edition=edition, position=edition.versions.count(), **fields)


def new_numbers(edition: Edition) -> dict[uuid.UUID, tuple[str, str]]:
    """The labels that counting afresh would change, as (old, new) by element."""
    structure = Structure(edition)
    labels = {element_id: version.label for element_id, version in structure.versions.items()}
    new = numbered(structure.arrangement, labels)
    return {key: (labels[key], new[key]) for key in structure.arrangement.order() if labels[key] != new[key]}


def numbers_readers_know(edition: Edition) -> dict[uuid.UUID, str]:
    """The labels people may have cited: those of the last edition in force, and of this text where it was shown."""
    shown = [found for found in (previous_edition(edition), edition if edition.was_shown else None) if found]
    rows = ElementVersion.objects.filter(edition__in=shown).exclude(label="").order_by("edition__ordinal")
    return dict(rows.values_list("element", "label"))


@public_transaction()
def renumber(*, actor: User, edition: Edition, knowingly: bool = False) -> int:
    """Count all labels afresh; returns how many changed. Raises ``Denied`` or ``CannotChange``.

    Where a number that readers know would name another element, only ``knowingly``.
    """
    edition = locked_for_editing(edition, actor)
    changes = new_numbers(edition)
    if not knowingly and changes.keys() & numbers_readers_know(edition).keys():
        raise CannotChange(_("People may have cited these numbers. Look at what changes, tick the box, then renumber."))
    versions = list(edition.versions.filter(element__in=changes))
    for version in versions:
        version.label = changes[version.element_id][1]
    ElementVersion.objects.bulk_update(versions, ["label"])
    if versions:
        leave_trace(actor=actor, action="edition_renumbered", edition=edition, labels=len(versions))
    return len(versions)
