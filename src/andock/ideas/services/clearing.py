"""What an idea leaves behind goes: the photo and place of what was taken back at once, photos nobody sent after a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction

from .. import queries
from ..models import Idea
from ..photos import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

A_DAY = timedelta(days=1)
FOLDERS = ("ideas", WAITING)


def strip(number: int) -> None:
    """An idea loses its photo and place, the file as soon as nothing names it. Runs in the caller's transaction."""
    rows = Idea.objects.filter(pk=number)
    photo = rows.exclude(photo="").values_list("photo", flat=True).first()
    rows.update(photo="", photo_alt="", place="", latitude=None, longitude=None)
    if photo:
        transaction.on_commit(lambda: default_storage.delete(photo), robust=True)


def delete_files(*, now: datetime) -> int:
    """Photos in the store that belong to no idea, once they are a day old; returns how many."""
    kept, number = queries.photo_names(), 0
    for name in _stored():
        if name not in kept and default_storage.get_modified_time(name) < now - A_DAY:
            default_storage.delete(name)
            number += 1
    return number


def _stored() -> Iterator[str]:
    for folder in FOLDERS:
        if default_storage.exists(folder):
            yield from (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])
