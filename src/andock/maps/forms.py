"""Saying where something is: in words, by name, on the map, or as numbers. All of it works without script but the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .points import as_text, point_in
from .queries import places_named
from .showing import config_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from andock.organisations.models import Organisation

    from .ground import Ground
    from .points import Point

FIND = "find"


class PlaceInput(forms.TextInput):
    """A place in words, with the button that looks for it."""

    template_name = "maps/place_input.html"


class PointInput(forms.TextInput):
    """Latitude and longitude, with the map to choose them on."""

    template_name = "maps/point_input.html"
    ground: Callable[[], Ground | None] = staticmethod(lambda: None)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        ground = self.ground()
        return super().get_context(name, value, attrs) | {"config": config_of(ground) if ground else ""}


class LocatedForm(forms.Form):
    """A place in words and a point. Call ``offer_places`` when the form is there, and ask ``is_searching`` first."""

    place = forms.CharField(
        label=_("Where?"), required=False, max_length=200, widget=PlaceInput,
        help_text=_("In words, for example: playground at the end of the Lindenstraße. Of streets and sites we know by name you can then choose one."),
    )  # fmt: skip
    found = forms.CharField(label=_("Which of these places is it?"), required=False, widget=forms.RadioSelect)
    point = forms.CharField(
        label=_("Place on the map"), required=False, max_length=60, widget=PointInput,
        help_text=_("Only if you know it: latitude and longitude, as map services show them, for example 51.4386, 7.7955."),
    )  # fmt: skip
    finds_places = True

    def offer_places(self, near: Organisation | None, ground: Callable[[], Ground | None]) -> None:
        """Choose among the places of this name, near this municipality first; on the map of this ground, read when it is shown."""
        widget = self.fields["point"].widget
        assert isinstance(widget, PointInput), "See above."
        widget.ground = ground
        places = places_named(str(self.data.get("place", "")), near) if self.is_searching or self._has_chosen else []
        radios = self.fields["found"].widget
        assert isinstance(radios, forms.RadioSelect), "See above."
        radios.choices = [(as_text(one.latitude, one.longitude), _described(one)) for one in places]
        if not places:
            del self.fields["found"]

    @property
    def is_searching(self) -> bool:
        """The button beside the place was pressed: nothing is sent yet."""
        return FIND in self.data

    @property
    def _has_chosen(self) -> bool:
        return bool(self.data.get("found"))

    def show_found(self) -> None:
        """Instead of what is still missing, the form says whether a place of that name is known."""
        self.is_valid()
        self.errors.clear()
        if "found" not in self.fields:
            words = gettext(
                "We know no place of this name. Choose it on the map, or leave it at words: it can be sent like this."
            )
            self.add_error("place", words)

    def clean_found(self) -> Point | None:
        return _read(self.cleaned_data["found"])

    def clean_point(self) -> Point | None:
        return _read(self.cleaned_data["point"])

    def clean(self) -> dict[str, Any]:
        """A place that was chosen by its name was chosen last."""
        values = super().clean() or {}
        values["point"] = values.get("found") or values.get("point")
        return values


def _read(text: str) -> Point | None:
    try:
        return point_in(text)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def _described(place: Any) -> str:
    return ", ".join(filter(None, (place.name, place.kind))) + (f" ({place.attribution})" if place.attribution else "")
