"""Whoever asks questions must have written one before people are invited."""

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
    phase = phase_of(process, PhaseKind.QUESTIONS)
    if phase and not queries.has_questions(phase):
        address = reverse("questionnaire:desk", args=[process.organisation.slug, process.slug])
        yield Lack(_("“%s” has no question yet. Write at least one.") % phase, address, _("Write the questions"))
