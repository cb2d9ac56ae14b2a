"""Letters as plain content, which becomes a tagged PDF or a Word file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.design.drawing import drawn
from andock.organisations.queries import profile_of
from andock.strategy.queries import edition_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.organisations.models import Organisation
    from andock.strategy.models import Framework

    from .models import PersonalInvitation

TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on A4. ``blanks`` are lines to fill in by hand; ``foot`` says where it comes from."""

    sender: str
    recipient: Sequence[str]
    date: str
    subject: str
    paragraphs: Sequence[str]
    points_title: str
    points: Sequence[str]
    closing: Sequence[str]
    blanks: Sequence[str]
    foot: str
    address: str = ""


def as_pdf(letter: Letter) -> bytes:
    """The letter as tagged PDF (PDF/UA-1)."""
    return drawn(TEMPLATE, asdict(letter))


def letter_of_intent(organisation: Organisation, framework: Framework) -> Letter:
    """What the head of the administration signs. It binds to nothing but the entry in the register."""
    sender, owner = full_name(organisation), framework.owner.official_name or framework.owner.name
    names = {"sender": sender, "framework": framework.title, "owner": owner}
    return Letter(
        sender=sender,
        recipient=[owner],
        date=_("Place, date:") + " " + 24 * "_",
        subject=_("Letter of intent: we join “%(framework)s”") % names,
        paragraphs=[
            _("%(sender)s joins the framework strategy “%(framework)s” of %(owner)s.") % names + _basis(),
            _("We take the framework strategy as a basis for our own way. Point by point we decide what we adopt, adapt or decline. The competence of our council remains untouched."),
        ],
        points_title=_("With this letter we agree that"),
        points=[
            _("we stand in the public register of those who take part, with our role, the date and this basis,"),
            _("the name of our municipality stands in the list of signatories of the next edition,"),
            _("an office of our administration answers questions about it: ____________________"),
        ],
        closing=[
            _("This letter founds no financial obligation. We can pause or end taking part at any time. A resolution of our council can follow."),
        ],
        blanks=[_("Signature"), _("Name in block letters"), _("Official title")],
        foot=_("Please hand in the signed letter as PDF:"),
        address=settings.ANDOCK_BASE_URL + reverse("register:register"),
    )  # fmt: skip


def letter_of_invitation(invitation: PersonalInvitation, token: str) -> Letter:
    """What the agency sends on paper, with the same link as the mail."""
    organisation, framework = invitation.approach.organisation, invitation.approach.framework
    owner = framework.owner.official_name or framework.owner.name
    names = {"name": full_name(organisation), "framework": framework.title, "owner": owner}
    day = timezone.localtime(invitation.created_at).date()
    return Letter(
        sender=owner,
        recipient=[full_name(organisation)],
        date=date_format(day, "DATE_FORMAT"),
        subject=_("Invitation to %(name)s: join “%(framework)s”") % names,
        paragraphs=[
            invitation.addressee,
            _("we invite you to join “%(framework)s”. It is a basis for your own way: you decide point by point what you adopt, adapt or decline.") % names + _basis(),
        ],
        points_title=_("This is what it takes:"),
        points=[
            _("a letter of intent of the head of your administration, or a resolution of your council,"),
            _("somebody of your administration who hands it in,"),
            _("no money: docking costs nothing, and you can pause or end it at any time."),
        ],
        closing=[
            _("Your own page says more. There you can tell us that you are interested, and download the letter of intent. The address is for you and good until %s:") % date_format(timezone.localtime(invitation.expires_at).date(), "DATE_FORMAT"),
            settings.ANDOCK_BASE_URL + reverse("register:invitation", args=[token]),
            *_questions(framework.owner),
            _("Kind regards"),
        ],
        blanks=[owner],
        foot="",
    )  # fmt: skip


def _questions(owner: Organisation) -> list[str]:
    """Who answers, as the agency's own page says; nothing where it says nothing."""
    profile = profile_of(owner)
    ways = [profile.contact_office, profile.contact_phone, profile.contact_email]
    shown = ", ".join(filter(None, ways))
    return [_("We are glad to answer your questions: %s") % shown] if shown else []


def full_name(organisation: Organisation) -> str:
    """The name as letters use it: the kind before the name, unless it stands in it already."""
    name = organisation.official_name or organisation.name
    municipality = getattr(organisation, "municipality", None)
    kind = _("Town of") if municipality and municipality.kind == "town" else _("Municipality of")
    return f"{kind} {name}" if municipality and not name.startswith(kind) else name


def _basis() -> str:
    edition = edition_in_force()
    if edition is None:
        return ""
    date = f", {edition.date}" if edition.date else ""
    return " " + _("It lies before us as: %s.") % f"{edition.label}{date}"
