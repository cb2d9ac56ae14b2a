"""Periodic jobs: one row per job and slot, so that no clock and no second worker starts a slot twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.module_loading import autodiscover_modules

from . import PERIODIC
from .models import StartedSlot

if TYPE_CHECKING:
    from . import Periodic

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FORGET_SLOTS = timedelta(days=400)


def discover() -> None:
    """Import the ``tasks`` of all apps, which registers their periodic jobs."""
    apps.check_models_ready()
    autodiscover_modules("tasks")


def current_slot(entry: Periodic, now: datetime) -> datetime:
    """When the slot that holds ``now`` began."""
    return now - (now - EPOCH - entry.offset) % entry.every


def start_due(now: datetime) -> list[str]:
    """Queue every periodic job whose current slot has not been started; returns their names."""
    return [entry.name for entry in PERIODIC.values() if _start(entry, current_slot(entry, now))]


def forget_old_slots(now: datetime) -> None:
    """Drop rows that no clock error can reach any more."""
    StartedSlot.objects.filter(slot__lt=now - FORGET_SLOTS).delete()


def _start(entry: Periodic, slot: datetime) -> bool:
    # A later slot on record means that the clock went back: that time has had its run.
    if StartedSlot.objects.filter(name=entry.name, slot__gte=slot).exists():
        return False
    with suppress(IntegrityError), transaction.atomic():
        StartedSlot.objects.create(name=entry.name, slot=slot)
        entry.task.enqueue()
        return True
    return False
