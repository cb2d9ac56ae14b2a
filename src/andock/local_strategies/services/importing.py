"""Taking over a strategy that already exists: its headings become own elements."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from andock.docking import plain
from andock.docking.values import Element

from ..existing import Found, elements_of
from ..models import OwnPart, Version
from .own import blocks_of, said
from .storing import CannotChange, leave_trace, locked_for_editing
from .wording import clean, grouped

if TYPE_CHECKING:
    from andock.accounts.models import User

MOST_LETTERS = 1_000_000
"""Of a whole text: some 400 pages."""
MOST_ELEMENTS = 500


def read_outline(text: str) -> list[Found]:
    """The elements a text would become. Raises ``CannotChange`` where it or a part of it is too long, or has no heading."""
    if len(text) > MOST_LETTERS:
        raise CannotChange(
            _("This text has %(number)s characters; %(most)s are the most, some 400 pages. Import it in parts.")
            % {"number": grouped(len(text)), "most": grouped(MOST_LETTERS)}
        )
    found = elements_of(text)
    if not found:
        raise CannotChange(_("No headings were found. Put # and a blank before each heading, ## before one below it."))
    if len(found) > MOST_ELEMENTS:
        raise CannotChange(
            _(
                "This would become %(number)d elements; %(most)d are the most. Take the # away where a line is no heading."
            )
            % {"number": len(found), "most": MOST_ELEMENTS}
        )
    for one in found:
        blocks_of(one.text)
    return found


@transaction.atomic
def import_own(*, actor: User, version: Version, text: str) -> list[OwnPart]:
    """All elements of an outline as own ones at the end of the draft; not twice in a row (a second click).

    Raises ``Denied`` or ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    found = read_outline(text)
    last = version.own_parts.aggregate(last=Max("position"))["last"]
    parts = list(_parts(version, found, 0 if last is None else last + 1))
    before = list(version.own_parts.order_by("-position")[: len(parts)])[::-1]
    if [_words(part) for part in before] == [_words(part) for part in parts]:
        return before
    OwnPart.objects.bulk_create(parts)
    version.save(update_fields=["changed_at"])
    leave_trace(actor=actor, action="imported", version=version, elements=len(parts))
    return parts


def _parts(version: Version, found: Sequence[Found], first: int) -> Iterator[OwnPart]:
    path: list[str] = []
    for place, one in enumerate(found):
        identity = uuid.uuid4()
        del path[one.level - 1 :]
        element = Element(
            id=str(identity), parent=path[-1] if path else None, type="section", label="",
            title=clean(one.title), obligation="optional", blocks=blocks_of(one.text),
        )  # fmt: skip
        path.append(str(identity))
        yield OwnPart(version=version, identity=identity, position=first + place, content=plain.plain(element))


def _words(part: OwnPart) -> tuple[object, ...]:
    """What an element says, whatever its place."""
    title, _parent, blocks = said(part)
    return title, blocks
