"""The hidden key of a registration form, see ``kernel.form_key``: for one event or series, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel import form_key
from andock.kernel.form_key import BITS, GOOD_FOR, FormKey

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Event, Series

__all__ = ["BITS", "GOOD_FOR", "FormKey", "new_key", "read_key"]


def new_key(thing: Event | Series, now: datetime) -> str:
    """A key for one more form of this event or series."""
    return form_key.new_key(_purpose(thing), now)


def read_key(text: str, thing: Event | Series) -> FormKey | None:
    """The key in a form that was sent; None for any text that is not ours or belongs elsewhere."""
    return form_key.read_key(text, _purpose(thing))


def _purpose(thing: Event | Series) -> str:
    return f"events.form {thing._meta.model_name} {thing.pk}"
