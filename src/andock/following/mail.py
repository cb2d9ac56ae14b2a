"""What people who follow are written besides digests: to confirm, or that they follow it already.

A stranger may have typed somebody else's address, so nothing that was typed stands in these mails: the thing's name comes
from us, and the words of a search, which anybody can put into a link, are left out until they are confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from andock.kernel.jobs import Priority
from andock.notifications.services import one_line, send_message
from andock.organisations.queries import the_region
from andock.organisations.senders import sender_of

from .addresses import DIGEST, NEWSLETTER, link_to_confirm, link_to_mine, link_to_stop, message_key
from .choices import Kind, Occasion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.notifications.services import Sender

    from .models import Follow, Follower
    from .things import Thing


def sender() -> Sender | None:
    """The agency writes, where the region has one; else the site."""
    region = the_region()
    return sender_of(region.agency) if region and region.agency else None


def send(
    follower: Follower, occasion: Occasion, number: object, subject: str, blocks: Sequence[str], *,
    priority: Priority = Priority.SOMEBODY_WAITS, stops: str = "", language: str = "",
) -> None:  # fmt: skip
    """Put a mail into the outbox, once for each occasion and number, with how to end such mails."""
    text = "\n\n".join(block for block in (_("Hello,"), *blocks, _foot(follower, stops)) if block)
    send_message(
        to=follower.email, subject=one_line(subject), text=text + "\n", key=message_key(follower, occasion, number),
        language=language or follower.language, sender=sender(), priority=priority,
        unsubscribe=link_to_stop(follower, stops) if stops else "",
    )  # fmt: skip


def _foot(follower: Follower, stops: str) -> str:
    region = the_region()
    lines = ["-- ", str(region.agency or region) if region else ""]
    match stops:
        case "":
            lines.append(_("You get this mail because somebody entered this address on our site."))
        case str(name) if name == NEWSLETTER:
            lines += [
                _("You get this mail because you have ordered it. To end it:"),
                link_to_stop(follower, NEWSLETTER),
            ]
        case _other:
            lines += [
                _("You get this mail because you follow this on our site. To end it:"),
                link_to_stop(follower, DIGEST),
            ]
    return "\n".join(line for line in lines if line)


def ask_to_confirm(follow: Follow, thing: Thing, *, number: object, language: str, priority: Priority) -> None:
    """The link that begins to follow."""
    with translation.override(language):
        asked = _("Somebody has entered this address to be told of news. If it was you, please confirm it.")
        way = f"{_('Confirm')}:\n{link_to_confirm(follow)}"
        closing = _(
            "If it was not you, you need not do anything: without a confirmation we write nothing more and delete the "
            "address after 7 days."
        )  # fmt: skip
        blocks = [asked, _name_for_strangers(thing), way, closing]
        subject = _("Please confirm: news by mail")
        send(follow.follower, Occasion.ASKED, number, subject, blocks, priority=priority, language=language)


def say_known(follow: Follow, thing: Thing, *, number: object, priority: Priority) -> None:
    """Somebody asked for what they have already: the mail says so, the page does not."""
    with translation.override(follow.follower.language):
        told = _("You follow this already, so there is nothing to confirm.")
        way = f"{_('See and change what you follow')}:\n{link_to_mine(follow.follower)}"
        subject = _("You follow this already")
        blocks = [told, _name_for_strangers(thing), way]
        send(follow.follower, Occasion.ASKED, number, subject, blocks, priority=priority)


def say_full(follower: Follower, *, most: int, number: object, priority: Priority) -> None:
    """Somebody follows as much as one can."""
    with translation.override(follower.language):
        told = _("You follow %d things already; that is as many as we can keep in view for one address.") % most
        todo = _("Please leave something out, then follow the new one again.")
        way = f"{_('See and change what you follow')}:\n{link_to_mine(follower)}"
        send(
            follower,
            Occasion.ASKED,
            number,
            _("You follow very much already"),
            [f"{told} {todo}", way],
            priority=priority,
        )


def _name_for_strangers(thing: Thing) -> str:
    label = _("A search of your own words") if thing.kind == Kind.SEARCH else thing.name
    return f"{thing.kind.label}: {label}"
