"""Whoever asks about a text must have chosen it before people are invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from andock.participation.choices import PhaseKind
from andock.participation.lacking import Lack
from andock.participation.queries import phase_of

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andock.participation.models import Process


def lacks(process: Process) -> Iterator[Lack]:
    phase = phase_of(process, PhaseKind.TEXT)
    if phase and queries.subject_of(phase) is None:
        address = reverse("consultation:choose", args=[process.organisation.slug, process.slug])
        sentence = (
            _("“%s” asks about a text, and none is chosen yet. Choose the draft people are to comment on.") % phase
        )
        yield Lack(sentence, address, _("Choose the text"))
