"""What people who take part are written, and those who check and answer.

A stranger may have typed somebody else's address, so the mail that asks to confirm holds nothing of what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andock.accounts.queries import people_of
from andock.kernel.jobs import Priority
from andock.notifications.services import one_line, send_message
from andock.organisations.queries import the_region
from andock.organisations.senders import sender_of

from .addresses import absolute, link_to_confirm, link_to_mine, message_key, public_address
from .choices import KEEP_UNCONFIRMED, Verdict
from .rules import MODERATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.organisations.models import Organisation

    from .models import Answered, Contribution, Decision, Participant, Process

SHORT = 200


def ask_to_confirm(contribution: Contribution, participant: Participant, *, priority: Priority) -> None:
    """The link that makes a contribution count."""
    process = contribution.process
    with translation.override(participant.language):
        asked = _("Somebody has sent a contribution to “%s” with this address. If it was you, please confirm it.") % process  # fmt: skip
        way = under(_("Read and confirm"), link_to_confirm(contribution))
        days = KEEP_UNCONFIRMED.days
        closing = _("If it was not you, you need not do anything: it is not shown, and deleted after %d days.") % days
        subject = _("Please confirm your contribution")
        key = message_key(participant, "confirm", contribution.pk)
        send_to(participant, process.organisation, subject, [asked, way, closing], key, priority=priority)


def send_link(participant: Participant, process: Process, going_on_to: str, *, number: object) -> None:
    """The link that says who somebody is, and leads on to where they wanted to go."""
    with translation.override(participant.language):
        asked = _("Somebody wants to take part in “%s” with this address. If it is you, please go on here:") % process
        closing = _("If it was not you, you need not do anything.")
        blocks = [asked, link_to_mine(participant, going_on_to), closing]
        key = message_key(participant, "link", number)
        send_to(participant, process.organisation, _("Your link to take part"), blocks, key)


def send_own_page(participant: Participant, *, number: object) -> None:
    """The link to everything somebody sent. The agency writes: it may have gone to many organisations, or to none yet."""
    with translation.override(participant.language):
        asked = _("Somebody has asked for the link to what was sent with this address. If it was you, it is here:")
        closing = _("If it was not you, you need not do anything.")
        key = message_key(participant, "own", number)
        region = the_region()
        send_to(
            participant,
            region.agency if region else None,
            _("Your contributions"),
            [asked, link_to_mine(participant), closing],
            key,
        )


def say_decided(decision: Decision) -> None:
    """Tell the author what a moderator decided, why, and how to object."""
    contribution, participant = decision.contribution, decision.contribution.participant
    if participant is None:
        return
    with translation.override(participant.language):
        if decision.verdict == Verdict.SHOWN:
            subject = _("Your contribution is shown")
            blocks = [_("We have looked at your contribution; everybody can read it now:"), public_address(contribution)]  # fmt: skip
        else:
            subject = _("Your contribution is not shown")
            blocks = [
                _("We do not show your contribution to “%s”.") % contribution.process,
                _("The reason: %s") % decision.get_reason_display(),
                decision.text,
                under(_("You can read it, object or take it back here"), link_to_mine(participant)),
            ]
        key = message_key(participant, "decided", decision.pk)
        send_to(participant, decision.office, subject, blocks, key)


def say_answered(participant: Participant, answered: Sequence[Answered]) -> None:
    """Tell somebody once of all answers there are for them by now."""
    office = answered[0].response.office
    with translation.override(participant.language):
        subject = ngettext(
            "There is an answer to your contribution", "There are answers to your contributions", len(answered)
        )
        lines = [_line(one) for one in answered]
        way = under(_("Everything you sent and what became of it"), link_to_mine(participant))
        key = message_key(participant, "answered", "-".join(str(one.pk) for one in answered)[:80])
        send_to(participant, office, subject, [*lines, way], key, priority=Priority.MANY)


def under(words: str, address: str) -> str:
    """An address under the words that say where it leads. Not an f-string around ``_``: `makemessages` does not look into one."""
    return f"{words}:\n{address}"


def _line(one: Answered) -> str:
    words = Truncator(" ".join((one.contribution.title or one.contribution.text).split())).chars(SHORT)
    return f"„{words}“\n{one.response.get_stance_display()}: {one.response.reason}"


def tell_moderators(organisation: Organisation, number: int, *, key: str) -> None:
    """Something waits in the queue; one mail for all of it."""
    with translation.override(settings.LANGUAGE_CODE):
        told = ngettext(
            "%(number)d contribution waits to be checked.", "%(number)d contributions wait to be checked.", number
        ) % {"number": number}
        way = under(_("To the queue"), absolute("participation:queue", organisation.slug))
        for person in people_of(organisation, MODERATORS):
            text = "\n\n".join([_("Hello,"), told, way, f"-- \n{organisation}"])
            send_message(to=person.email, subject=one_line(told), text=text, key=f"{key}-{person.pk}")


def send_to(
    participant: Participant, office: Organisation | None, subject: str, blocks: Sequence[str], key: str, *,
    priority: Priority = Priority.SOMEBODY_WAITS,
) -> None:  # fmt: skip
    foot = "\n".join(["-- ", *([str(office)] if office else []), settings.ANDOCK_BASE_URL, ""])
    send_message(
        to=participant.email, subject=one_line(subject), key=key, language=participant.language,
        text="\n\n".join(block for block in (_("Hello,"), *blocks, foot) if block),
        sender=sender_of(office) if office else None, priority=priority,
    )  # fmt: skip
