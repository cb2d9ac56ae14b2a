"""Who is told of an offer. Every mail is written with the deed it tells of, in the language of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from andock.accounts.queries import people_of
from andock.notifications.services import LONGEST_SUBJECT, send_message
from andock.organisations.queries import the_region

from .rules import AGENCY, EDITORS

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

    from .models import Offer


def offered(offer: Offer) -> None:
    """The agency looks at it."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(name)s offers something to the region: %(title)s") % _names(offer)
        text = f"{offer.text}\n\n{_('Why:')} {offer.reason}"
        _send(offer, offer.strategy.framework.owner, subject, text, reverse("local_strategies:offers"))


def answered(offer: Offer) -> None:
    """The people of the municipality learn what became of it."""
    with translation.override(settings.LANGUAGE_CODE):
        words = (
            _("The region has taken up your offer: %(title)s")
            if offer.edition_id
            else _("The region has not taken up your offer: %(title)s")
        )
        organisation = offer.strategy.organisation
        address = reverse("local_strategies:own_offers", args=[organisation.slug])
        text = offer.answer or _(
            "It is part of the draft of the next edition; there you can follow what becomes of it."
        )
        _send(offer, organisation, words % _names(offer), text, address)


def _names(offer: Offer) -> dict[str, str]:
    return {"name": offer.strategy.organisation.name, "title": offer.title}


def _send(offer: Offer, to: Organisation, subject: str, text: str, path: str) -> None:
    roles = AGENCY if to == offer.strategy.framework.owner else EDITORS
    foot = f"-- \n{the_region() or 'Andock'}\n{settings.ANDOCK_BASE_URL}\n"
    body = f"{_('Hello,')}\n\n{text}\n\n{settings.ANDOCK_BASE_URL}{path}\n\n{foot}"
    subject = Truncator(subject).chars(LONGEST_SUBJECT)
    for person in people_of(to, roles):
        send_message(to=person.email, subject=subject, text=body, key=f"offer-{offer.pk}-{offer.state}-{person.pk}")
