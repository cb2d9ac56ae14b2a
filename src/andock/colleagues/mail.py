"""What offices are told when another has written to them. No mail names a person or a personal address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from andock.accounts.queries import people_of
from andock.knowledge.rules import KEEPERS
from andock.notifications.services import one_line, send_message
from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

    from .models import Contribution, Enquiry


def tell(contribution: Contribution) -> int:
    """Tell the keepers of the other office what was written; returns to how many."""
    enquiry = contribution.enquiry
    office = enquiry.owner if contribution.organisation == enquiry.asking else enquiry.asking
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(name)s writes about “%(title)s”") % {
            "name": contribution.organisation, "title": enquiry.solution.title,
        }  # fmt: skip
        words = _("%(name)s (%(role)s) writes about the card “%(title)s”:") % {
            "name": contribution.organisation, "role": contribution.get_role_display(), "title": enquiry.solution.title,
        }  # fmt: skip
        text = _letter(enquiry, office, words, contribution.text)
    return _send(office, subject, text, f"enquiry-{contribution.pk}")


def remind(enquiry: Enquiry) -> int:
    """Remind the keepers of the owner that somebody waits for an answer; returns how many."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(name)s waits for your answer about “%(title)s”") % {
            "name": enquiry.asking, "title": enquiry.solution.title,
        }  # fmt: skip
        words = _(
            "%(name)s has asked you something about the card “%(title)s” and has no answer yet. “We do not know” and “please ask this office” are answers, too."
        ) % {"name": enquiry.asking, "title": enquiry.solution.title}
        text = _letter(enquiry, enquiry.owner, words)
    number = 2 if enquiry.reminded_at else 1
    return _send(enquiry.owner, subject, text, f"enquiry-{enquiry.pk}-{enquiry.waits_since:%Y%m%d%H%M%S}-late-{number}")


def _letter(enquiry: Enquiry, office: Organisation, *words: str) -> str:
    link = settings.ANDOCK_BASE_URL + reverse("colleagues:enquiry", args=[office.slug, enquiry.pk])
    parts = [
        _("Hello,"),
        *words,
        f"{_('Read and answer')}:\n{link}",
        _("Please answer there and not to this mail: then both offices have everything in one place."),
        f"-- \n{the_region() or 'Andock'}\n{settings.ANDOCK_BASE_URL}\n",
    ]
    return "\n\n".join(parts)


def _send(office: Organisation, subject: str, text: str, key: str) -> int:
    people = list(people_of(office, KEEPERS))
    for person in people:
        send_message(to=person.email, subject=one_line(subject), text=text, key=f"{key}-{person.pk}")
    return len(people)
