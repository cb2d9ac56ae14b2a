"""The mails of this module."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.notifications.services import send_message
from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from .models import Invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """The link that takes up the role. Only this mail and the person invited know the token."""
    context = {
        "invitation": invitation,
        "url": settings.ANDOCK_BASE_URL + reverse("accounts:invitation", args=[token]),
        "site_name": the_region() or "Andock",
        "site_address": settings.ANDOCK_BASE_URL,
        "last_day": timezone.localtime(invitation.expires_at).date(),
    }
    subject = _("Invitation: %(role)s for %(organisation)s")
    send_message(
        to=invitation.email,
        subject=subject % {"role": invitation.get_role_display(), "organisation": invitation.organisation},
        text=render_to_string("accounts/mail/invitation.txt", context),
        key=f"invitation-{invitation.pk}",
    )


def send_email(*, to: str, subject: str, text: str) -> None:
    """A message asked for by a person and not by an act: a new password, a confirmation. Asking twice sends two."""
    send_message(to=to, subject=subject, text=text, key=f"account-{uuid.uuid4()}")
