"""Whoever asks about a text must have chosen it before people are invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from andock.local_strategies.choices import VersionState
from andock.participation.choices import PhaseKind
from andock.participation.lacking import Lack
from andock.participation.queries import phase_of

from . import queries, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andock.participation.models import Process

    from .models import Subject


def lacks(process: Process) -> Iterator[Lack]:
    phase = phase_of(process, PhaseKind.TEXT)
    if phase is None:
        return
    subject = queries.subject_of(phase)
    if subject is None:
        address = reverse("consultation:choose", args=[process.organisation.slug, process.slug])
        sentence = (
            _("“%s” asks about a text, and none is chosen yet. Choose the draft people are to comment on.") % phase
        )
        yield Lack(sentence, address, _("Choose the text"))
    elif not _is_read(subject):
        yield _unread(process, subject)


def _is_read(subject: Subject) -> bool:
    """Whether everybody can read the text as soon as the process is public."""
    is_opened = subject.version is not None and subject.version.state == VersionState.PARTICIPATION
    return is_opened or bool(rules.may_read_text(AnonymousUser(), subject))


def _unread(process: Process, subject: Subject) -> Lack:
    if subject.edition:
        sentence = _("Only you can read “%s” yet. Publish it into consultation, at the latest when the phase begins.")
        return Lack(sentence % subject, reverse("strategy:edit"), _("To the drafts"), may_wait=True)
    sentence = _(
        "Only you can read “%s” yet. Open participation for it, at the latest when the phase begins; a releaser can."
    )
    address = reverse("local_strategies:states", args=[process.organisation.slug])
    return Lack(sentence % subject, address, _("To its state"), may_wait=True)
