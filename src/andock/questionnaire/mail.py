"""The mail that asks to confirm. A stranger may have typed the address, so it holds nothing of what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from andock.notifications.services import one_line, send_message
from andock.organisations.senders import sender_of
from andock.participation.addresses import message_key

from .addresses import link_to_confirm
from .choices import KEEP_UNCONFIRMED

if TYPE_CHECKING:
    from andock.kernel.jobs import Priority
    from andock.participation.models import Participant

    from .models import Submission


def ask_to_confirm(submission: Submission, participant: Participant, *, priority: Priority) -> None:
    """The link that makes answers count."""
    process = submission.questionnaire.phase.process
    with translation.override(participant.language):
        blocks = [
            _("Hello,"),
            _("Somebody has answered the questions of “%s” with this address. If it was you, please confirm it.")
            % process,
            f"{_('Read and confirm')}:\n{link_to_confirm(submission)}",
            _("If it was not you, you need not do anything: it does not count, and is deleted after %d days.")
            % KEEP_UNCONFIRMED.days,
            f"-- \n{process.organisation}\n{settings.ANDOCK_BASE_URL}\n",
        ]
        send_message(
            to=participant.email, subject=one_line(_("Please confirm your answers")), text="\n\n".join(blocks),
            key=message_key(participant, "answers", submission.pk), language=participant.language,
            sender=sender_of(process.organisation), priority=priority,
        )  # fmt: skip
