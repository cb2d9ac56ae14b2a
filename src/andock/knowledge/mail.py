"""What owners of cards are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andock.accounts.queries import addresses_of
from andock.notifications.services import send_message
from andock.organisations.choices import OrganisationKind
from andock.organisations.queries import the_region

from .rules import KEEPERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from andock.organisations.models import Organisation

    from .models import Solution

MOST = 20
"""So many cards are named; the desk lists them all."""


def confirm_please(organisation: Organisation, cards: Sequence[Solution], now: datetime) -> int:
    """Ask everybody who keeps the organisation's cards whether they are still true; returns how many were written to."""
    people = _keepers(organisation)
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext("Is this card still true?", "Are these %(number)d cards still true?", len(cards))
        text = _text(organisation, cards)
        for number, address in enumerate(people):
            send_message(
                to=address, subject=subject % {"number": len(cards)}, text=text,
                key=f"solutions-confirm-{organisation.pk}-{timezone.localdate(now)}-{number}",
            )  # fmt: skip
    return len(people)


def _keepers(organisation: Organisation) -> list[str]:
    """The organisation's own people; the agency's where it is the region as a whole."""
    region = the_region()
    if organisation.kind == OrganisationKind.REGION and region and region.agency:
        organisation = region.agency
    return addresses_of(organisation, KEEPERS)


def _text(organisation: Organisation, cards: Sequence[Solution]) -> str:
    lines = [f"- {card.title}" for card in cards[:MOST]]
    if len(cards) > MOST:
        lines.append(_("… and %d more") % (len(cards) - MOST))
    parts = [
        _("Hello,"),
        _("for a year nobody has confirmed that this still holds:"),
        "\n".join(lines),
        _(
            "Please look through it and press “Confirm: still true”. That takes a minute a card. The cards stay public either way; until then they are marked as not confirmed. We ask only once."
        ),
        settings.ANDOCK_BASE_URL + reverse("knowledge:solution_desk", args=[organisation.slug]),
        f"-- \n{the_region() or 'Andock'}\n{settings.ANDOCK_BASE_URL}\n",
    ]
    return "\n\n".join(parts)
