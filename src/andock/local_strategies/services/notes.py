"""Words between colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import LocalStrategy, Note
from ..rules import may_work_on_strategy
from .storing import CannotChange
from .wording import clean

if TYPE_CHECKING:
    from andock.accounts.models import User


@transaction.atomic
def leave_note(*, actor: User, strategy: LocalStrategy, identity: UUID, text: str) -> Note:
    """A note about an element for colleagues. Raises ``Denied`` or ``CannotChange``."""
    may_work_on_strategy(actor, strategy.organisation).demand()
    if not clean(text):
        raise CannotChange(_("The note is empty. Write a word, or leave the page."))
    return Note.objects.create(strategy=strategy, identity=identity, author=actor, text=clean(text))


@transaction.atomic
def remove_note(*, actor: User, note: Note) -> None:
    """Take a note away. Raises ``Denied``."""
    may_work_on_strategy(actor, note.strategy.organisation).demand()
    note.delete()
