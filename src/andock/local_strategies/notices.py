"""Who is told of what, once: the message's key holds the occasion and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andock.accounts.queries import people_of
from andock.notifications.services import LONGEST_SUBJECT, send_message
from andock.organisations.queries import the_region
from andock.strategy.choices import EditionState
from andock.strategy.queries import public_editions

from .queries import Due, followers
from .rules import EDITORS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition

    from .models import LocalStrategy

LISTED = 20
"""How many elements a mail names; the page names all."""


def tell_of_edition(edition_id: int) -> None:
    """One notice to each organisation that takes part. A second call sends nothing more."""
    edition = public_editions().filter(pk=edition_id, state=EditionState.IN_FORCE).first()
    if edition is None:
        return
    for organisation in followers(edition.framework, timezone.localdate()):
        with translation.override(settings.LANGUAGE_CODE):
            _tell_of_edition(edition, organisation)


def _tell_of_edition(edition: Edition, organisation: Organisation) -> None:
    subject = _("%(edition)s of the framework strategy is in force") % {"edition": edition.label}
    text = _(
        "Nothing changes in %(name)s by itself: your local strategy stays in force as it is. When you are ready, take "
        "the new edition over passage by passage. You can stop at any time and go on later."
    ) % {"name": organisation}
    _send(organisation, subject, text, f"edition-{edition.pk}-{organisation.pk}")


def tell_of_deferrals(strategy: LocalStrategy, day: date, due: Iterable[Due]) -> None:
    """What was put off until ``day`` is open again: one message for the day, however often this is called."""
    with translation.override(settings.LANGUAGE_CODE):
        names = list(dict.fromkeys(found.name for found in due))
        head = ngettext(
            "You have put off one passage until %(day)s. Please decide on it now:",
            "You have put off %(number)d passages until %(day)s. Please decide on them now:",
            len(names),
        ) % {"number": len(names), "day": date_format(day, "DATE_FORMAT")}
        more = [_("and %d more") % (len(names) - LISTED)] if len(names) > LISTED else []
        subject = _("Local strategy of %s: what was put off is open again") % strategy.organisation
        text = "\n".join([head, "", *(f"- {name}" for name in names[:LISTED]), *more])
        _send(strategy.organisation, subject, text, f"deferred-{strategy.pk}-{day.isoformat()}")


@transaction.atomic
def _send(organisation: Organisation, subject: str, text: str, occasion: str) -> None:
    address = settings.ANDOCK_BASE_URL + reverse("local_strategies:run", args=[organisation.slug])
    foot = f"-- \n{the_region() or 'Andock'}\n{settings.ANDOCK_BASE_URL}\n"
    body = f"{_('Hello,')}\n\n{text}\n\n{address}\n\n{foot}"
    subject = Truncator(subject).chars(LONGEST_SUBJECT)
    for person in people_of(organisation, EDITORS):
        send_message(to=person.email, subject=subject, text=body, key=f"local-{occasion}-{person.pk}")
