"""Who is told of what. Every mail is written with the deed it tells of, in the language of the site."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.accounts.queries import addresses_of
from andock.notifications.services import send_message
from andock.organisations.choices import Role
from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from andock.organisations.models import Organisation
    from andock.strategy.models import Framework

    from .models import Declaration, PersonalInvitation


def handed_in(declaration: Declaration) -> None:
    """The agency looks at it."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%s has handed in a declaration") % declaration.organisation
        text = _("Please look at the evidence, then confirm or ask back:")
        _to_agency(declaration.framework, subject, text, _address("register:review", declaration.pk))


def withdrawn(declaration: Declaration) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%s has withdrawn its declaration") % declaration.organisation
        _to_agency(declaration.framework, subject, _("There is nothing to do."), _address("register:overview"))


def asked_back(declaration: Declaration) -> None:
    """The people of the town see the question and change what they handed in."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A question about docking: %s") % declaration.organisation
        text = _("The agency asks:") + f"\n\n{declaration.question}\n\n" + _("Answer by changing your declaration:")
        _to_town(declaration.organisation, subject, text)


def confirmed(declaration: Declaration) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Docked: %s") % declaration.organisation
        text = _(
            "The agency has confirmed your declaration. Your entry stands in the public register, on the map and, from "
            "the next edition on, in the list of signatories. This is what you can do next:"
        )
        _to_town(declaration.organisation, subject, text)


def paused(organisation: Organisation, framework: Framework, day: date, reason: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        _standing(framework, _("%(name)s pauses from %(day)s") % _when(organisation, day), reason)


def ended(organisation: Organisation, framework: Framework, day: date, reason: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        _standing(framework, _("%(name)s no longer takes part from %(day)s") % _when(organisation, day), reason)


def resumed(organisation: Organisation, framework: Framework, day: date, reason: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        _standing(framework, _("%(name)s takes part again from %(day)s") % _when(organisation, day), reason)


def invited(invitation: PersonalInvitation, token: str) -> None:
    """The personal link. Only this mail, the letter and the person invited know the token."""
    approach = invitation.approach
    names = {
        "name": str(approach.organisation),
        "framework": approach.framework.title,
        "owner": str(approach.framework.owner),
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Invitation to %(name)s: join “%(framework)s”") % names
        day = date_format(timezone.localtime(invitation.expires_at).date(), "DATE_FORMAT")
        text = _(
            "%(owner)s invites %(name)s to join “%(framework)s”. It costs nothing, and you decide point by point what "
            "you take over. What it means stands on your own page; there you can also tell us that you are interested."
        ) % names  # fmt: skip
        text += "\n\n" + _("The link is for you and good until %s:") % day
        greeting = invitation.addressee
        _send([invitation.email], subject, text, _address("register:invitation", token), greeting=greeting)


def interested(invitation: PersonalInvitation) -> None:
    approach = invitation.approach
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%s is interested in docking") % approach.organisation
        text = f"{invitation.answer_name}, {invitation.answer_role}\n{invitation.answer_mailbox}\n\n" + _("Your notes:")
        _to_agency(approach.framework, subject, text, _address("register:approach", approach.organisation.slug))


def _standing(framework: Framework, subject: str, reason: str) -> None:
    text = f"{reason}\n\n" if reason else ""
    _to_agency(framework, subject, text + _("The register shows it already:"), _address("register:register"))


def _when(organisation: Organisation, day: date) -> dict[str, str]:
    return {"name": str(organisation), "day": date_format(day, "DATE_FORMAT")}


def _to_agency(framework: Framework, subject: str, text: str, address: str) -> None:
    _send(addresses_of(framework.owner, {Role.AGENCY_EDITOR}), subject, text, address)


def _to_town(organisation: Organisation, subject: str, text: str) -> None:
    people = addresses_of(organisation, {Role.MUNICIPAL_EDITOR, Role.MUNICIPAL_RELEASER})
    _send(people, subject, text, _address("register:desk", organisation.slug))


def _send(people: Iterable[str], subject: str, text: str, address: str, *, greeting: str = "") -> None:
    greeting, place = greeting or _("Hello,"), the_region() or "Andock"
    body = f"{greeting}\n\n{text}\n\n{address}\n\n-- \n{place}\n{settings.ANDOCK_BASE_URL}\n"
    occasion = uuid.uuid4()  # the deed itself happens once: its state was checked under a lock
    for number, person in enumerate(people):
        send_message(to=person, subject=subject[:250], text=body, key=f"register-{occasion}-{number}")


def _address(name: str, *arguments: object) -> str:
    return settings.ANDOCK_BASE_URL + reverse(name, args=arguments)
