"""Elements only this municipality has."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from andock.docking import plain
from andock.docking.values import Block, Element
from andock.docking.words import alike
from andock.strategy.field_lock import fingerprint

from ..choices import COVERING, Relation
from ..models import OwnPart, Version
from .storing import CannotChange, leave_trace, locked_for_editing
from .wording import PARAGRAPHS, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User

BULLET = re.compile(r"^[-*•–]\s+")
MOST_BLOCKS = 500
NEAR = 20
"""How many paragraphs ahead are searched for the one that was edited."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """What somebody typed: paragraphs divided by blank lines, lists with a dash before each item, tables with | between cells."""

    title: str
    text: str
    type: str = "section"
    parent: str = ""
    after: str = ""
    serves: str = ""
    relation: str = Relation.NONE


@transaction.atomic
def add_own(*, actor: User, version: Version, own: OwnText) -> OwnPart:
    """A new own element; one that stands there word for word already is not added again (a second click).

    Raises ``Denied`` or ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    part = new_part(version, own)
    if found := next((one for one in version.own_parts.all() if _reads_the_same(one, part)), None):
        return found
    part.save()
    version.save(update_fields=["changed_at"])
    leave_trace(actor=actor, action="own_added", version=version, element=str(part.identity))
    return part


def _reads_the_same(one: OwnPart, other: OwnPart) -> bool:
    return said(one) == said(other) and (one.after, one.serves_id) == (other.after, other.serves_id)


def said(part: OwnPart) -> tuple[object, ...]:
    """What an own element says and below what it stands, without the identities of its parts."""
    blocks = tuple((block["kind"], block["text"]) for block in part.content["blocks"])
    return part.content["title"], part.content["parent"], blocks


def new_part(version: Version, own: OwnText) -> OwnPart:
    """The row of a new own element at the end, not saved yet. Raises ``CannotChange``."""
    last = version.own_parts.aggregate(last=Max("position"))["last"]
    part = OwnPart(version=version, identity=uuid.uuid4(), position=0 if last is None else last + 1, content={})
    _write(part, own, ())
    return part


@transaction.atomic
def edit_own(*, actor: User, version: Version, identity: uuid.UUID, own: OwnText, seen: str = "") -> OwnPart:
    """Rewrite an own element; paragraphs that read the same keep their identity.

    ``seen`` is the ``mark_of`` what its author saw; what somebody else saved meanwhile is not overwritten unseen.
    Raises ``Denied`` or ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    part = part_of(version, identity)
    if seen not in {"", mark_of(part)}:
        raise CannotChange(
            _(
                "Somebody else has changed this element meanwhile. Their text stands beside yours; save again to keep yours."
            )
        )
    _write(part, own, plain.read_element(part.content).blocks)
    part.save()
    version.save(update_fields=["changed_at"])
    leave_trace(actor=actor, action="own_changed", version=version, element=str(identity))
    return part


@transaction.atomic
def remove_own(*, actor: User, version: Version, identity: uuid.UUID) -> None:
    """Take an own element out of the draft; what stands below moves up. Raises ``Denied`` or ``CannotChange``."""
    version = locked_for_editing(version, actor)
    part = part_of(version, identity)
    parent = part.content["parent"]
    for child in version.own_parts.filter(content__parent=str(identity)):
        child.content["parent"] = parent
        child.save()
    part.delete()
    version.save(update_fields=["changed_at"])
    leave_trace(actor=actor, action="own_removed", version=version, element=str(identity))


def part_of(version: Version, identity: uuid.UUID) -> OwnPart:
    found = version.own_parts.filter(identity=identity).first()
    if found is None:
        raise CannotChange(_("Somebody has taken this element out meanwhile. Save your text to add it anew."))
    return found


@transaction.atomic
def relate_own(*, actor: User, version: Version, wanted: Mapping[str, tuple[str, str]]) -> None:
    """Map own elements, by identity, to a regional one and the relation to it. Raises ``Denied`` or ``CannotChange``."""
    version = locked_for_editing(version, actor)
    for part in version.own_parts.filter(identity__in=wanted):
        serves, relation = wanted[str(part.identity)]
        _relate(part, serves, relation)
        part.save()
        leave_trace(actor=actor, action="own_changed", version=version, element=str(part.identity))
    version.save(update_fields=["changed_at"])


def _relate(part: OwnPart, serves: str, relation: str) -> None:
    if serves and relation not in COVERING:
        raise CannotChange(_("How does your element relate to the regional one? Choose: the same, a part, or wider."))
    part.serves_id, part.relation = (uuid.UUID(serves), relation) if serves else (None, Relation.NONE)


def mark_of(part: OwnPart) -> str:
    """A mark of what stands in the element, to notice that somebody else has changed it."""
    return fingerprint([part.content, str(part.serves_id or ""), part.relation, part.after])


def text_of(part: OwnPart) -> str:
    """The blocks as somebody would type them; the inverse of ``blocks_of``."""
    return "\n\n".join(_typed(block["kind"], block["text"]) for block in part.content["blocks"])


def _typed(kind: str, text: str) -> str:
    return "\n".join(f"- {line}" for line in text.split("\n")) if kind == "list" else text


def _write(part: OwnPart, own: OwnText, before: tuple[Block, ...]) -> None:
    title = clean(own.title)
    if not title:
        raise CannotChange(_("Please give the element a title, so that people can speak of it."))
    _refuse_circle(part, own.parent)
    element = Element(
        id=str(part.identity), parent=own.parent or None, type=own.type, label="", title=title[:200],
        obligation="optional", blocks=blocks_of(own.text, before),
    )  # fmt: skip
    part.content, part.after = plain.plain(element), own.after
    _relate(part, own.serves, own.relation)


def _refuse_circle(part: OwnPart, parent: str) -> None:
    """An own element may stand below another, but not below itself. Raises ``CannotChange``."""
    parents = {str(row.identity): row.content["parent"] for row in part.version.own_parts.all()}
    seen = {str(part.identity)}
    while parent:
        if parent in seen:
            raise CannotChange(_("An element cannot stand below itself. Choose another place."))
        seen.add(parent)
        parent = parents.get(parent) or ""


def blocks_of(text: str, before: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """Paragraphs and lists of a typed text; one that reads as before, or much like it, keeps its identity.

    Raises ``CannotChange`` where there are too many, or one is too long.
    """
    parts = [_block(clean(part)) for part in PARAGRAPHS.split(text.replace("\r\n", "\n")) if part.strip()]
    if len(parts) > MOST_BLOCKS:
        raise CannotChange(
            _("This text has %(number)d paragraphs; %(most)d are the most for one element. Divide it into several.")
            % {"number": len(parts), "most": MOST_BLOCKS}
        )
    left = list(before)
    same = [_taken(left, [block for block in left if (block.kind, block.text) == part]) for part in parts]
    kept = [
        found or _taken(left, [block for block in left[:NEAR] if alike(block.text, text)])
        for found, (_kind, text) in zip(same, parts, strict=True)
    ]
    return tuple(
        Block(found.id if found else str(uuid.uuid4()), kind, text)
        for found, (kind, text) in zip(kept, parts, strict=True)
    )


def _taken(left: list[Block], fitting: list[Block]) -> Block | None:
    """The first that fits, taken out of what is left."""
    for block in fitting[:1]:
        left.remove(block)
    return fitting[0] if fitting else None


def _block(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    if all(BULLET.match(line) for line in lines):
        return "list", "\n".join(BULLET.sub("", line) for line in lines)
    if len(lines) > 1 and all("|" in line for line in lines):
        return "table", text
    return "paragraph", text
