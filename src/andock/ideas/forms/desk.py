"""What offices fill in about ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from andock.events.forms.entries import Kept
from andock.knowledge.forms.entries import AddressesField
from andock.knowledge.queries import published_solutions
from andock.maps.forms import LocatedForm
from andock.maps.points import as_text
from andock.participation.forms.desk import ChosenForm

from ..choices import IdeaStatus
from .idea import IdeaFields

if TYPE_CHECKING:
    from collections.abc import Callable

    from andock.maps.ground import Ground
    from andock.participation.models import Process

    from ..models import Idea


class StatusForm(ChosenForm):
    """Ideas were ticked; how far are they?"""

    status = forms.ChoiceField(
        label=pgettext_lazy("status of an idea", "Status"),
        choices=IdeaStatus.choices,
        error_messages={"required": _("Please choose a status.")},
    )


class PlaceForm(LocatedForm, Kept):
    """Where an idea is."""

    def __init__(self, *args: Any, idea: Idea, ground: Callable[[], Ground | None], **more: Any) -> None:
        initial = {"place": idea.place, "point": as_text(idea.latitude, idea.longitude)}
        super().__init__(*args, initial=initial, **more)
        self.fields["point"].help_text = _(
            "Latitude and longitude, for example 51.4386, 7.7955. Empty: it is not located."
        )
        contribution = idea.contribution
        self.offer_places(contribution.municipality or contribution.process.organisation, ground)


class LinksForm(Kept):
    """What an idea belongs to."""

    element = forms.CharField(
        label=_("Passage of the strategy"), required=False, max_length=500, help_text=_("The address of the passage.")
    )
    solutions = AddressesField(_("Solutions"), _("The address of each solution card, one a line."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        solutions = self.fields["solutions"]
        assert isinstance(solutions, AddressesField), "Addresses."
        solutions.known = set(published_solutions().values_list("slug", flat=True)) if self.is_bound else ()


class MergeForm(Kept):
    """Into which idea it should go."""

    target = forms.IntegerField(
        label=_("Number of the other idea"), min_value=1,
        help_text=_("It stands on the page of the idea and at the end of its address."),
        error_messages={"required": _("Please give the number of the other idea.")},
    )  # fmt: skip


class PaperForm(IdeaFields, Kept):
    """An idea that came on paper."""

    def __init__(self, *args: Any, process: Process, ground: Callable[[], Ground | None], **more: Any) -> None:
        super().__init__(*args, **more)
        self.process = process
        self.offer(ground)
