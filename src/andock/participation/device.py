"""Whom a device belongs to: a signed cookie, set when a mailbox was confirmed. Only pages with forms read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.translation import get_language

from . import queries, rules
from .services import people

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from .models import Participant, Process

COOKIE, SALT = "andock_mitmachen", "participation.device"
AGE = timedelta(days=30)


def known_participant(request: HttpRequest) -> Participant | None:
    """Who this is: by the account that is signed in, else by the cookie; None for everybody else."""
    if request.user.is_authenticated:
        return queries.participant_of(request.user)
    try:
        text = signing.TimestampSigner(salt=SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=AGE)
        found = queries.participant(UUID(text))
    except (signing.BadSignature, ValueError):
        return None
    return found if found and found.confirmed_at else None


def introducing(request: HttpRequest, process: Process) -> dict[str, Any]:
    """What a ``PersonForm`` must know of whoever fills it in."""
    known = known_participant(request)
    return {
        "process": process, "known": known, "has_account": request.user.is_authenticated,
        "asks_code": not rules.may_count(request.user, process, known),
    }  # fmt: skip


def taking_part(request: HttpRequest, pseudonym: str, now: datetime) -> Participant | None:
    """As ``known_participant``; an account takes part as itself from the first time on. For requests that write."""
    known = known_participant(request)
    if known or not request.user.is_authenticated:
        return known
    language = get_language() or settings.LANGUAGE_CODE
    return people.participant_for(user=request.user, pseudonym=pseudonym, language=language, now=now)


def remember(response: HttpResponse, participant: Participant) -> HttpResponse:
    """From now on this device is theirs."""
    value = signing.TimestampSigner(salt=SALT).sign(participant.pk.hex)
    response.set_cookie(
        COOKIE, value, max_age=AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
