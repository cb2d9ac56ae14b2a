"""What authors of ideas are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from andock.kernel.signed_ids import pk_in, pk_token
from andock.participation.addresses import absolute, public_address
from andock.participation.services.writing import write

if TYPE_CHECKING:
    from .models import Idea

MERGE = "ideas.merge"


def merge_token(idea: Idea) -> str:
    return pk_token(MERGE, idea.pk)


def idea_number_in(token: str) -> int | None:
    return pk_in(MERGE, token)


def ask_to_merge(idea: Idea, target: Idea) -> None:
    """Ask the author whether their idea may be joined with another."""
    contribution = idea.contribution
    participant = contribution.participant
    assert participant is not None, "Somebody wrote it."
    with translation.override(participant.language):
        asked = _("%(office)s proposes to join your idea “%(idea)s” with “%(target)s”, because they want the same.") % {
            "office": contribution.office, "idea": contribution.title, "target": target.contribution.title,
        }  # fmt: skip
        what = _("Supports are then counted there, each person once. The page of your idea stays and leads on.")
        other = f"{_('The other idea')}:\n{public_address(target.contribution)}"
        way = f"{_('Agree or refuse here')}:\n{absolute('ideas:agree', merge_token(idea))}"
        write(
            participant, contribution.office, _("May your idea be joined with another?"), [asked, what, other, way],
            occasion="merge", number=f"{idea.pk}-{target.pk}",
        )  # fmt: skip
