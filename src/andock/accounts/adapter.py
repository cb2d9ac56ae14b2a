"""How allauth behaves here: accounts by invitation only, mails through our own way, names of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.organisations.queries import the_region

from .mail import send_email
from .services.homes import forget_homes, note_homes

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers; invitations make accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render as allauth does; hand over as all our mails."""
        message = self.render_mail(template_prefix, email, {**context, "email": email, "region": _region_name()})
        send_email(to=email, subject=message.subject, text=str(message.body))


class MFAAdapter(DefaultMFAAdapter):
    """The region's name stands in people's authenticator apps."""

    def _get_site_name(self) -> str:
        return _region_name()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An outside account opens a door only after its owner has linked it here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody nobody here has linked yet is sent back to the door, whatever the address."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if sociallogin.is_existing:
            note_residence(sociallogin)
            return
        messages.warning(
            request,
            _(
                "This account is not linked to one here yet. Sign in with your password, then link it under “My account”."
            ),
        )
        raise ImmediateHttpResponse(redirect("account_login"))

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False


def note_residence(sociallogin: Any, **_more: Any) -> None:
    """Keep where the outside account says its owner lives; only where the operator has set the claim."""
    if hasattr(sociallogin, "residence"):
        note_homes(user=sociallogin.user, value=sociallogin.residence, today=timezone.localdate())


def forget_residence(socialaccount: Any, **_more: Any) -> None:
    """Nothing says any more where they live."""
    forget_homes(user_id=socialaccount.user_id)


def _region_name() -> str:
    region = the_region()
    return region.organisation.name if region else "Andock"
